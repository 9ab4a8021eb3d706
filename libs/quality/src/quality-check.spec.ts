import { AppError } from '@anmai/kernel';
import type { Quality } from '@anmai/readings';
import fc from 'fast-check';
import { checkSeries } from './check-series';
import { FLAT_LINE_READINGS_MAX, liveDefault, type QualityConfig } from './config';
import { flatLineTest } from './qartod/flat-line';
import { rateOfChangeTest } from './qartod/rate-of-change';
import { rollUp } from './qartod/roll-up';
import { spikeTest } from './qartod/spike';
import { QualityCheck, type QualityInput, type QualityRow, type QualityState } from './quality-check';

const RANGE = { min: 0, max: 100 };
const FULL: QualityConfig = {
  range: RANGE,
  suspectRange: { min: 5, max: 95 },
  spike: { suspectThreshold: 10, failThreshold: 30 },
  rateOfChange: { threshold: 0.5, failThreshold: 2 },
  flatLine: { suspectThreshold: 180, failThreshold: 300, tolerance: 0.1 },
  gap: { suspectSeconds: 150 },
  clock: { aheadSeconds: 300, behindSeconds: 3_600 },
  intervalSeconds: 60,
};

/** '1, 2, -, 3' → readings a minute apart, `-` missing. */
const series = (text: string): QualityInput[] =>
  text.split(', ').map((cell, i) => ({ at: i * 60_000, value: cell === '-' ? null : Number(cell) }));
const qualities = (rows: readonly QualityRow[]): string => rows.map(row => row.quality).join(' ');
const live = (config: QualityConfig, inputs: readonly QualityInput[]): QualityRow[] => {
  const check = new QualityCheck(config);
  return inputs.map(input => check.next(input).live);
};

describe('live', () => {
  it.each<[string, QualityConfig, string, string]>([
    ['no test: not evaluated, missing is missing', {}, '1, -, 3', '2 9 2'],
    ['range: both ends belong to it', liveDefault(RANGE), '-0.001, 0, 50, 100, 100.001', '4 1 1 1 4'],
    ['not a number and infinity are missing', liveDefault(RANGE), 'NaN, Infinity, -Infinity, 1', '9 9 9 1'],
    [
      'saturated: still usable past that end only',
      { range: RANGE, saturates: 'high' },
      '101, 2000, -1',
      '3 3 4',
    ],
    ['saturated at both ends', { range: RANGE, saturates: 'both' }, '101, -1', '3 3'],
    ['a range not known', liveDefault(null), '1e9', '2'],
    ['suspect range alone', { suspectRange: { min: 5, max: 95 } }, '4, 5, 95, 96', '3 1 1 3'],
    [
      'a spike is no reason to look away on arrival',
      { ...liveDefault(RANGE), spike: FULL.spike },
      '10, 90, 10',
      '1 1 1',
    ],
    [
      'rate: at the threshold is good',
      { rateOfChange: { threshold: 0.5, failThreshold: 1 } },
      '0, 30, 61, 0, -, 90',
      '1 1 3 4 9 1',
    ],
    [
      'flat: from the fourth',
      { flatLine: FULL.flatLine, intervalSeconds: 60 },
      '1, 1, 1, 1, 1, 1, 2',
      '1 1 1 3 3 4 1',
    ],
    [
      'flat: missing has no say',
      { flatLine: FULL.flatLine, intervalSeconds: 60 },
      '1, -, -, 1, 1, 1',
      '1 9 9 3 3 4',
    ],
    ['range beats the rest', FULL, '50, 500', '1 4'],
  ])('%s', (_name, config, text, expected) => {
    expect(qualities(live(config, series(text)))).toBe(expected);
  });

  it.each([
    ['first', [0], [2]],
    ['at the limit', [0, 150_000], [2, 1]],
    ['past it', [0, 150_001, 160_000], [2, 3, 1]],
  ])('gap: %s', (_name, times, expected) => {
    const rows = live(
      { gap: { suspectSeconds: 150 } },
      times.map(at => ({ at, value: 1 })),
    );
    expect(rows.map(row => row.flags.gap)).toEqual(expected);
  });

  it.each<[string, number, number | undefined, Quality]>([
    ['on time', 10_000, 10_000, 1],
    ['as far ahead as allowed', 310_000, 10_000, 1],
    ['too far ahead', 310_001, 10_000, 3],
    ['as late as allowed', 0, 3_600_000, 1],
    ['later', 0, 3_600_001, 3],
    ['receipt not known', 0, undefined, 2],
  ])('clock: %s', (_name, at, receivedAt, expected) => {
    const [row] = live({ clock: FULL.clock }, [{ at, value: 1, receivedAt }]);
    expect(row?.flags.clock).toBe(expected);
  });
});

