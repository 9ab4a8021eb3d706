import { viewOfLife } from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import { and, desc, eq, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import type { Session } from '../database';
import { seenAt } from '../life/context';
import { loadPlans } from '../life/plans';
import { signsOf } from '../life/stored-life';
import { loadFolded, severityOf } from '../life/tracks';
import type { AlarmDetail, AlarmRow, Within } from '../record-shapes';
import { alarmTable as table, assetTable, ruleTable, sensorTable } from '../schema';
import { inOrg } from './paging';

type Row = typeof table.$inferSelect;

/** The organisation now; that of the raise when the asset is gone. */
const alarmOrg = sql<string | null>`coalesce(${assetTable.orgId}, ${table.orgId})`;

const COLUMNS = {
  alarm: getTableColumns(table),
  org: alarmOrg,
  ruleName: sql<string>`coalesce(${ruleTable.name}, ${table.ruleId})`,
  sensorName: sql<string>`coalesce(${sensorTable.name}, ${table.sensorId})`,
  assetName: sql<string>`coalesce(${assetTable.name}, ${table.assetId})`,
};

/** Newest raised first. */
export async function selectAlarms(
  { db }: Session,
  where: SQL | undefined,
  limit: number,
  within: Within,
): Promise<AlarmRow[]> {
  const rows = await db
    .select(COLUMNS)
    .from(table)
    .leftJoin(assetTable, eq(assetTable.id, table.assetId))
    .leftJoin(sensorTable, eq(sensorTable.id, table.sensorId))
    .leftJoin(ruleTable, eq(ruleTable.id, table.ruleId))
    .where(and(where, inOrg(alarmOrg, within)))
    .orderBy(desc(table.raisedAt), desc(table.id))
    .limit(limit);
  return rows.map(({ alarm, org, ruleName, sensorName, assetName }) => ({
    ...alarmOfRow(alarm),
    ruleName,
    sensorName,
    assetName,
    orgId: org,
  }));
}

function alarmOfRow(row: Row): Omit<AlarmRow, 'ruleName' | 'sensorName' | 'assetName' | 'orgId'> {
  const { id, ruleId, ruleVersion, sensorId, assetId, condition, onsetAt, raisedAt, clearedAt, closedAt } =
    row;
  return {
    id,
    ruleId,
    ruleVersion,
    sensorId,
    assetId,
    severity: severityOf(row.severity),
    condition,
    acknowledged: row.acknowledged,
    onsetAt,
    raisedAt,
    clearedAt,
    closedAt,
    evidence: row.evidence,
    lastN: row.lastN,
    revision: row.revision,
    state: row.state,
    ...(row.life === null ? {} : signsOf(row.life)),
  };
}

/** With both tracks, as of `now`: what time did since the columns were made is there too. */
export async function selectDetails(
  session: Session,
  ids: readonly string[],
  within: Within,
  now: Millis,
): Promise<AlarmDetail[]> {
  if (ids.length === 0) return [];
  const rows = await selectAlarms(session, inArray(table.id, [...ids]), ids.length, within);
  const folded = await loadFolded(
    session,
    rows.map(row => row.id),
  );
  if (folded.length === 0) return [];
  const plans = await loadPlans(session, folded[0]!.bornAt);
  const byId = new Map(folded.map(each => [each.id, each]));
  return rows.map(row => {
    const each = byId.get(row.id)!;
    const { life, context } = seenAt(each, plans, now);
    return { ...row, ...viewOfLife(life, each.tracks, context), evidence: row.evidence };
  });
}
