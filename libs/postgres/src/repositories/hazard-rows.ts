import {
  foldHazard,
  HAZARD_TERMS,
  hazardTimers,
  type Hazard,
  type HazardHead,
  type HazardStep,
  type HazardTerms,
} from '@anmai/lifecycle';
import { and, asc, desc, eq, inArray, or, type SQL } from 'drizzle-orm';
import type { Session } from '../database';
import type { HazardRow } from '../hazard-shapes';
import type { Versioned, Within } from '../record-shapes';
import { assetTable, hazardStepTable, hazardTable as table, hazardTermsTable, orgTable } from '../schema';
import { inOrg } from './paging';

export async function selectHazards(
  { db }: Session,
  where: SQL | undefined,
  order: 'newest' | 'due',
  limit: number,
  within: Within,
): Promise<HazardRow[]> {
  const scope = within === null ? undefined : or(inOrg(assetTable.orgId, within), inOrg(table.orgId, within));
  const rows = await db
    .select({
      state: table.state,
      nextDueAt: table.dueAt,
      buildingName: assetTable.name,
      orgName: orgTable.name,
    })
    .from(table)
    .innerJoin(assetTable, eq(assetTable.id, table.buildingId))
    .leftJoin(orgTable, eq(orgTable.id, table.orgId))
    .where(and(where, scope))
    .orderBy(...(order === 'due' ? [asc(table.dueAt), asc(table.id)] : [desc(table.foundAt), desc(table.id)]))
    .limit(limit);
  return rows.map(({ state, ...more }) => ({ ...state, ...more }));
}

/** Steps by hazard, in the order in which they were taken. */
export async function stepsOfHazards(
  { db }: Session,
  ids: readonly string[],
): Promise<Map<string, HazardStep[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(hazardStepTable)
    .where(inArray(hazardStepTable.hazardId, [...ids]))
    .orderBy(asc(hazardStepTable.hazardId), asc(hazardStepTable.n));
  const byHazard = new Map<string, HazardStep[]>();
  for (const { n: _n, ...row } of rows) {
    // The payload went in with its kind, checked at the edge.
    const step = row as HazardStep;
    byHazard.set(step.hazardId, [...(byHazard.get(step.hazardId) ?? []), step]);
  }
  return byHazard;
}

/** Makes the row anew from head and steps. */
export async function refoldHazard(
  session: Session,
  head: HazardHead,
  steps: readonly HazardStep[],
  terms: HazardTerms,
): Promise<Hazard> {
  const state = foldHazard(head, steps);
  const changedAt = steps.at(-1)?.at ?? head.foundAt;
  const { id, buildingId, source, sourceId, level, stage, orgId, foundAt, closedAt, lastN } = state;
  const dueAt = hazardTimers(state, terms, changedAt)[0]?.dueAt ?? null;
  const columns = { level, stage, orgId, closedAt, changedAt, dueAt, lastN, state };
  await session.db
    .insert(table)
    .values({ id, buildingId, source, sourceId, foundAt, head, ...columns })
    .onConflictDoUpdate({ target: table.id, set: columns });
  return state;
}

export async function headsOf({ db }: Session, ids: readonly string[]): Promise<HazardHead[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ head: table.head })
    .from(table)
    .where(inArray(table.id, [...ids]));
  return rows.map(row => row.head);
}

/** Version 0: the provisional defaults that nobody has edited yet. */
export async function termsInForce({ db }: Session): Promise<HazardTerms & Versioned> {
  const [row] = await db.select().from(hazardTermsTable).orderBy(desc(hazardTermsTable.version)).limit(1);
  return row === undefined ? { ...HAZARD_TERMS, version: 0 } : { ...row.body, version: row.version };
}