describe('late and twice', () => {
  it('answers the same when the newest is delivered again, and forgets nothing', () => {
    const check = new QualityCheck(FULL);
    for (const input of series('10, 50')) check.next(input);
    const before = JSON.stringify(check.state());
    const again = check.next({ at: 60_000, value: 50 });
    expect(again.live.flags.rateOfChange).toBe(3);
    expect(again.settled).toBeNull();
    expect(JSON.stringify(check.state())).toBe(before);
  });

  it('judges a late reading by itself alone and lets it change nothing', () => {
    const check = new QualityCheck(FULL);
    for (const input of series('10, 10, 12')) check.next(input);
    const before = JSON.stringify(check.state());
    const late = check.next({ at: 30_000, value: 500 });
    expect(late).toEqual({
      live: {
        at: 30_000,
        value: 500,
        quality: 4,
        flags: { range: 4, clock: 2, spike: 2, rateOfChange: 2, flatLine: 2, gap: 2 },
      },
      settled: null,
    });
    expect(check.next({ at: 30_000, value: null }).live).toMatchObject({ quality: 9, value: null });
    expect(JSON.stringify(check.state())).toBe(before);
  });
});

describe('spike, settled by the next reading', () => {
  it('keeps the live answer open and gives the final one with the neighbour', () => {
    const check = new QualityCheck({ spike: { suspectThreshold: 10, failThreshold: 30 } });
    const steps = series('10, 90, 10, 10').map(input => check.next(input));
    expect(steps.map(step => step.live.flags.spike)).toEqual([2, 2, 2, 2]);
    expect(steps.map(step => step.settled?.flags.spike)).toEqual([undefined, 2, 4, 4]);
    expect(steps[2]?.settled).toMatchObject({ at: 60_000, value: 90, quality: 4 });
  });
});

