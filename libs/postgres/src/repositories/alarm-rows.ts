import { foldAlarm, type AlarmChange, type OperatorAction } from '@anmai/alarms';
import { severityOfRank, type Severity } from '@anmai/catalog';
import { invariant } from '@anmai/kernel';
import { and, asc, desc, eq, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import type { Session } from '../database';
import type { AlarmDetail, AlarmRow, Within } from '../record-shapes';
import {
  alarmActionTable,
  alarmChangeTable,
  alarmTable as table,
  assetTable,
  ruleTable,
  sensorTable,
} from '../schema';
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
    acknowledged: row.ackedAt !== null && row.ackedN >= row.raisedN,
    onsetAt,
    raisedAt,
    clearedAt,
    closedAt,
    evidence: row.evidence,
    lastN: row.lastN,
  };
}

function severityOf(rank: number): Severity {
  const severity = severityOfRank(rank);
  invariant(severity !== null, `an alarm of severity ${rank}`);
  return severity;
}

/** With both tracks. `foldAlarm` makes the history; the columns say the rest, as lists do. */
export async function selectDetails(
  session: Session,
  ids: readonly string[],
  within: Within,
): Promise<AlarmDetail[]> {
  if (ids.length === 0) return [];
  const rows = await selectAlarms(session, inArray(table.id, [...ids]), ids.length, within);
  const seen = rows.map(row => row.id);
  if (seen.length === 0) return [];
  const changes = await changesOf(session, seen);
  const actions = await actionsOf(session, seen);
  return rows.map(row => ({
    ...row,
    history: foldAlarm(changes.get(row.id) ?? [], actions.get(row.id) ?? []).history,
  }));
}

async function changesOf({ db }: Session, alarmIds: string[]): Promise<Map<string, AlarmChange[]>> {
  const rows = await db
    .select()
    .from(alarmChangeTable)
    .where(inArray(alarmChangeTable.alarmId, alarmIds))
    .orderBy(asc(alarmChangeTable.n));
  return grouped(rows.map(row => ({ ...row, severity: severityOf(row.severity) })));
}

async function actionsOf({ db }: Session, alarmIds: string[]): Promise<Map<string, OperatorAction[]>> {
  const rows = await db
    .select()
    .from(alarmActionTable)
    .where(inArray(alarmActionTable.alarmId, alarmIds))
    .orderBy(asc(alarmActionTable.at));
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
