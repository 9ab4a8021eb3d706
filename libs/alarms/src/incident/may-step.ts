import { severityRank } from '@anmai/catalog';
import { err, ok, type Millis, type Result } from '@anmai/kernel';
import type { Disposal, DisposalStage } from './disposal';
import { INCIDENT_VERDICTS, type IncidentStep, type StepKind } from './disposal-step';
import {
  notNormal,
  RELEASE_POLICY,
  type MissingSensor,
  type ReleasePolicy,
  type SensorFact,
} from './release';
import { audienceOf, WARNING_POLICY, type WarningPolicy } from './warning-levels';

/** Which steps may follow. A test holds that each stage is reached and that each but the last leads on. */
export const DISPOSAL_GRAPH: Readonly<Record<DisposalStage, readonly StepKind[]>> = {
  detected: ['assessed'],
  // Released at once only when a verdict says that there is no warning to give: see `mayRelease`.
  assessed: ['assessed', 'warned', 'dispatched', 'resolutionProposed', 'released'],
  warned: ['assessed', 'warned', 'dispatched', 'resolutionProposed'],
  dispatched: ['assessed', 'warned', 'dispatched', 'feedback', 'resolutionProposed'],
  feedback: ['assessed', 'warned', 'dispatched', 'feedback', 'resolutionProposed'],
  resolutionProposed: ['assessed', 'warned', 'dispatched', 'feedback', 'resolutionProposed', 'released'],
  released: ['archived'],
  archived: [],
};

export type StepRefusalCode =
  | 'incident.other'
  | 'incident.merged'
  | 'step.outOfOrder'
  | 'step.unseen'
  | 'assess.noteMissing'
  | 'assess.byNobody'
  | 'warn.verdict'
  | 'warn.audience'
  | 'warn.milder'
  | 'dispatch.empty'
  | 'dispatch.due'
  | 'dispatch.taskTwice'
  | 'feedback.unknownTask'
  | 'feedback.noteMissing'
  | 'release.verdict'
  | 'release.byNobody'
  | 'release.tasks'
  | 'release.noSensors'
  | 'release.sensors'
  | 'archive.review';

/** A refusal is an answer: why not, and what to do instead. `missing` names the sensors of `release.sensors`. */
export interface StepRefusal {
  readonly code: StepRefusalCode;
  readonly why: string;
  readonly instead: string;
  readonly missing: readonly MissingSensor[];
}

export interface StepFacts {
  /** Sensors linked to the incident: all whose alarms ever joined. */
  readonly sensorIds: readonly string[];
  readonly sensors: readonly SensorFact[];
  readonly now: Millis;
  readonly release?: ReleasePolicy;
  readonly warning?: WarningPolicy;
}

type Answer = Result<true, StepRefusal>;
type StepOf<K extends StepKind> = Extract<IncidentStep, { kind: K }>;

const refuse = (
  code: StepRefusalCode,
  why: string,
  instead: string,
  missing: readonly MissingSensor[] = [],
): Answer => err({ code, why, instead, missing });
const FINE: Answer = ok(true);

/** May this step be taken now? Pure; the caller stores the step only after ok. */
export function mayStep(incident: Disposal, step: IncidentStep, facts: StepFacts): Answer {
  if (step.incidentId !== incident.incidentId)
    return refuse('incident.other', 'The step belongs to another incident.', 'Load that incident.');
  if (incident.mergedInto !== null)
    return refuse(
      'incident.merged',
      `It goes on as ${incident.mergedInto}.`,
      `Act on ${incident.mergedInto}.`,
    );
  const next = DISPOSAL_GRAPH[incident.stage];
  if (!next.includes(step.kind)) {
    const possible =
      next.length === 0 ? 'It is closed; a new alarm opens it anew.' : `Possible now: ${next.join(', ')}.`;
    return refuse(
      'step.outOfOrder',
      `An incident that is ${incident.stage} cannot be ${step.kind}.`,
      possible,
    );
  }
  return guard(incident, step, facts);
}

function guard(incident: Disposal, step: IncidentStep, facts: StepFacts): Answer {
  switch (step.kind) {
    case 'assessed':
      return mayAssess(incident, step);
    case 'warned':
      return mayWarn(incident, step, facts);
    case 'dispatched':
      return mayDispatch(incident, step, facts);
    case 'feedback':
      return mayFeedBack(incident, step);
    case 'resolutionProposed':
      return FINE;
    case 'released':
      return mayRelease(incident, step, facts);
    case 'archived':
      return step.payload.review.incidentId === incident.incidentId
        ? FINE
        : refuse('archive.review', 'The review is of another incident.', 'Make the review of this one.');
  }
}

