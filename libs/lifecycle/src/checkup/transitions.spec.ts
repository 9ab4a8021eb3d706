import { CHECKUP_STATES, type Signature } from './record';
import { signers } from './signatures';
import { afterStep, CHECKUP_GRAPH, CHECKUP_STEPS, isFixed, isOpenForAnswers } from './transitions';

describe('the graph of a check-up', () => {
  it('reaches every state from "planned"', () => {
    const reached = new Set<string>(['planned']);
    for (const state of reached)
      for (const next of Object.values(CHECKUP_GRAPH[state as keyof typeof CHECKUP_GRAPH])) reached.add(next);
    expect([...reached].sort()).toEqual([...CHECKUP_STATES].sort());
  });
  it('has a use for every step', () => {
    for (const step of CHECKUP_STEPS)
      expect(CHECKUP_STATES.some(state => afterStep(state, step) !== null)).toBe(true);
  });
  it('never takes an answer where a record stands, and no way leads from one record to none', () => {
    for (const state of CHECKUP_STATES) expect(isFixed(state) && isOpenForAnswers(state)).toBe(false);
    for (const state of ['submitted', 'reviewed', 'accepted', 'superseded'] as const)
      for (const next of Object.values(CHECKUP_GRAPH[state]))
        expect(['planned', 'assigned', 'inField', 'cancelled']).not.toContain(next);
  });
  it.each([
    ['planned', 'submit', null],
    ['assigned', 'submit', 'submitted'],
    ['submitted', 'accept', null],
    ['reviewed', 'accept', 'accepted'],
    ['accepted', 'return', null],
    ['accepted', 'supersede', 'superseded'],
    ['superseded', 'supersede', null],
    ['cancelled', 'assign', null],
  ] as const)('%s, %s: %s', (state, step, expected) => expect(afterStep(state, step)).toBe(expected));
});

describe('who signed', () => {
  const sign = (username: string | null, name: string, fileId: string): Signature => ({
    ...{ username, name, fileId, certificate: null, signedAt: 0 },
  });
  it.each([
    ['nobody', [], 0],
    ['two', [sign('ina', '伊娜', 'a'), sign('ivo', '伊沃', 'b')], 2],
    ['one twice', [sign('ina', '伊娜', 'a'), sign('ina', '伊娜', 'b')], 1],
    ['one and a guest', [sign('ina', '伊娜', 'a'), sign(null, '王工', 'b')], 2],
    ['one who is a guest too', [sign('ina', '伊 娜', 'a'), sign(null, '伊娜', 'b')], 1],
    ['a guest twice, with another gap in the name', [sign(null, '王 工', 'a'), sign(null, '王工', 'b')], 1],
    ['two with the same drawing', [sign('ina', '伊娜', 'a'), sign('ivo', '伊沃', 'a')], 1],
  ])('%s', (_name, signatures, expected) => expect(signers(signatures)).toBe(expected));
});
