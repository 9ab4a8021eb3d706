import { PALETTES } from '../look/palette';
import { chartOption, extentOf, fromAxis, onAxis, type ChartPicture } from './chart-option';

const picture = (values: readonly (number | null)[], limits: readonly number[]): ChartPicture => ({
  points: values.map((value, index) => [index, value]),
  doubtful: [],
  limits: limits.map(value => ({
    severity: 'red',
    value,
    side: 'above',
    ruleId: 'r',
    ruleName: 'r',
    source: { kind: 'assumption', why: '', reviewBy: '' },
  })),
  unit: 'm',
  from: 0,
  to: 1,
  onsetAt: null,
  words: { onset: '', doubtful: '', severity: () => '' },
});

it.each([
  ['values alone', [1, 3], [], (e: { min: number; max: number }) => e.min < 1 && e.max > 3],
  ['a limit near the values is in view', [1, 3], [5], (e: { min: number; max: number }) => e.max >= 5],
  ['the nearest limit is always in view', [1, 1.1], [20], (e: { min: number; max: number }) => e.max >= 20],
  [
    'a far one beside a near one does not crush the values',
    [1, 3],
    [5, 500],
    (e: { min: number; max: number }) => e.max < 20,
  ],
  [
    'no axis below zero for what is never negative',
    [0, 0],
    [20],
    (e: { min: number; max: number }) => e.min === 0,
  ],
  ['nothing at all', [null], [5], (e: { min: number; max: number }) => e.min === 0 && e.max === 1],
  ['a constant has some height', [7, 7], [], (e: { min: number; max: number }) => e.max > 7],
])('%s', (_name, values, limits, holds) => expect(holds(extentOf(picture(values, limits)))).toBe(true));

it('puts midnight of the city where the axis has its midnight, and says the time of the city', () => {
  const midnight = Date.parse('2026-11-21T16:00:00Z');
  const asked = { ...picture([1], []), from: midnight, to: midnight + 3_600_000 };
  const option = chartOption(asked, PALETTES.dark) as {
    useUTC: boolean;
    xAxis: { min: number; axisLabel: { formatter: (x: number) => string } };
  };
  expect([option.useUTC, option.xAxis.min % 86_400_000]).toEqual([true, 0]);
  expect(option.xAxis.axisLabel.formatter(onAxis(midnight + 1_800_000))).toBe('00:30');
  expect(fromAxis(onAxis(midnight))).toBe(midnight);
});