function mayAssess(incident: Disposal, { actor, payload }: StepOf<'assessed'>): Answer {
  if (actor === null) return refuse('assess.byNobody', 'A verdict is a person’s.', 'Log in and assess.');
  if (payload.seenN < incident.risingN) return unseen(incident);
  const needsNote = payload.verdict !== 'true' && payload.note.trim() === '';
  if (!needsNote) return FINE;
  return refuse(
    'assess.noteMissing',
    'A verdict that lowers the danger needs its ground.',
    'Say what was found, and how.',
  );
}

function mayWarn(incident: Disposal, { payload }: StepOf<'warned'>, facts: StepFacts): Answer {
  const verdict = incident.verdict === null ? null : INCIDENT_VERDICTS[incident.verdict];
  if (verdict?.leadsTo !== 'warning') {
    const why = `The verdict is ${verdict?.en ?? 'missing'}: there is nothing to warn of.`;
    return refuse('warn.verdict', why, 'Assess the incident as true first, if it is.');
  }
  const told = new Set(payload.audience.map(each => each.role));
  const missing = audienceOf(payload.severity, facts.warning ?? WARNING_POLICY).filter(
    role => !told.has(role),
  );
  if (missing.length > 0)
    return refuse(
      'warn.audience',
      `At this level these are to be told, too: ${missing.join(', ')}.`,
      'Add them.',
    );
  const isMilder = severityRank(payload.severity) < severityRank(incident.severity);
  if (isMilder && (payload.reason ?? '').trim() === '')
    return refuse(
      'warn.milder',
      `The incident is ${incident.severity}.`,
      `Warn at ${incident.severity}, or give a reason.`,
    );
  return FINE;
}

function mayDispatch(
  incident: Disposal,
  { payload: { tasks } }: StepOf<'dispatched'>,
  facts: StepFacts,
): Answer {
  if (tasks.length === 0)
    return refuse('dispatch.empty', 'There is no task.', 'Name owner, task and due time.');
  const known = new Set(incident.tasks.map(task => task.id));
  for (const task of tasks) {
    if (known.has(task.id))
      return refuse(
        'dispatch.taskTwice',
        `Task ${task.id} was sent before.`,
        'Give each task an id of its own.',
      );
    if (task.dueAt <= facts.now)
      return refuse('dispatch.due', `Task ${task.id} is due before it is sent.`, 'Set a due time ahead.');
    known.add(task.id);
  }
  return FINE;
}

function mayFeedBack(incident: Disposal, { payload }: StepOf<'feedback'>): Answer {
  if (!incident.tasks.some(task => task.id === payload.taskId))
    return refuse(
      'feedback.unknownTask',
      `There is no task ${payload.taskId}.`,
      'Answer a task of this incident.',
    );
  if (payload.note.trim() === '')
    return refuse(
      'feedback.noteMissing',
      'It says nothing.',
      'Say what was found and done; photos do not say it.',
    );
  return FINE;
}

/** Invariant 8: "work done" does not close an incident. Its sensors say so, all of them, and then a person. */
function mayRelease(incident: Disposal, { actor, payload }: StepOf<'released'>, facts: StepFacts): Answer {
  const verdict = incident.verdict;
  if (incident.stage === 'assessed' && (verdict === null || INCIDENT_VERDICTS[verdict].leadsTo === 'warning'))
    return refuse(
      'release.verdict',
      'It was found to be true and nobody said that it is over.',
      'Propose the end first.',
    );
  if (actor === null)
    return refuse('release.byNobody', 'A person has to confirm the end.', 'Log in and confirm.');
  if (payload.seenN < incident.risingN) return unseen(incident);
  const waiting = incident.tasks.filter(task => task.answeredAt === null).map(task => task.id);
  if (waiting.length > 0)
    return refuse(
      'release.tasks',
      `Tasks without feedback: ${waiting.join(', ')}.`,
      'Get their feedback first.',
    );
  if (facts.sensorIds.length === 0)
    return refuse(
      'release.noSensors',
      'No sensor is linked: nothing shows that it is over.',
      'Link the sensors.',
    );
  const policy = facts.release ?? RELEASE_POLICY;
  const needed = policy.byFamily[incident.familyId] ?? policy.normalReadings;
  const missing = notNormal(facts.sensorIds, facts.sensors, verdict, needed);
  if (missing.length === 0 && incident.condition === 'cleared') return FINE;
  const names = missing.map(each => `${each.sensorId} (${each.reason})`).join(', ');
  const why = missing.length === 0 ? 'It has an open alarm.' : `Not back to normal: ${names}.`;
  return refuse(
    'release.sensors',
    why,
    missing[0]?.instead ?? 'Wait until its alarms have cleared.',
    missing,
  );
}

const unseen = (incident: Disposal): Answer =>
  refuse(
    'step.unseen',
    'Alarms joined since the page was loaded.',
    `Look at change ${incident.risingN} first.`,
  );
