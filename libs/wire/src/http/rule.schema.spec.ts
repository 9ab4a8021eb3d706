import { ruleSchema } from './rule.schema';

const SOURCE = { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' };
const threshold = (limits: unknown, over: object = {}): unknown => ({
  name: 'r',
  appliesTo: { quantity: 'gas.combustible' },
  condition: { type: 'threshold', limits, ...over },
  source: SOURCE,
});
const yellow = (over: object): object => ({ severity: 'yellow', above: 20, clearBelow: 18, ...over });

/** `path: message` of each fault, or `ok`. */
const faults = (rule: unknown): string[] => {
  const checked = ruleSchema.safeParse(rule);
  return checked.success ? ['ok'] : checked.error.issues.map(i => `${i.path.join('.')}: ${i.message}`);
};

it.each<[string, unknown]>([
  ['the rule of the contract', threshold([yellow({}), { severity: 'orange', above: 50, clearBelow: 45 }])],
  ['limits in any order', threshold([{ severity: 'red', above: 50 }, yellow({})])],
  ['limits that fall', threshold([{ severity: 'yellow', below: 0.2, clearAbove: 0.22 }, { severity: 'red', below: 0.1 }])],
  ['a band', threshold([{ severity: 'yellow', above: 20, below: 2 }])],
  ['both sides with a severity each', threshold([yellow({}), { severity: 'yellow', below: 1 }])],
  ['no clear limit', threshold([{ severity: 'red', above: 1 }])],
  ['negative limits', threshold([{ severity: 'blue', above: -5, clearBelow: -6 }])],
  ['another unit of the same kind', threshold([yellow({})], { unit: '%VOL' })],
  ['holds', threshold([yellow({})], { raiseAfter: { samples: 2, of: 3 }, clearAfter: { seconds: 60 } })],
  ['a scope of sensors', { ...(threshold([yellow({})]) as object), appliesTo: { sensorIds: ['a.b'] } }],
  ['no data', { name: 'n', condition: { type: 'noData', after: { missed: 2.5 } }, source: SOURCE }],
  ['a standard as source', { ...(threshold([yellow({})]) as object), source: { kind: 'standard', ref: 'GB/T 50493', clause: '5.5.2' } }],
])('takes %s', (_name, rule) => expect(faults(rule)).toEqual(['ok'])); // prettier-ignore

it.each<[string, unknown, string[]]>([
  ['no limits', threshold([]), ['condition.limits: give at least one limit']],
  ['a limit without a side', threshold([{ severity: 'red' }]), ['condition.limits.0.above: give `above` or `below`']],
  ['clearBelow at above', threshold([yellow({ clearBelow: 20 })]), ['condition.limits.0.clearBelow: must be below `above` (20)']],
  ['clearAbove at below', threshold([{ severity: 'red', below: 1, clearAbove: 1 }]), ['condition.limits.0.clearAbove: must be above `below` (1)']],
  ['clearBelow without above', threshold([{ severity: 'red', below: 1, clearBelow: 0 }]), ['condition.limits.0.clearBelow: `clearBelow` goes with `above`']],
  ['a band without room', threshold([{ severity: 'red', above: 2, below: 2 }]), ['condition.limits.0.below: must be under `above`']],
  ['a severity that does not rise with its limit', threshold([yellow({}), { severity: 'orange', above: 20 }]), ['condition.limits.1.above: orange must be greater than 20, the limit of yellow']],
  ['a severity that does not rise as limits fall', threshold([{ severity: 'yellow', below: 1 }, { severity: 'red', below: 2 }]), ['condition.limits.1.below: red must be smaller than 1']],
  ['a severity twice', threshold([yellow({}), yellow({ above: 30, clearBelow: 29 })]), ['condition.limits.1.above: yellow is given twice']],
  ['an unknown unit', threshold([yellow({})], { unit: 'furlong' }), ['condition.unit: unit "furlong" is not known']],
  ['a unit of another kind', threshold([yellow({})], { unit: 'mm/h' }), ['condition.unit: does not fit gas.combustible']],
  ['an unknown quantity', { ...(threshold([yellow({})]) as object), appliesTo: { quantity: 'love' } }, ['appliesTo.quantity: quantity "love" is not known']],
  ['a misspelt field of a limit', threshold([{ severity: 'red', abvoe: 1, above: 2 }]), ['condition.limits.0: Unrecognized key: "abvoe"']],
  ['a misspelt scope', { ...(threshold([yellow({})]) as object), appliesTo: { sensors: ['a'] } }, ['appliesTo: Unrecognized key: "sensors"']],
  ['an empty list of sensors', { ...(threshold([yellow({})]) as object), appliesTo: { sensorIds: [] } }, ['appliesTo.sensorIds: leave it out']],
  ['a type that is not there yet', { name: 'x', condition: { type: 'fortune' }, source: SOURCE }, ['condition.type: `type` must be one of threshold, rate, trend, forecast, changepoint, baseline, nightFlow, flatLine, quality, noData, composite']],
  ['text as limit', threshold([yellow({ above: '20' })]), ['condition.limits.0.above: Invalid input']],
  ['NaN as limit', threshold([yellow({ above: NaN })]), ['condition.limits.0.above: Invalid input']],
  ['infinity as limit', threshold([{ severity: 'red', above: Infinity }]), ['condition.limits.0.above: Invalid input']],
  ['0 samples', threshold([yellow({})], { raiseAfter: { samples: 0 } }), ['condition.raiseAfter.samples: Too small']],
  ['no source', { name: 'x', condition: { type: 'noData', after: { seconds: 5 } } }, ['source: Invalid input']],
  ['a source without its clause', { ...(threshold([yellow({})]) as object), source: { kind: 'standard', ref: 'GB' } }, ['source.clause: Invalid input']],
  ['a review date that is none', { ...(threshold([yellow({})]) as object), source: { ...SOURCE, reviewBy: 'soon' } }, ['source.reviewBy: must be a date']],
])('refuses %s and says where', (_name, rule, expected) => {
  const found = faults(rule);
  expect(found).toHaveLength(expected.length);
  expected.forEach((start, i) => expect(found[i]).toContain(start));
}); // prettier-ignore
