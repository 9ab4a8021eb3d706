import type { Condition, ConditionType } from '@anmai/alarms';
import { fieldsOf, valueAt, withValue } from './condition-fields';

const limits = [{ severity: 'yellow', above: 4 }] as const;
const SAMPLES: Readonly<Record<ConditionType, Condition>> = {
  threshold: { type: 'threshold', limits, raiseAfter: { seconds: 60 } },
  rate: { type: 'rate', per: 'hour', limits },
  trend: { type: 'trend', per: 'month', limits },
  forecast: { type: 'forecast', per: 'minute', target: { below: 1 }, limits: [{ severity: 'red', below: 30 }] },
  changepoint: { type: 'changepoint', limits },
  baseline: { type: 'baseline', limits },
  nightFlow: { type: 'nightFlow', limits },
  flatLine: { type: 'flatLine', tolerance: 0, limits },
  quality: { type: 'quality', limits },
  noData: { type: 'noData', after: { missed: 3 } },
  composite: { type: 'composite', of: [{ ruleId: 'r' }], need: { atLeast: 2 }, related: { withinMeters: 50 }, withinSeconds: 60, severity: 'red' },
}; // prettier-ignore

it.each([
  ['threshold', 'raiseAfter.seconds clearAfter.samples'],
  ['rate', 'per window.minutes raiseAfter.samples clearAfter.samples'],
  ['trend', 'per window.days raiseAfter.samples clearAfter.samples'],
  ['forecast', 'target.below per window.minutes raiseAfter.samples clearAfter.samples'],
  ['changepoint', 'direction raiseAfter.samples clearAfter.samples'],
  ['baseline', 'direction raiseAfter.samples clearAfter.samples'],
  ['nightFlow', 'raiseAfter.samples clearAfter.samples'],
  ['flatLine', 'tolerance raiseAfter.samples clearAfter.samples'],
  ['quality', 'of raiseAfter.samples clearAfter.samples'],
  ['noData', 'after.missed severity'],
  ['composite', 'need.atLeast related.withinMeters withinSeconds severity'],
] as const)('%s has its fields', (type, expected) =>
  expect(fieldsOf(SAMPLES[type]).map(field => field.path).join(' ')).toBe(expected)); // prettier-ignore

it.each([
  ['limits.0.above', 6, { ...SAMPLES.trend, limits: [{ severity: 'yellow', above: 6 }] }],
  ['window.days', 90, { ...SAMPLES.trend, window: { days: 90 } }],
  ['raiseAfter.samples', 3, { ...SAMPLES.trend, raiseAfter: { samples: 3 } }],
])('sets %s', (path, value, expected) => {
  const changed = withValue(SAMPLES.trend, path, value);
  expect(changed).toEqual(expected);
  expect(valueAt(changed, path)).toBe(value);
});

it.each([
  ['forecast', 'target.below', 'target.above'],
  ['noData', 'after.missed', 'after.missed'],
] as const)('%s keeps its field while it is empty', (type, path, expected) => {
  const emptied = withValue(SAMPLES[type], path, undefined);
  expect(fieldsOf(emptied).map(field => field.path)).toContain(expected);
});

it('keeps the unit of time in which a window is given', () => {
  const paths = fieldsOf({ ...SAMPLES.rate, window: { hours: 2 } } as Condition).map(field => field.path);
  expect(paths).toContain('window.hours');
});

it('takes away what is emptied, and the hold that is left empty with it', () => {
  const held = withValue(SAMPLES.trend, 'raiseAfter.samples', 3);
  expect(withValue(held, 'raiseAfter.samples', undefined)).toEqual(SAMPLES.trend);
  expect(valueAt(SAMPLES.trend, 'raiseAfter.samples')).toBeUndefined();
});

it('shows of how many readings, once there is a count of them', () => {
  const held = withValue(SAMPLES.rate, 'raiseAfter.samples', 2);
  const paths = fieldsOf(held).map(field => field.path);
  expect(paths).toEqual([
    'per',
    'window.minutes',
    'raiseAfter.samples',
    'raiseAfter.of',
    'clearAfter.samples',
  ]);
});
