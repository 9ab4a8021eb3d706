import type { AlarmChange, Evidence, OperatorAction, Shelf, Tracks } from '@anmai/alarms';
import { invariant, type Millis } from '@anmai/kernel';
import { severityOfRank, type Severity } from '@anmai/catalog';
import { asc, getTableColumns, inArray } from 'drizzle-orm';
import type { Session } from '../database';
import { alarmActionTable, alarmChangeTable } from '../schema';
import type { StoredLife } from './stored-life';

/** One alarm as the fold needs it. */
export interface Folded {
  readonly id: string;
  readonly ruleId: string;
  readonly sensorId: string;
  readonly assetId: string;
  readonly latched: boolean;
  readonly tracks: Tracks;
  /** Journal time of its first change. */
  readonly bornAt: Millis;
  readonly stored: StoredLife | null;
  readonly shelfBefore: Shelf | null;
}

/** The life does not depend on it, and it is most of what a change weighs; the row of the alarm has the deciding one. */
const NO_EVIDENCE: Evidence = {
  limit: {},
  source: { kind: 'assumption', why: '', reviewBy: '' },
  readings: [],
};

export function severityOf(rank: number): Severity {
  const severity = severityOfRank(rank);
  invariant(severity !== null, `an alarm of severity ${rank}`);
  return severity;
}

/** Both tracks and the flag of the rule, in the version that judged last; oldest first. Unknown ids are left out. */
export async function loadFolded(session: Session, ids: readonly string[]): Promise<Folded[]> {
  if (ids.length === 0) return [];
  const rows = await session.query<{
    id: string;
    rule_id: string;
    sensor_id: string;
    asset_id: string;
    latched: boolean;
    life: StoredLife | null;
  }>(
    `select alarm.id, alarm.rule_id, alarm.sensor_id, alarm.asset_id, alarm.life,
       coalesce((version.body->>'latched')::boolean, false) as latched
     from alarm left join rule_version version
       on version.rule_id = alarm.rule_id and version.version = alarm.rule_version
     where alarm.id = any($1::text[])`,
    [ids],
  );
  const changes = await changesOf(session, ids);
  const actions = await actionsOf(session, ids);
  return rows
    .map(row => {
      const track = changes.get(row.id) ?? [];
      invariant(track.length > 0, 'an alarm without changes');
      return {
        id: row.id,
        ruleId: row.rule_id,
        sensorId: row.sensor_id,
        assetId: row.asset_id,
        latched: row.latched,
        tracks: { changes: track, actions: actions.get(row.id) ?? [] },
        bornAt: track[0]!.noticedAt,
        stored: row.life,
        shelfBefore: row.life?.shelfBefore ?? null,
      };
    })
    .sort((a, b) => a.bornAt - b.bornAt || (a.id < b.id ? -1 : 1));
}

async function changesOf({ db }: Session, ids: readonly string[]): Promise<Map<string, AlarmChange[]>> {
  const { alarmId, n } = alarmChangeTable;
  const { evidence: _, ...columns } = getTableColumns(alarmChangeTable);
  const rows = await db
    .select(columns)
    .from(alarmChangeTable)
    .where(inArray(alarmId, [...ids]))
    .orderBy(asc(n));
  return grouped(rows.map(row => ({ ...row, severity: severityOf(row.severity), evidence: NO_EVIDENCE })));
}

async function actionsOf({ db }: Session, ids: readonly string[]): Promise<Map<string, OperatorAction[]>> {
  const { alarmId, at } = alarmActionTable;
  const rows = await db
    .select()
    .from(alarmActionTable)
    .where(inArray(alarmId, [...ids]))
    .orderBy(asc(at));
  return grouped(rows);
}

function grouped<T extends { readonly alarmId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.alarmId);
    if (group === undefined) groups.set(row.alarmId, [row]);
    else group.push(row);
  }
  return groups;
}
