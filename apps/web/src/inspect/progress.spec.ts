import { CHECKUP_FORMS, CONCLUSION_PATH } from '@anmai/lifecycle';
import { filled } from '@anmai/lifecycle/testing/filled';
import { faultsByStep, progressOf, stepCount, stepOfPath } from './progress';

const FORM = CHECKUP_FORMS.masonry;

it('counts what has to be answered; an answer without photos is none', () => {
  const { asked, answered } = progressOf(FORM, {});
  expect([asked > 10, answered]).toEqual([true, 0]);
  expect(progressOf(FORM, { 'ground.photos': { kind: 'photos', ids: [] } }).answered).toBe(0);
  expect(progressOf(FORM, { 'ground.photos': { kind: 'photos', ids: ['a'] } }).answered).toBe(1);
  const all = progressOf(FORM, filled(FORM));
  expect(all.answered).toBe(all.asked);
});

it.each([
  ['ground.photos', 0],
  ['cracks/c1/width', 1],
  [CONCLUSION_PATH, FORM.sections.length],
  ['an item of another form', FORM.sections.length],
])('leads from %s to step %d', (path, step) => expect(stepOfPath(FORM, path)).toBe(step));

it('lists every fault with a step that exists, and none once all is filled in', () => {
  const faults = faultsByStep(FORM, {});
  expect(faults.length).toBeGreaterThan(10);
  expect(faults.every(fault => fault.step < stepCount(FORM))).toBe(true);
  expect(faultsByStep(FORM, filled(FORM))).toEqual([]);
});
