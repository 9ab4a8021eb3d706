import { QUALITY_ERRORS } from './errors';
import { readQualityConfig } from './config-reader';

it.each([
  [
    'our own form',
    { range: { min: 0, max: 9 }, gap: { suspectSeconds: 60 } },
    { range: { min: 0, max: 9 }, gap: { suspectSeconds: 60 } },
  ],
  ['nothing at all', {}, {}],
  [
    'null for left out',
    { range: null, spike: { suspectThreshold: 1, failThreshold: null } },
    { spike: { suspectThreshold: 1 } },
  ],
  [
    'the form of the reference',
    {
      qartod: {
        gross_range_test: { fail_span: [50, 10], suspect_span: [20, 40] },
        spike_test: { suspect_threshold: 1, fail_threshold: 2, method: 'differential' },
        rate_of_change_test: { threshold: 0.1 },
        flat_line_test: { suspect_threshold: 300, fail_threshold: 900, tolerance: 0.01 },
        attenuated_signal_test: {
          suspect_threshold: 1,
          fail_threshold: 0.5,
          test_period: 600,
          min_obs: 2,
          check_type: 'range',
        },
        aggregate: null,
      },
    },
    {
      range: { min: 10, max: 50 },
      suspectRange: { min: 20, max: 40 },
      spike: { suspectThreshold: 1, failThreshold: 2, method: 'differential' },
      rateOfChange: { threshold: 0.1 },
      flatLine: { suspectThreshold: 300, failThreshold: 900, tolerance: 0.01 },
      attenuatedSignal: {
        suspectThreshold: 1,
        failThreshold: 0.5,
        testPeriod: 600,
        minObs: 2,
        checkType: 'range',
      },
    },
  ],
  [
    'the same without its wrapper',
    { gross_range_test: { fail_span: [0, 1] } },
    { range: { min: 0, max: 1 } },
  ],
])('reads %s', (_name, json, value) => {
  expect(readQualityConfig(json)).toEqual({ ok: true, value });
});

it.each([
  ['a list', [], ['(root)']],
  ['text', 'range', ['(root)']],
  ['a misspelt test', { spikes: { suspectThreshold: 1 } }, ['spikes']],
  ['a misspelt key', { spike: { suspect: 1 } }, ['spike.suspect']],
  ['a snake-case key in our form', { spike: { suspect_threshold: 1 } }, ['spike.suspect_threshold']],
  ['a part that is no object', { range: 5 }, ['range']],
  ['a span of one', { gross_range_test: { fail_span: [1] } }, ['gross_range_test.fail_span']],
  ['a span by another name', { gross_range_test: { span: [1, 2] } }, ['gross_range_test.span']],
  ['no span', { gross_range_test: {} }, ['gross_range_test']],
  ['a name of every object', { constructor: {} }, ['constructor']],
  ['text for a number', { rateOfChange: { threshold: '1' } }, ['rateOfChange.threshold']],
  ['several faults', { spikes: {}, range: { low: 1 } }, ['spikes', 'range.low']],
  [
    'both ways to say how many',
    { attenuatedSignal: { suspectThreshold: 1, failThreshold: 1, minObs: 1, minPeriod: 1 } },
    ['attenuatedSignal.minPeriod'],
  ],
])('refuses %s and says where', (_name, json, at) => {
  const result = readQualityConfig(json);
  expect(result.ok ? [] : result.error.map(fault => fault.at)).toEqual(at);
});

it('has errors with a code of their own and a remedy', () => {
  const specs = Object.values(QUALITY_ERRORS);
  expect(new Set(specs.map(spec => spec.code)).size).toBe(specs.length);
  for (const spec of specs) {
    expect(spec.code).toMatch(/^QLT-\d{3}$/);
    expect(spec.remedy.length).toBeGreaterThan(20);
    expect(spec.message({ faults: 'range: min is above max' })).toContain('range: min is above max');
  }
});
