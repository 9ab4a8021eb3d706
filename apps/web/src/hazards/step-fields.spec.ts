import { hazardStepSchema, HAZARD_STEP_KINDS } from '@anmai/wire';
import { EMPTY_STEP, firstStep, STEP_FIELDS, stepBody, type StepKind } from './step-fields';

const FULL = {
  ...EMPTY_STEP,
  ...{ note: '现场', orgId: 'street', person: '王', due: '2026-12-01T08:00', agency: '鉴定所', appraisalId: 'apr-1', plan: '注浆', fileIds: ['f1'] },
}; // prettier-ignore

it.each(HAZARD_STEP_KINDS)('makes a body of %s that the server takes', kind => {
  const parsed = hazardStepSchema.safeParse(stepBody(kind, FULL));
  expect(parsed.error?.issues).toBeUndefined();
});

it('asks for the fields of every step', () => {
  expect(Object.keys(STEP_FIELDS).sort()).toEqual([...HAZARD_STEP_KINDS].sort());
});

it.each<[StepKind, string, string | null]>([
  ['dispatched', '2026-12-01T08:00', '2026-12-01T00:00:00.000Z'],
  ['dispatched', '', null],
])('reads the wall clock: %s %s', (kind, due, expected) => {
  expect(stepBody(kind, { ...FULL, due })['dueAt']).toBe(expected);
});

describe('what is offered first', () => {
  const hazard = (over: Partial<Parameters<typeof firstStep>[0]>) =>
    ({ stage: 'dispatched', extension: null, timers: [], controls: [], nextSteps: [], ...over }) as unknown as Parameters<typeof firstStep>[0];
  const control = { kind: 'control', dueAt: '', overdue: false, escalateTo: null } as const;
  const standing = { measure: 'moveOut', since: '', until: null } as const;
  it.each<[string, Partial<Parameters<typeof firstStep>[0]>, StepKind]>([
    ['the main way', {}, 'repairStarted'],
    ['keeping people away first', { timers: [control] }, 'controlled'],
    ['lifting before closing', { stage: 'accepted', controls: [standing] }, 'controlLifted'],
    ['closing', { stage: 'accepted', controls: [{ ...standing, until: '2026' }] }, 'closed'],
    ['an answer to who asked', { extension: { dueAt: '', askedBy: 'x', reason: '' }, nextSteps: ['extensionGranted'] }, 'extensionGranted'],
  ])('%s', (_name, over, expected) => {
    expect(firstStep(hazard(over))).toBe(expected);
  });
}); // prettier-ignore
