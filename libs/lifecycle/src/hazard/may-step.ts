import { err, ok, type Millis, type Result } from '@anmai/kernel';
import { HAZARD_GRAPH } from './graph';
import { controlsInForce, type Hazard, type HazardStep, type HazardStepKind } from './hazard';
import { repairDueAt, type HazardTerms } from './terms';

export type HazardRefusalCode =
  | 'step.other'
  | 'step.outOfOrder'
  | 'step.noteMissing'
  | 'dispatch.due'
  | 'appraised.unknown'
  | 'control.twice'
  | 'control.notInForce'
  | 'control.tooEarly'
  | 'repair.controlMissing'
  | 'repaired.photoMissing'
  | 'accept.sameHands'
  | 'close.notAccepted'
  | 'close.controls'
  | 'close.alarm'
  | 'extension.earlier'
  | 'extension.tooMany'
  | 'extension.none'
  | 'extension.sameHands';

/** A refusal is an answer: why not, and what to do instead. */
export interface HazardRefusal {
  readonly code: HazardRefusalCode;
  readonly why: string;
  readonly instead: string;
}
type Answer = Result<true, HazardRefusal>;
type StepOf<K extends HazardStepKind> = Extract<HazardStep, { kind: K }>;

export interface HazardFacts {
  readonly now: Millis;
  readonly terms: HazardTerms;
  /** Appraisals of the building. */
  readonly appraisalIds: readonly string[];
  /** The alarm that it came from has not cleared, or is blind. */
  readonly alarmIsOn: boolean;
}

const refuse = (code: HazardRefusalCode, why: string, instead: string): Answer => err({ code, why, instead });
const FINE: Answer = ok(true);

/** Steps whose ground has to be said. */
const NEEDS_NOTE: ReadonlySet<HazardStepKind> = new Set([
  'dismissed', 'controlLifted', 'repaired', 'sentBack', 'accepted', 'extensionAsked', 'extensionRefused', 'reopened', 'lookedBack',
]); // prettier-ignore

/** May this step be taken now? Pure; the caller stores the step only after ok. */
export function mayTakeHazardStep(hazard: Hazard, step: HazardStep, facts: HazardFacts): Answer {
  if (step.hazardId !== hazard.id)
    return refuse('step.other', 'The step belongs to another hazard.', 'Load that hazard.');
  if (!HAZARD_GRAPH[hazard.stage].includes(step.kind)) return outOfOrder(hazard, step.kind);
  if (NEEDS_NOTE.has(step.kind) && step.payload.note.trim() === '')
    return refuse('step.noteMissing', 'This step has to say why.', 'Write what was found and decided.');
  return guard(hazard, step, facts);
}

function outOfOrder(hazard: Hazard, kind: HazardStepKind): Answer {
  if (kind === 'closed')
    return refuse(
      'close.notAccepted',
      `A hazard that is ${hazard.stage} was not accepted, so it cannot be closed.`,
      'Have the repair accepted on the spot (验收) first.',
    );
  return refuse(
    'step.outOfOrder',
    `A hazard that is ${hazard.stage} cannot be ${kind}.`,
    `Possible now: ${HAZARD_GRAPH[hazard.stage].join(', ')}.`,
  );
}

function guard(h: Hazard, step: HazardStep, facts: HazardFacts): Answer {
  switch (step.kind) {
    case 'dispatched':
    case 'appraisalCommissioned':
      return mayBeDue(step, facts);
    case 'appraised':
      return facts.appraisalIds.includes(step.payload.appraisalId)
        ? FINE
        : refuse(
            'appraised.unknown',
            `${step.payload.appraisalId} is no appraisal of this building.`,
            'File the appraisal report first.',
          );
    case 'controlled':
      return controlsInForce(h).includes(step.payload.measure)
        ? refuse('control.twice', 'This measure is in force.', 'Nothing is to be done.')
        : FINE;
    case 'controlLifted':
      return mayLift(h, step, facts);
    case 'repairStarted':
      return mayRepair(h, facts);
    case 'repaired':
      return step.payload.fileIds.length > 0
        ? FINE
        : refuse('repaired.photoMissing', 'There is no photo of the repair.', 'Add photos of what was done.');
    case 'accepted':
      return step.actor === h.repairedBy
        ? refuse(
            'accept.sameHands',
            'Who reported the repair cannot accept it.',
            'Let someone else look at it.',
          )
        : FINE;
    case 'closed':
      return mayClose(h, facts);
    case 'extensionAsked':
    case 'extensionGranted':
    case 'extensionRefused':
      return mayExtend(h, step, facts);
    case 'registered':
    case 'dismissed':
    case 'sentBack':
    case 'lookedBack':
    case 'reopened':
      return FINE;
  }
}