const rows = fc
  .array(
    fc.record({
      stepMs: fc.constantFrom(0, 1, 60_000, 60_000, 60_000, 200_000, -60_000),
      value: fc.oneof(
        fc.constantFrom(null, 20, 20, 20.05, 200),
        fc.double({ min: -20, max: 120, noNaN: true }),
      ),
      lagMs: fc.constantFrom(undefined, 0, -400_000, 4_000_000),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map(steps => {
    let at = 1_000_000;
    return steps.map(({ stepMs, value, lagMs }): QualityInput => {
      at += stepMs;
      return { at, value, receivedAt: lagMs === undefined ? undefined : at + lagMs };
    });
  });

it('a file and a stream are judged alike, save that a stream settles spikes one reading later', () => {
  fc.assert(
    fc.property(rows, inputs => {
      const check = new QualityCheck(FULL);
      const byPlace: QualityRow[] = [];
      let newestPlace = -1;
      inputs.forEach((input, i) => {
        const { live: row, settled } = check.next(input);
        byPlace[i] = row;
        if (settled !== null) byPlace[newestPlace] = settled;
        if (newestPlace < 0 || input.at > (inputs[newestPlace]?.at ?? NaN)) newestPlace = i;
      });
      expect(checkSeries(FULL, inputs)).toEqual(byPlace);
    }),
  );
});

it('agrees with the QARTOD functions on any series in order', () => {
  const ordered = fc.array(
    fc.oneof(fc.constantFrom(NaN, 20, 20, 20.05), fc.double({ min: -20, max: 120, noNaN: true })),
    {
      minLength: 3,
      maxLength: 60,
    },
  );
  fc.assert(
    fc.property(ordered, values => {
      const times = values.map((_v, i) => i * 60_000);
      const found = checkSeries(
        FULL,
        values.map((value, i) => ({ at: times[i] ?? 0, value })),
      );
      const { spike = {}, rateOfChange = { threshold: 0 }, flatLine } = FULL;
      expect(found.map(row => row.flags.spike)).toEqual(spikeTest(values, spike));
      expect(found.map(row => row.flags.rateOfChange)).toEqual(rateOfChangeTest(values, times, rateOfChange));
      expect(found.map(row => row.flags.flatLine)).toEqual(flatLine && flatLineTest(values, times, flatLine));
    }),
  );
});

it('goes on from a snapshot as if it had never stopped', () => {
  fc.assert(
    fc.property(rows, fc.nat(60), (inputs, cut) => {
      const whole = new QualityCheck(FULL);
      const first = new QualityCheck(FULL);
      const expected = inputs.map(input => whole.next(input)).slice(cut);
      for (const input of inputs.slice(0, cut)) first.next(input);
      const second = new QualityCheck(FULL, JSON.parse(JSON.stringify(first.state())) as QualityState);
      expect(inputs.slice(cut).map(input => second.next(input))).toEqual(expected);
    }),
  );
});

it('is missing exactly when there is no value, and otherwise the worst of its flags', () => {
  fc.assert(
    fc.property(rows, inputs => {
      for (const row of checkSeries(FULL, inputs)) {
        expect(row.quality === 9).toBe(row.value === null);
        if (row.value !== null) expect(row.quality).toBe(rollUp(Object.values(row.flags)));
      }
    }),
  );
});

it('keeps a bounded state, however long the feed', () => {
  const check = new QualityCheck(FULL);
  let bytesMax = 0;
  for (let i = 0; i < 5_000; i++) {
    check.next({ at: i * 60_000, value: i % 100 }); // rising runs are the worst case for the kept candidates
    bytesMax = Math.max(bytesMax, JSON.stringify(check.state()).length);
  }
  expect(bytesMax).toBeLessThan(1_000);
});

it('takes the interval of a file from the file, and the whole file as one attenuated window', () => {
  const config = {
    flatLine: { suspectThreshold: 180, failThreshold: 300, tolerance: 0.1 },
    attenuatedSignal: { suspectThreshold: 5, failThreshold: 0.5, checkType: 'range' as const },
  };
  const found = checkSeries(config, series('1, 1, 1, 1, -, 2'));
  expect(found.map(row => row.flags.flatLine)).toEqual([1, 1, 1, 3, 9, 1]);
  expect(found.map(row => row.flags.attenuatedSignal)).toEqual([3, 3, 3, 3, 9, 3]);
  expect(qualities(found)).toBe('3 3 3 3 9 3');
  expect(checkSeries(config, [])).toEqual([]);
  expect(qualities(checkSeries(config, series('7')))).toBe('4'); // one value does not move
});

it.each<[string, QualityConfig, RegExp]>([
  ['range the wrong way round', { range: { min: 1, max: 0 } }, /range: min is above max/],
  ['NaN as an end', { range: { min: NaN, max: 0 } }, /range\.min/],
  [
    'suspect range outside',
    { range: RANGE, suspectRange: { min: -1, max: 5 } },
    /suspectRange: must lie within/,
  ],
  ['saturated without a range', { saturates: 'high' }, /saturates: needs a range/],
  ['spike without a threshold', { spike: {} }, /spike: needs/],
  [
    'flat line without an interval',
    { flatLine: { suspectThreshold: 60, failThreshold: 60, tolerance: 1 } },
    /intervalSeconds/,
  ],
  [
    'tolerance of nothing',
    { ...FULL, flatLine: { suspectThreshold: 60, failThreshold: 60, tolerance: 0 } },
    /tolerance/,
  ],
  [
    'flat within one interval',
    { ...FULL, flatLine: { suspectThreshold: 59, failThreshold: 60, tolerance: 1 } },
    /suspectThreshold: is shorter/,
  ],
  [
    'flat for longer than is kept',
    {
      ...FULL,
      flatLine: { suspectThreshold: 60, failThreshold: 60 * (FLAT_LINE_READINGS_MAX + 1), tolerance: 1 },
    },
    /failThreshold: spans 10081 readings, at most 10080/,
  ],
  ['an interval of nothing', { intervalSeconds: 0 }, /intervalSeconds: must be above zero/],
  ['two faults at once', { range: { min: 1, max: 0 }, gap: { suspectSeconds: NaN } }, /range.*; gap/],
])('refuses %s', (_name, config, message) => {
  const make = () => new QualityCheck(config);
  expect(make).toThrow(AppError);
  expect(make).toThrow(message);
});

it('takes a flat line as long as the most', () => {
  const flatLine = { suspectThreshold: 60, failThreshold: 60 * FLAT_LINE_READINGS_MAX, tolerance: 1 };
  expect(() => new QualityCheck({ flatLine, intervalSeconds: 60 })).not.toThrow();
});
