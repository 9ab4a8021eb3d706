import { attenuatedSignalTest } from './attenuated-signal';
import { flatLineTest } from './flat-line';
import { grossRangeTest } from './gross-range';
import { rateOfChangeTest } from './rate-of-change';
import { rollUp } from './roll-up';
import { spikeTest } from './spike';

/** What the recorded cases of the reference leave open: exact borders, empty and odd series. */
const DAY_MS = 86_400_000;
const days = (count: number): number[] => Array.from({ length: count }, (_v, i) => i * DAY_MS);

it('gross range: both ends of both spans belong to them, in either order', () => {
  const config = { failSpan: [50, 10], suspectSpan: [20, 40] } as const;
  expect(grossRangeTest([9.99, 10, 19.99, 20, 40, 40.01, 50, 50.01], config)).toEqual([
    4, 3, 3, 1, 1, 3, 3, 4,
  ]);
  expect(grossRangeTest([NaN, Infinity, -Infinity], { failSpan: [0, 1] })).toEqual([9, 9, 9]);
  expect(grossRangeTest([], { failSpan: [0, 1] })).toEqual([]);
});

it('spike: the threshold itself is no spike', () => {
  expect(spikeTest([0, 10, 0], { failThreshold: 10 })).toEqual([2, 1, 2]);
  expect(spikeTest([0, 10.01, 0], { failThreshold: 10 })).toEqual([2, 4, 2]);
  expect(spikeTest([0, 5, 10], { failThreshold: 1, method: 'differential' })).toEqual([2, 1, 2]);
  expect(spikeTest([], {})).toEqual([]);
  expect(spikeTest([1], {})).toEqual([2]);
});

it('rate of change: the threshold itself is good, and no time says nothing', () => {
  expect(rateOfChangeTest([0, 1, 2.01], [0, 1_000, 2_000], { threshold: 1 })).toEqual([1, 1, 3]);
  expect(rateOfChangeTest([0, 9], [0, 0], { threshold: 1 })).toEqual([1, 2]);
  expect(() => rateOfChangeTest([0, 9], [0], { threshold: 1 })).toThrow(/fewer than values/);
});

it('flat line: a range equal to the tolerance is not flat', () => {
  const config = { suspectThreshold: 2, failThreshold: 9, tolerance: 1 };
  expect(flatLineTest([0, 1, 0], [0, 1_000, 2_000], config)).toEqual([1, 1, 1]);
  expect(flatLineTest([0, 0.99, 0], [0, 1_000, 2_000], config)).toEqual([1, 1, 3]);
  expect(flatLineTest([5, NaN], [0, 1_000], config)).toEqual([1, 9]);
});

describe('attenuated signal', () => {
  it('takes a window as a sample: of 1 and 2 the deviation is 0.71, not 0.5', () => {
    const config = { suspectThreshold: 0.6, failThreshold: 0.1, testPeriod: 2 * 86_400, minObs: 2 };
    expect(attenuatedSignalTest([1, 2], days(2), config)).toEqual([2, 1]);
  });

  it('takes a whole series as all there is: of 1 and 2 the deviation is 0.5', () => {
    expect(attenuatedSignalTest([1, 2], days(2), { suspectThreshold: 0.6, failThreshold: 0.1 })).toEqual([
      3, 3,
    ]);
  });

  it('leaves out the reading that is exactly one period old', () => {
    const config = { suspectThreshold: 5, failThreshold: 0, testPeriod: 86_400, checkType: 'range' as const };
    expect(attenuatedSignalTest([0, 9], days(2), config)).toEqual([3, 3]);
  });

  it('a spread equal to the threshold is good', () => {
    const config = { suspectThreshold: 9, failThreshold: 1, checkType: 'range' as const };
    expect(attenuatedSignalTest([0, 9], days(2), config)).toEqual([1, 1]);
  });
});

it('rolls up: nothing to go by is not evaluated', () => {
  expect(rollUp([])).toBe(2);
  expect(rollUp([9, 9])).toBe(9);
  expect(rollUp([9, 2])).toBe(2);
  expect(rollUp([1, 2])).toBe(1);
  expect(rollUp([4, 3, 9])).toBe(4);
});
