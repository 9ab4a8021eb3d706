import { hazardStepSchema, HAZARD_STEP_KINDS } from '@anmai/wire';
import { EMPTY_STEP, STEP_FIELDS, stepBody, type StepKind } from './step-fields';

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
