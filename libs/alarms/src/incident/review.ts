import type { Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { AlarmChange, Evidence } from '../alarm';
import type { ProbableCause } from './cause';
import { DEADLINE_POLICY, type DeadlinePolicy } from './deadlines';
import type { IncidentStep } from './disposal-step';
import type { IncidentChange, IncidentSummary } from './incident-change';

/** Alarms whose evidence a review carries; the worst and earliest. The rest is in the records. */
export const REVIEW_EVIDENCE_MAX = 20;

export interface TimelineItem {
  readonly at: Millis;
  /** null: the system. */
  readonly actor: string | null;
  readonly what: IncidentChange['kind'] | IncidentStep['kind'];
  readonly alarmId: string | null;
  readonly severity: Severity | null;
  readonly note: string | null;
}

/** What happened, when, and on what ground: data for a report (复盘). null: that did not happen, which is not zero. */
export interface IncidentReview {
  readonly incidentId: string;
  readonly summary: IncidentSummary;
  readonly cause: ProbableCause | null;
  readonly timeline: readonly TimelineItem[];
  readonly evidence: readonly {
    readonly alarmId: string;
    readonly sensorId: string;
    readonly evidence: Evidence;
  }[];
  readonly durations: {
    /** Onset to its notice by the platform. */
    readonly detectMs: number;
    readonly identifyMs: number | null;
    readonly respondMs: number | null;
    readonly feedbackMs: number | null;
    readonly closeMs: number | null;
  };
  /** Kept to the deadlines of its worst severity; null: it did not come to that. */
  readonly inTime: {
    readonly identify: boolean | null;
    readonly respond: boolean | null;
    readonly feedback: boolean | null;
  };
  /** "Done" was said so many times before the sensors agreed. */
  readonly doneTooEarly: number;
}

/** `changes` of one incident, not empty; `alarms` of its members as far as at hand. */
export function reviewOf(
  changes: readonly IncidentChange[],
  steps: readonly IncidentStep[],
  alarms: readonly AlarmChange[],
  policy: DeadlinePolicy = DEADLINE_POLICY,
): IncidentReview {
  const track = [...changes].sort((a, b) => a.n - b.n);
  const [first, last] = [track[0]!, track[track.length - 1]!];
  const sorted = [...steps].sort((a, b) => a.at - b.at);
  const durations = durationsOf(first, sorted);
  const limits = policy.bySeverity[last.summary.peak];
  const within = (ms: number | null, allowedMs: number): boolean | null =>
    ms === null ? null : ms < allowedMs;
  return {
    incidentId: first.incidentId,
    summary: last.summary,
    cause: track.findLast(change => change.cause !== null)?.cause ?? null,
    timeline: timelineOf(track, sorted),
    evidence: evidenceOf(alarms),
    durations,
    inTime: {
      identify: within(durations.identifyMs, limits.identifyMs),
      respond: within(durations.respondMs, limits.respondMs),
      feedback: within(durations.feedbackMs, limits.feedbackMs),
    },
    doneTooEarly: sorted.filter(step => step.kind === 'resolutionProposed' && !wasClear(track, step.at))
      .length,
  };
}

function durationsOf(first: IncidentChange, steps: readonly IncidentStep[]): IncidentReview['durations'] {
  const firstAt = (kind: IncidentStep['kind']): Millis | null =>
    steps.find(step => step.kind === kind)?.at ?? null;
  const after = (at: Millis | null, from: Millis | null): number | null =>
    at === null || from === null ? null : at - from;
  const opened = first.noticedAt;
  const released = steps.findLast(step => step.kind === 'released')?.at ?? null;
  return {
    detectMs: opened - first.at,
    identifyMs: after(firstAt('assessed'), opened),
    respondMs: after(firstAt('dispatched'), opened),
    feedbackMs: after(firstAt('feedback'), firstAt('dispatched')),
    closeMs: after(released, opened),
  };
}

function timelineOf(track: readonly IncidentChange[], steps: readonly IncidentStep[]): TimelineItem[] {
  const items: TimelineItem[] = [
    ...track.map(({ noticedAt, kind, alarmId, summary }) => ({
      at: noticedAt,
      actor: null,
      what: kind,
      alarmId,
      severity: summary.severity,
      note: null,
    })),
    ...steps.map(step => ({
      at: step.at,
      actor: step.actor,
      what: step.kind,
      alarmId: null,
      severity: step.kind === 'warned' ? step.payload.severity : null,
      note: noteOf(step),
    })),
  ];
  return items.sort((a, b) => a.at - b.at);
}

function noteOf(step: IncidentStep): string | null {
  switch (step.kind) {
    case 'assessed':
      return `${step.payload.verdict}: ${step.payload.note}`;
    case 'warned':
      return step.payload.text;
    case 'dispatched':
      return step.payload.tasks.map(task => `${task.orgId}: ${task.what}`).join('; ');
    case 'feedback':
    case 'resolutionProposed':
    case 'released':
      return step.payload.note;
    case 'archived':
      return null;
  }
}

/** The change that explains each alarm best is its newest rise. */
function evidenceOf(alarms: readonly AlarmChange[]): IncidentReview['evidence'] {
  const rises = alarms.filter(change => change.kind === 'raised' || change.kind === 'escalated');
  const newest = new Map<string, AlarmChange>();
  for (const change of rises)
    if ((newest.get(change.alarmId)?.n ?? 0) < change.n) newest.set(change.alarmId, change);
  return [...newest.values()]
    .sort((a, b) => a.onsetAt - b.onsetAt || (a.alarmId < b.alarmId ? -1 : 1))
    .slice(0, REVIEW_EVIDENCE_MAX)
    .map(({ alarmId, sensorId, evidence }) => ({ alarmId, sensorId, evidence }));
}

const wasClear = (track: readonly IncidentChange[], at: Millis): boolean =>
  track.findLast(change => change.noticedAt <= at)?.summary.condition === 'cleared';
