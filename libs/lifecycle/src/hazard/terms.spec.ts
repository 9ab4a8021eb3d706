import { DAY_0, HEAD, step } from '../testing/hazard-samples';
import { foldHazard } from './fold';
import type { HazardStep } from './hazard';
import { countedHazard } from './late';
import { hazardStatistics } from './statistics';
import { HAZARD_TERMS, hazardTimers } from './terms';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const timers = (steps: readonly HazardStep[], now = DAY_0): string[] =>
  hazardTimers(foldHazard(HEAD, steps), HAZARD_TERMS, now).map(
    ({ kind, dueAt, escalateTo }) =>
      `${kind} ${(dueAt - DAY_0) / HOUR}${escalateTo === null ? '' : ` ${escalateTo}`}`,
  );
const SEVERE = [step('registered')];
const CONTROLLED = [...SEVERE, step('controlled')];
const DISPATCHED = [...CONTROLLED, step('dispatched', {}, DAY_0 + HOUR)];
const CLOSED = [
  ...DISPATCHED,
  step('repairStarted'),
  step('repaired'),
  step('accepted', {}, DAY_0 + DAY),
  step('controlLifted', {}, DAY_0 + DAY),
  step('closed', {}, DAY_0 + 2 * DAY),
];

it.each<[string, readonly HazardStep[], string[]]>([
  ['found: to be registered in a day', [], ['register 24']],
  ['a severe one: control first', SEVERE, ['control 2', 'dispatch 4']],
  ['control in force', CONTROLLED, ['dispatch 4']],
  ['a minor one asks for no control', [step('registered', { level: 'minor' })], ['dispatch 120']],
  ['the repair counts from the dispatch', DISPATCHED, ['repair 721']],
  ['or is due when it was set', [...SEVERE, step('controlled'), step('dispatched', { dueAt: DAY_0 + DAY })], ['repair 24']],
  ['dispatched a second time: the first counts', [...DISPATCHED, step('dispatched', {}, DAY_0 + DAY)], ['repair 721']],
  ['appraisal', [...CONTROLLED, step('appraisalCommissioned')], ['appraise 360']],
  ['repaired: to be accepted', [...DISPATCHED, step('repairStarted'), step('repaired', {}, DAY_0 + DAY)], ['accept 144']],
  ['closed: somebody has to come back', CLOSED, ['lookBack 768']],
  ['and has', [...CLOSED, step('lookedBack', {}, DAY_0 + 9 * DAY)], []],
  ['opened anew: all from the start', [...CLOSED, step('reopened', {}, DAY_0 + 9 * DAY)], ['control 218', 'dispatch 220']],
  ['found to have come back: likewise', [...CLOSED, step('lookedBack', { finding: 'recurred' }, DAY_0 + 9 * DAY)], ['control 218', 'dispatch 220']],
  ['and given out again: the repair counts from then', [...CLOSED, step('reopened', {}, DAY_0 + 9 * DAY), step('controlled'), step('dispatched', {}, DAY_0 + 9 * DAY)], ['repair 936']],
  ['dismissed: nothing', [step('dismissed')], []],
])('%s', (_name, steps, expected) => {
  expect(timers(steps)).toEqual(expected);
}); // prettier-ignore

it.each([
  ['in time', 24 * HOUR, 'register 24'],
  ['late: the owner', 24 * HOUR + 1, 'register 24 owner'],
  ['a day late: the street', 48 * HOUR, 'register 24 street'],
  ['three days late: the district', 96 * HOUR, 'register 24 district'],
  ['a week late: the city', 192 * HOUR, 'register 24 city'],
])('escalates: %s', (_name, afterMs, expected) => {
  expect(timers([], DAY_0 + afterMs)).toEqual([expected]);
});

it('shows the loop in numbers', () => {
  const all = [
    [],
    SEVERE,
    DISPATCHED,
    CLOSED,
    [...CLOSED, step('reopened', {}, DAY_0 + 3 * DAY)],
    [step('dismissed')],
  ];
  const items = all.map(steps => countedHazard(HEAD, steps, HAZARD_TERMS));
  const stats = hazardStatistics(
    items,
    { from: DAY_0, to: DAY_0 + 30 * DAY },
    HAZARD_TERMS,
    DAY_0 + 5 * HOUR,
  );
  expect(stats).toEqual({
    ...{ found: 6, controlled: 3, repaired: 1, closed: 1, dismissed: 1, reopened: 1 },
    ...{ open: 4, uncontrolled: 2, overdue: 1, closedInTime: 1, medianDaysTenths: 20 },
    byLevel: { severe: 3, moderate: 0, minor: 0, unrated: 1 },
  });
});

it('counts nothing outside of the period, and says null where there is nothing to divide', () => {
  const items = [countedHazard(HEAD, CLOSED, HAZARD_TERMS)];
  const stats = hazardStatistics(items, { from: DAY_0 + 5 * DAY, to: DAY_0 + 6 * DAY }, HAZARD_TERMS, DAY_0);
  expect(stats).toMatchObject({ found: 0, closed: 0, closedInTime: null, medianDaysTenths: null, open: 0 });
});

it('knows that something was late on the way', () => {
  const late = [step('registered', {}, DAY_0 + 2 * DAY)];
  expect(countedHazard(HEAD, late, HAZARD_TERMS).wasLate).toBe(true);
  expect(countedHazard(HEAD, CLOSED, HAZARD_TERMS).wasLate).toBe(false);
});
