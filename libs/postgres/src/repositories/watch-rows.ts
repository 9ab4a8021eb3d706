import { severityOfRank } from '@anmai/catalog';
import { and, desc, eq, getTableColumns, type SQL } from 'drizzle-orm';
import type { DutyCall } from '@anmai/lifecycle';
import type { Session } from '../database';
import type { DutyRow, WatchRow } from '../hazard-shapes';
import type { Within } from '../record-shapes';
import { assetTable, watchPlanTable as table } from '../schema';
import { within as inScope } from './building-facts';
import { inOrg } from './paging';

/** Newest first. */
export async function selectPlans(
  { db }: Session,
  where: SQL | undefined,
  limit: number,
  within: Within,
): Promise<WatchRow[]> {
  const rows = await db
    .select({ plan: getTableColumns(table), buildingName: assetTable.name, orgId: assetTable.orgId })
    .from(table)
    .innerJoin(assetTable, eq(assetTable.id, table.buildingId))
    .where(and(where, inOrg(assetTable.orgId, within)))
    .orderBy(desc(table.startedAt), desc(table.id))
    .limit(limit);
  return rows.map(({ plan, buildingName, orgId }) => ({
    ...plan.body,
    ...{ version: plan.version, buildingName, orgId },
  }));
}

interface RoundRow extends Omit<DutyRow, 'calls' | 'severity'> {
  readonly rank: number | null;
  readonly calls: readonly (Omit<DutyCall, 'at'> & { readonly at: number })[];
}

/** Newest first. `where`: on `r`, with parameters from `$3` on. */
export async function selectRounds(
  { query }: Session,
  where: string,
  values: readonly unknown[],
  limit: number,
  scope: Within,
): Promise<DutyRow[]> {
  const rows = await query<RoundRow>(
    `select r.id, r.plan_id as "planId", r.building_id as "buildingId", r.alarm_id as "alarmId",
       r.started_at as "startedAt", r.confirm_by as "confirmBy", r.people, r.stood_down_at as "stoodDownAt",
       r.stood_down_by as "stoodDownBy", r.stood_down_note as "stoodDownNote", alarm.severity as rank,
       coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'personId', c.person_id,
         'at', (extract(epoch from c.at) * 1000)::bigint, 'by', c.actor, 'outcome', c.outcome, 'note', c.note)
         order by c.at, c.id) from duty_call c where c.round_id = r.id), '[]') as calls
     from duty_round r join asset a on a.id = r.building_id left join alarm on alarm.id = r.alarm_id
     where ${where} and ${inScope('a.org_id', 1)}
     order by r.started_at desc, r.id desc limit $2`,
    [scope, limit, ...values],
  );
  return rows.map(({ rank, ...row }) => ({ ...row, severity: rank === null ? null : severityOfRank(rank) }));
}