function mayBeDue({ payload }: StepOf<'dispatched' | 'appraisalCommissioned'>, { now }: HazardFacts): Answer {
  return payload.dueAt !== null && payload.dueAt <= now
    ? refuse(
        'dispatch.due',
        'It is due before it is sent.',
        'Set a due time ahead, or leave it to the terms.',
      )
    : FINE;
}

function mayLift(h: Hazard, { payload }: StepOf<'controlLifted'>, { terms }: HazardFacts): Answer {
  if (!controlsInForce(h).includes(payload.measure))
    return refuse('control.notInForce', 'This measure is not in force.', 'Nothing is to be done.');
  const isLast = controlsInForce(h).length === 1;
  const isKept = h.level !== null && terms.controlRequired.includes(h.level) && h.stage !== 'accepted';
  return isLast && isKept
    ? refuse(
        'control.tooEarly',
        'At this level people stay away until the repair is accepted.',
        'Have the repair accepted (验收), or register the hazard at a lower level with its ground.',
      )
    : FINE;
}

function mayRepair(h: Hazard, { terms }: HazardFacts): Answer {
  const isNeeded = h.level !== null && terms.controlRequired.includes(h.level);
  return isNeeded && controlsInForce(h).length === 0
    ? refuse(
        'repair.controlMissing',
        'At this level people must be kept away before anyone works on it.',
        'Stop its use, move people out or close it off (管控) first.',
      )
    : FINE;
}

function mayClose(h: Hazard, facts: HazardFacts): Answer {
  const standing = controlsInForce(h);
  if (standing.length > 0)
    return refuse(
      'close.controls',
      `Still in force: ${standing.join(', ')}.`,
      'Lift the measures (解除管控) first, or wait with the closing.',
    );
  return facts.alarmIsOn
    ? refuse(
        'close.alarm',
        'The alarm that it came from is still on.',
        'Wait until the sensor is back to normal, or find out why it is not.',
      )
    : FINE;
}

function mayExtend(
  h: Hazard,
  step: StepOf<'extensionAsked' | 'extensionGranted' | 'extensionRefused'>,
  { now, terms }: HazardFacts,
): Answer {
  if (step.kind === 'extensionAsked') {
    if (h.extensionsGranted >= terms.extensionsMax)
      return refuse(
        'extension.tooMany',
        `It was extended ${h.extensionsGranted} times.`,
        'Finish it, or escalate.',
      );
    return step.payload.dueAt <= Math.max(now, repairDueAt(h, terms) ?? 0)
      ? refuse('extension.earlier', 'The new date is no later than the present one.', 'Ask for a later date.')
      : FINE;
  }
  if (h.extension === null)
    return refuse('extension.none', 'Nobody has asked for an extension.', 'Nothing is to be done.');
  return step.kind === 'extensionGranted' && step.actor === h.extension.askedBy
    ? refuse('extension.sameHands', 'Who asked cannot grant it.', 'Let someone else decide.')
    : FINE;
}

/** Steps that the stage allows, for a page that offers them. */
export const nextHazardSteps = ({
  stage,
  extension,
}: Pick<Hazard, 'stage' | 'extension'>): HazardStepKind[] =>
  HAZARD_GRAPH[stage].filter(kind =>
    kind === 'extensionAsked' ? extension === null : !kind.startsWith('extension') || extension !== null,
  );
