import { severityOfRank, severityRank, type Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { AlarmCondition } from '../alarm';
import {
  INCIDENT_VERDICTS,
  type DispatchTask,
  type IncidentStep,
  type IncidentVerdict,
} from './disposal-step';
import type { FamilyId } from './family';
import { RISING_KINDS, type IncidentChange } from './incident-change';

/** Where an incident stands on its way: 监测报警 → 研判 → 预警发布 → 处置 → 反馈 → 解除 → 归档. */
export type DisposalStage =
  | 'detected'
  | 'assessed'
  | 'warned'
  | 'dispatched'
  | 'feedback'
  | 'resolutionProposed'
  | 'released'
  | 'archived';

export interface TaskState extends DispatchTask {
  readonly sentAt: Millis;
  /** First feedback. */
  readonly answeredAt: Millis | null;
}

/** An incident as both tracks together say. */
export interface Disposal {
  readonly incidentId: string;
  readonly familyId: FamilyId;
  /** It goes on as this one. */
  readonly mergedInto: string | null;
  readonly stage: DisposalStage;
  readonly verdict: IncidentVerdict | null;
  readonly condition: AlarmCondition;
  /** Worst it has been, lowered by the verdict: what a warning is measured by. */
  readonly severity: Severity;
  readonly warnedAs: Severity | null;
  readonly tasks: readonly TaskState[];
  /** When there was something new to look at: first detection, or what came after an end. Timers run from here. */
  readonly detectedAt: Millis;
  readonly assessedAt: Millis | null;
  readonly releasedAt: Millis | null;
  /** Alarms came after it had been released or found to be nothing. */
  readonly reopened: boolean;
  /** `n` of the newest change, and of the newest after which there was more to look at. */
  readonly n: number;
  readonly risingN: number;
}

/**
 * Both tracks to one picture, in any order of arrival. A release, and a verdict that makes an incident less than its
 * alarms, hold for what the person had seen: an alarm that joins later opens the incident anew. `changes` are those of
 * one incident and not empty; `steps` also those of the incidents that it absorbed, of which the tasks count.
 */
export function foldDisposal(changes: readonly IncidentChange[], steps: readonly IncidentStep[]): Disposal {
  const track = [...changes].sort((a, b) => a.n - b.n);
  const first = track[0]!;
  const last = track[track.length - 1]!;
  const rising = track.findLast(change => RISING_KINDS.has(change.kind)) ?? first;
  const start: Disposal = {
    incidentId: first.incidentId,
    familyId: first.familyId,
    mergedInto: last.kind === 'merged' ? last.otherId : null,
    stage: 'detected',
    verdict: null,
    condition: last.summary.condition,
    severity: last.summary.peak,
    warnedAs: null,
    tasks: [],
    detectedAt: first.noticedAt,
    assessedAt: null,
    releasedAt: null,
    reopened: false,
    n: last.n,
    risingN: rising.n,
  };
  const own = steps.filter(
    step => step.incidentId === first.incidentId || step.kind === 'dispatched' || step.kind === 'feedback',
  );
  const sorted = own.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const folded = sorted.reduce<Disposal>(
    (disposal, step) =>
      step.incidentId === first.incidentId ? afterStep(disposal, step, track) : withTasks(disposal, step),
    start,
  );
  const lowersBy = folded.verdict === null ? 0 : INCIDENT_VERDICTS[folded.verdict].lowersBy;
  return { ...folded, severity: milder(folded.severity, lowersBy) };
}

function afterStep(before: Disposal, step: IncidentStep, track: readonly IncidentChange[]): Disposal {
  switch (step.kind) {
    case 'assessed':
      return afterAssessment(before, step, track);
    case 'warned':
      return { ...before, stage: further(before.stage, 'warned'), warnedAs: step.payload.severity };
    case 'dispatched':
    case 'feedback':
      return { ...withTasks(before, step), stage: step.kind };
    case 'resolutionProposed':
      return { ...before, stage: 'resolutionProposed' };
    case 'released': {
      const newer = risingAfter(track, step.payload.seenN);
      if (newer !== null) return anew(before, newer);
      return { ...before, stage: 'released', releasedAt: step.at };
    }
    case 'archived':
      return before.stage === 'released' ? { ...before, stage: 'archived' } : before;
  }
}

function withTasks(before: Disposal, step: IncidentStep): Disposal {
  if (step.kind === 'dispatched') {
    const sent = step.payload.tasks.map(task => ({ ...task, sentAt: step.at, answeredAt: null }));
    return { ...before, tasks: [...before.tasks, ...sent] };
  }
  if (step.kind !== 'feedback') return before;
  const answer = (task: TaskState): TaskState =>
    task.id === step.payload.taskId ? { ...task, answeredAt: task.answeredAt ?? step.at } : task;
  return { ...before, tasks: before.tasks.map(answer) };
}

type Assessment = Extract<IncidentStep, { kind: 'assessed' }>;

function afterAssessment(before: Disposal, step: Assessment, track: readonly IncidentChange[]): Disposal {
  const { verdict, seenN } = step.payload;
  const newer = INCIDENT_VERDICTS[verdict].leadsTo !== 'warning' ? risingAfter(track, seenN) : null;
  if (newer !== null) return anew(before, newer);
  // A second look does not undo what was sent out.
  return {
    ...before,
    stage: further(before.stage, 'assessed'),
    verdict,
    assessedAt: before.assessedAt ?? step.at,
  };
}

/** Open again from the instant of the change; tasks that are out stay out. */
const anew = (before: Disposal, { noticedAt }: IncidentChange): Disposal => ({
  ...before,
  stage: 'detected',
  verdict: null,
  detectedAt: noticedAt,
  assessedAt: null,
  releasedAt: null,
  reopened: true,
});

const risingAfter = (track: readonly IncidentChange[], n: number): IncidentChange | null =>
  track.find(change => change.n > n && RISING_KINDS.has(change.kind)) ?? null;

const ORDER: readonly DisposalStage[] = ['detected', 'assessed', 'warned', 'dispatched', 'feedback'];
/** Anything done after "done" was said takes that back. */
function further(now: DisposalStage, to: DisposalStage): DisposalStage {
  const from = now === 'resolutionProposed' ? 'feedback' : now;
  return ORDER.indexOf(from) >= ORDER.indexOf(to) ? from : to;
}

const milder = (severity: Severity, by: number): Severity =>
  severityOfRank(Math.max(1, severityRank(severity) - by)) ?? severity;
