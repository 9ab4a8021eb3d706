import {
  DISPOSAL_GRAPH,
  dueSteps,
  type Disposal,
  type IncidentReview,
  type IncidentStep,
  type OverdueStep,
  type ProbableCause,
  type StepKind,
} from '@anmai/alarms';
import { DAY_MS, type Millis } from '@anmai/kernel';
import type { IncidentRow } from '@anmai/postgres';
import type { CauseShape, IncidentShape, ReviewShape, StepName, StepShape, TimerShape } from '@anmai/wire';
import { iso, isoOrNull } from '../iso';

/** As clients name the steps: by what is done, where the record names what was done. */
export const STEP_NAMES: Readonly<Record<StepKind, StepName>> = {
  assessed: 'assess',
  warned: 'warn',
  dispatched: 'dispatch',
  feedback: 'feedback',
  resolutionProposed: 'proposeEnd',
  released: 'release',
  archived: 'archive',
};

/** Beyond every deadline: by then all that is expected would be overdue. */
const FAR_MS = 10_000 * DAY_MS;

export function incidentShape(row: IncidentRow, now: Millis): IncidentShape {
  const { disposal, cause } = row;
  return {
    id: row.id,
    familyId: row.familyId,
    isCatchAll: row.isCatchAll,
    severity: row.severity,
    peak: row.peak,
    condition: row.condition,
    stage: disposal.stage,
    verdict: disposal.verdict,
    warnedAs: disposal.warnedAs,
    reopened: disposal.reopened,
    alarmCount: row.alarmCount,
    openCount: row.openCount,
    blindCount: row.blindCount,
    assetCount: row.assetCount,
    population: row.population,
    box: row.box,
    cause: cause === null ? null : causeShape(cause),
    placeName: row.placeName,
    onsetAt: iso(row.onsetAt),
    openedAt: iso(row.openedAt),
    changedAt: iso(row.changedAt),
    releasedAt: isoOrNull(row.releasedAt),
    archivedAt: isoOrNull(row.archivedAt),
    mergedInto: disposal.mergedInto,
    lastN: disposal.n,
    nextSteps: nextSteps(disposal),
    timers: timersOf(disposal, now),
    tasks: disposal.tasks.map(task => ({
      id: task.id,
      orgId: task.orgId,
      what: task.what,
      sentAt: iso(task.sentAt),
      dueAt: iso(task.dueAt),
      answeredAt: isoOrNull(task.answeredAt),
    })),
  };
}

export const causeShape = ({ code, alarmId, assetId, data }: ProbableCause): CauseShape => ({
  code,
  alarmId,
  assetId,
  data: { ...data, onsetAt: iso(data.onsetAt) },
});

const nextSteps = ({ stage, mergedInto }: Disposal): StepName[] =>
  mergedInto === null ? DISPOSAL_GRAPH[stage].map(kind => STEP_NAMES[kind]) : [];

/** All that is expected, soonest first, with whom it has gone to where it is overdue. */
function timersOf(disposal: Disposal, now: Millis): TimerShape[] {
  const keyOf = ({ kind, taskId }: OverdueStep): string => `${kind} ${taskId}`;
  const overdue = new Map(dueSteps(disposal, now).map(step => [keyOf(step), step.escalateTo]));
  return dueSteps(disposal, now + FAR_MS)
    .sort((a, b) => a.dueAt - b.dueAt)
    .map(step => ({
      kind: step.kind,
      taskId: step.taskId,
      dueAt: iso(step.dueAt),
      escalateTo: overdue.get(keyOf(step)) ?? null,
    }));
}

export function stepShape(step: IncidentStep): StepShape {
  return {
    id: step.id,
    kind: STEP_NAMES[step.kind],
    actor: step.actor,
    at: iso(step.at),
    note: noteOf(step),
    verdict: step.kind === 'assessed' ? step.payload.verdict : null,
    severity: step.kind === 'warned' ? step.payload.severity : null,
  };
}

function noteOf(step: IncidentStep): string | null {
  switch (step.kind) {
    case 'warned':
      return step.payload.text;
    case 'dispatched':
      return step.payload.tasks.map(task => `${task.orgId}: ${task.what}`).join('; ');
    case 'assessed':
    case 'feedback':
    case 'resolutionProposed':
    case 'released':
      return step.payload.note === '' ? null : step.payload.note;
    case 'archived':
      return null;
  }
}

export const reviewShape = (review: IncidentReview): ReviewShape => ({
  incidentId: review.incidentId,
  cause: review.cause === null ? null : causeShape(review.cause),
  timeline: review.timeline.map(item => ({ ...item, at: iso(item.at) })),
  evidence: review.evidence.map(({ alarmId, sensorId }) => ({ alarmId, sensorId })),
  durations: review.durations,
  inTime: review.inTime,
  doneTooEarly: review.doneTooEarly,
});
