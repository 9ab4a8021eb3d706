import {
  isDangerous,
  mayEndWatch,
  type Appraisal,
  type BuildingEvent,
  type WatchPlan,
} from '@anmai/lifecycle';
import { derivedId, type Millis } from '@anmai/kernel';
import { and, eq, isNull } from 'drizzle-orm';
import type { Database, Session } from '../database';
import type { WatchRow } from '../hazard-shapes';
import { watchPlanTable as table } from '../schema';
import { appendBuildingEvents } from './building-events';
import { appendAudit } from './trail';
import { selectPlans } from './watch-rows';

/**
 * The plan in force follows the report: A or B ends it (解危), the other of C and D changes its grade. Gives the plan that ended.
 * Only inside the write that files the report.
 */
export async function followGrade(
  session: Session,
  database: Database,
  appraisal: Appraisal,
  gradeAfter: string | null,
): Promise<WatchRow | null> {
  const where = and(eq(table.buildingId, appraisal.buildingId), isNull(table.endedAt));
  const [row] = await selectPlans(session, where, 1, null);
  if (row === undefined) return null;
  const { buildingName: _name, orgId: _org, version, ...plan } = row;
  if (isDangerous(gradeAfter)) {
    if (gradeAfter === plan.grade) return null;
    await writePlan(session, { ...plan, grade: gradeAfter, appraisalId: appraisal.id }, version + 1);
    await tell(session, database, plan, appraisal, 'regraded', { grade: gradeAfter });
    return null;
  }
  const { id, grade, filedAt } = appraisal;
  if (grade !== gradeAfter || !mayEndWatch(plan, { id, grade, filedAt }).ok) return null;
  return endPlan(session, database, row, { id, filedAt, filedBy: appraisal.filedBy });
}

/** Ends it, whoever asked. */
export async function endPlan(
  session: Session,
  database: Database,
  row: WatchRow,
  by: { readonly id: string; readonly filedAt: Millis; readonly filedBy: string },
): Promise<WatchRow> {
  const { buildingName: _name, orgId: _org, version, ...plan } = row;
  const ended: WatchPlan = { ...plan, endedAt: by.filedAt, endedByAppraisalId: by.id };
  await writePlan(session, ended, version + 1);
  await tell(session, database, ended, by, 'ended', { appraisalId: by.id });
  return { ...row, ...ended, version: version + 1 };
}

export async function writePlan({ db }: Session, plan: WatchPlan, version: number): Promise<void> {
  const { grade, endedAt } = plan;
  await db.update(table).set({ grade, endedAt, version, body: plan }).where(eq(table.id, plan.id));
}

async function tell(
  session: Session,
  { clock }: Database,
  plan: WatchPlan,
  by: { readonly id: string; readonly filedAt: Millis; readonly filedBy: string },
  change: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await appendAudit(session, clock, {
    actor: by.filedBy,
    action: `watch.${change}`,
    subject: `watch/${plan.id}`,
    detail,
  });
  const event: BuildingEvent = {
    id: derivedId('bev', 'watch', plan.id, change, by.id),
    buildingId: plan.buildingId,
    // One millisecond after the report that it follows from: a timeline tells them in that order.
    at: by.filedAt + 1,
    ...{ kind: 'watch', change, refId: plan.id, actor: by.filedBy, detail },
  };
  await appendBuildingEvents(session, clock, [event]);
}
