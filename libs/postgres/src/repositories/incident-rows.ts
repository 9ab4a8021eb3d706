import { severityOfRank, type Severity } from '@anmai/catalog';
import { invariant } from '@anmai/kernel';
import { and, desc, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { Session } from '../database';
import type { IncidentRow } from '../incident-shapes';
import type { Within } from '../record-shapes';
import { assetTable, incidentTable as table } from '../schema';

const PLACE = sql<string | null>`coalesce(${assetTable.name}, ${table.cause} ->> 'assetId')`;

/** Newest first. */
export async function selectIncidents(
  { db }: Session,
  where: SQL | undefined,
  limit: number,
  within: Within,
): Promise<IncidentRow[]> {
  const rows = await db
    .select({ incident: getTableColumns(table), placeName: PLACE })
    .from(table)
    .leftJoin(assetTable, eq(assetTable.id, sql`${table.cause} ->> 'assetId'`))
    .where(and(where, touches(within)))
    .orderBy(desc(table.openedAt), desc(table.id))
    .limit(limit);
  return rows.map(({ incident, placeName }) => {
    const { severity, peak, stage: _stage, mergedInto: _into, lastN: _n, ...rest } = incident;
    return { ...rest, severity: severityOf(severity), peak: severityOf(peak), placeName };
  });
}

/** Visible to whom one of the affected assets belongs, and to those above. */
function touches(within: Within): SQL | undefined {
  if (within === null) return undefined;
  return sql`${table.orgIds} && array(select id from org where path @> array[${within}]::text[])`;
}

export function severityOf(rank: number): Severity {
  const severity = severityOfRank(rank);
  invariant(severity !== null, `a severity of rank ${rank}`);
  return severity;
}
