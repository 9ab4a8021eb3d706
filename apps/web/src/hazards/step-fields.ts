import type { HazardShape } from '@anmai/wire';

export type StepKind = HazardShape['nextSteps'][number];
export type StepField =
  'level' | 'org' | 'person' | 'dueAt' | 'agency' | 'appraisal' | 'measure' | 'plan' | 'finding' | 'files';

/** What each step asks for beside its note. */
export const STEP_FIELDS: Readonly<Record<StepKind, readonly StepField[]>> = {
  registered: ['level'],
  dismissed: ['files'],
  dispatched: ['org', 'person', 'dueAt'],
  appraisalCommissioned: ['agency', 'dueAt'],
  appraised: ['appraisal'],
  controlled: ['measure', 'files'],
  controlLifted: ['measure', 'files'],
  repairStarted: ['plan', 'files'],
  repaired: ['files'],
  sentBack: ['files'],
  accepted: ['files'],
  closed: [],
  extensionAsked: ['dueAt'],
  extensionGranted: [],
  extensionRefused: [],
  lookedBack: ['finding', 'files'],
  reopened: [],
};

/** The step that most often follows: what a person came to do. */
const MAIN: Readonly<Record<HazardShape['stage'], StepKind>> = {
  found: 'registered',
  registered: 'dispatched',
  dispatched: 'repairStarted',
  appraising: 'appraised',
  repairing: 'repaired',
  repaired: 'accepted',
  accepted: 'closed',
  closed: 'lookedBack',
  dismissed: 'reopened',
};

/** What is offered first: keeping people away from what is late for it, what is asked of one, or the main way. */
export function firstStep({ stage, extension, timers, controls, nextSteps }: HazardShape): StepKind {
  if (extension !== null && nextSteps.includes('extensionGranted')) return 'extensionGranted';
  const isStanding = controls.some(each => each.until === null);
  if (timers.some(timer => timer.kind === 'control') && stage !== 'found') return 'controlled';
  return stage === 'accepted' && isStanding ? 'controlLifted' : MAIN[stage];
}

export interface StepDraft {
  readonly note: string;
  readonly level: string;
  readonly orgId: string;
  readonly person: string;
  /** As the field of the browser gives it, by the wall clock; empty: none. */
  readonly due: string;
  readonly agency: string;
  readonly appraisalId: string;
  readonly measure: string;
  readonly plan: string;
  readonly finding: string;
  readonly fileIds: readonly string[];
}
export const EMPTY_STEP: StepDraft = {
  ...{ note: '', level: 'severe', orgId: '', person: '', due: '', agency: '', appraisalId: '' },
  ...{ measure: 'stopUse', plan: '', finding: 'holds', fileIds: [] },
};

/** Wall clock of the platform, eight hours ahead of UTC. */
const isoOf = (wall: string): string => new Date(`${wall}:00+08:00`).toISOString();

/** The body of the step, with what its kind asks for and nothing else. */
export function stepBody(kind: StepKind, draft: StepDraft): Record<string, unknown> {
  const dueAt = draft.due === '' ? null : isoOf(draft.due);
  const values: Readonly<Record<StepField, Record<string, unknown>>> = {
    level: { level: draft.level },
    org: { orgId: draft.orgId },
    person: { person: draft.person },
    dueAt: { dueAt },
    agency: { agency: draft.agency },
    appraisal: { appraisalId: draft.appraisalId },
    measure: { measure: draft.measure },
    plan: { plan: draft.plan },
    finding: { finding: draft.finding },
    files: { fileIds: draft.fileIds },
  };
  return Object.assign(
    { kind, note: draft.note },
    ...STEP_FIELDS[kind].map(field => values[field]),
  ) as Record<string, unknown>;
}
