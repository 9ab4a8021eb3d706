import { SEVERITIES, type LimitSource, type Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Disposal } from './disposal';
import { INCIDENT_VERDICTS } from './disposal-step';

export type DeadlineKind = 'identify' | 'respond' | 'feedback' | 'task';

/** How long each part may take. */
export interface Deadlines {
  readonly identifyMs: number;
  readonly respondMs: number;
  readonly feedbackMs: number;
}

/** To whom it goes when so many times the allowed time is over. */
export interface EscalationRung {
  readonly afterTimes: number;
  readonly to: 'shiftLead' | 'ownerDuty' | 'authorityDuty' | 'cityDuty';
}

export interface DeadlinePolicy {
  readonly bySeverity: Readonly<Record<Severity, Deadlines>>;
  /** Ascending; the first is reached with the deadline itself. */
  readonly ladder: readonly EscalationRung[];
  readonly source: LimitSource;
  readonly ladderSource: LimitSource;
}

const SUQIAN: Deadlines = { identifyMs: 60_000, respondMs: 600_000, feedbackMs: 3_600_000 };

export const DEADLINE_POLICY: DeadlinePolicy = {
  bySeverity: { blue: SUQIAN, yellow: SUQIAN, orange: SUQIAN, red: SUQIAN },
  ladder: [
    { afterTimes: 1, to: 'shiftLead' },
    { afterTimes: 2, to: 'ownerDuty' },
    { afterTimes: 4, to: 'authorityDuty' },
    { afterTimes: 8, to: 'cityDuty' },
  ],
  source: {
    kind: 'standard',
    ref: '宿迁市《城市生命线安全工程建设运行管理办法(试行)》2025',
    clause: '1 分钟识别、10 分钟响应、1 小时反馈（据新闻报道）',
  },
  ladderSource: { kind: 'assumption', why: '升级对象与倍数为建议值，各市确认。', reviewBy: '2027-05-31' },
};

export interface OverdueStep {
  readonly kind: DeadlineKind;
  readonly taskId: string | null;
  readonly dueAt: Millis;
  /** 0 at the deadline itself. */
  readonly overdueMs: number;
  readonly escalateTo: EscalationRung['to'];
}

/** What should have happened by `at` and has not, longest overdue first. Empty: all in time, or over. */
export const dueSteps = (
  incident: Disposal,
  at: Millis,
  policy: DeadlinePolicy = DEADLINE_POLICY,
): OverdueStep[] => overdueOf(incident, at, policy).map(step => escalated(step, step.rungs.at(-1)));

/**
 * As `dueSteps`, with a row for every rung reached by `at`, the lowest first: whoever looks seldom, or again after an outage,
 * must leave nobody out whose turn came in between.
 */
export const dueRungs = (
  incident: Disposal,
  at: Millis,
  policy: DeadlinePolicy = DEADLINE_POLICY,
): OverdueStep[] =>
  overdueOf(incident, at, policy).flatMap(step => step.rungs.map(rung => escalated(step, rung)));

type Overdue = Omit<OverdueStep, 'escalateTo'> & {
  /** Reached by then, the lowest first; at least one. */
  readonly rungs: readonly EscalationRung['to'][];
};

const escalated = (
  { kind, taskId, dueAt, overdueMs }: Overdue,
  escalateTo: EscalationRung['to'] = 'shiftLead',
): OverdueStep => ({ kind, taskId, dueAt, overdueMs, escalateTo });

function overdueOf(incident: Disposal, at: Millis, policy: DeadlinePolicy): Overdue[] {
  if (incident.mergedInto !== null || incident.stage === 'released' || incident.stage === 'archived')
    return [];
  const limits = policy.bySeverity[incident.severity];
  return expectations(incident, limits)
    .filter(({ dueAt }) => at >= dueAt)
    .map(({ kind, taskId, dueAt, allowedMs }) => ({
      kind,
      taskId,
      dueAt,
      overdueMs: at - dueAt,
      rungs: rungsAt(policy, (at - dueAt + allowedMs) / allowedMs),
    }))
    .sort((a, b) => b.overdueMs - a.overdueMs || (a.kind < b.kind ? -1 : 1));
}

interface Expectation {
  readonly kind: DeadlineKind;
  readonly taskId: string | null;
  readonly dueAt: Millis;
  readonly allowedMs: number;
}

function expectations(incident: Disposal, limits: Deadlines): Expectation[] {
  const { detectedAt, assessedAt, verdict, tasks, stage } = incident;
  const expected = (
    kind: DeadlineKind,
    from: Millis,
    allowedMs: number,
    taskId: string | null = null,
  ): Expectation => ({
    kind,
    taskId,
    dueAt: from + allowedMs,
    allowedMs,
  });
  const out: Expectation[] = [];
  if (assessedAt === null) out.push(expected('identify', detectedAt, limits.identifyMs));
  const isNothing = verdict !== null && INCIDENT_VERDICTS[verdict].leadsTo === 'end';
  const isAnswered = tasks.length > 0 || stage === 'resolutionProposed' || isNothing;
  if (!isAnswered) out.push(expected('respond', detectedAt, limits.respondMs));
  for (const task of tasks.filter(each => each.answeredAt === null)) {
    out.push(expected('feedback', task.sentAt, limits.feedbackMs, task.id));
    out.push(expected('task', task.sentAt, Math.max(1, task.dueAt - task.sentAt), task.id));
  }
  return out;
}

function rungsAt({ ladder }: DeadlinePolicy, times: number): EscalationRung['to'][] {
  const reached = ladder.filter(rung => times >= rung.afterTimes).map(rung => rung.to);
  return reached.length > 0 ? reached : [ladder[0]?.to ?? 'shiftLead'];
}

/** For a page that shows a policy by level. */
export const deadlinesOf = (policy: DeadlinePolicy): readonly (readonly [Severity, Deadlines])[] =>
  SEVERITIES.map(severity => [severity, policy.bySeverity[severity]]);
