import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import fc from 'fast-check';
import { chance, gaussian } from '../testing/chance';
import { baselineFeature, type BaselineState } from './baseline-feature';
import type { BaselineConfig } from './config';

/** Monday 2026-01-05 00:00 UTC. */
const START_AT = Date.UTC(2026, 0, 5);
const LIMIT = 7;

type Signal = (hours: number, random: () => number) => number | null;

interface Run {
  readonly everyMs?: number;
  readonly days: number;
  readonly config?: BaselineConfig;
  readonly utcOffsetMs?: number;
  readonly seed?: number;
}

function run(
  signal: Signal,
  { everyMs = 15 * MINUTE_MS, days, config = {}, utcOffsetMs = 0, seed = 1 }: Run,
) {
  const feature = baselineFeature(config, { expectedEveryMs: everyMs, utcOffsetMs });
  const random = chance(seed);
  const values: { readonly day: number; readonly value: number | null }[] = [];
  let state: BaselineState = feature.start;
  for (let ms = 0; ms < days * DAY_MS; ms += everyMs) {
    const x = signal(ms / HOUR_MS, random);
    if (x === null) continue;
    state = feature.step(state, START_AT + ms, x);
    values.push({ day: ms / DAY_MS, value: feature.valueOf(state) });
  }
  const worst = (from: number, to = Infinity): number =>
    Math.max(
      0,
      ...values.filter(({ day }) => day >= from && day < to).map(({ value }) => Math.abs(value ?? 0)),
    );
  return { feature, values, state, worst, explained: feature.explain(state) };
}

const noisy: Signal = (_h, random) => 10 + gaussian(random);
const daily: Signal = (h, random) => 20 + 8 * Math.sin(((h - 6) / 12) * Math.PI) + 0.5 * gaussian(random);
const weekly: Signal = (h, random) => daily(h, random)! + (Math.floor(h / 24) % 7 >= 5 ? 15 : 0);
const pump: Signal = h => (h % 10 < 4 ? 30 : 0);
const showers: Signal = (_h, random) => (random() < 0.15 ? 5 * random() : 0);
const plus =
  (signal: Signal, extra: number, fromDay: number, toDay: number): Signal =>
  (h, random) => {
    const x = signal(h, random);
    return x === null ? null : x + (h >= fromDay * 24 && h < toDay * 24 ? extra : 0);
  };

describe('learning', () => {
  it.each([
    [MINUTE_MS, 60],
    [5 * MINUTE_MS, 48],
    [15 * MINUTE_MS, 48],
    [HOUR_MS, 48],
  ])('at %d ms says nothing for %d readings, and something from then on', (everyMs, readings) => {
    const { values } = run(noisy, { everyMs, days: 3 });
    expect(values.findIndex(({ value }) => value !== null)).toBe(readings);
    expect(values.slice(readings).every(({ value }) => value !== null)).toBe(true);
  });

  it('learns as long as it is told to', () => {
    const { values } = run(noisy, { days: 3, config: { learnMs: 2 * DAY_MS } });
    expect(values.find(({ value }) => value !== null)?.day).toBe(2);
  });

  it.each<[string, Signal, string]>([
    ['no pattern', noisy, 'level'],
    ['a day', daily, 'daily'],
    ['a week', weekly, 'weekly'],
    ['a pump of its own time', pump, 'level'],
  ])('knows %s when it sees it', (_name, signal, pattern) => {
    const { explained } = run(signal, { days: 42 });
    expect(explained['pattern']).toBe(pattern);
    expect(explained['learnedDays']).toBe(42);
  });

  it('expects what is usual at this hour, in local time', () => {
    const bright: Signal = h => (h % 24 >= 8 && h % 24 < 18 ? 100 : 0);
    const at = (utcOffsetMs: number) =>
      run(bright, { days: 10 + 13 / 24, utcOffsetMs }).explained['expected'];
    expect(at(0)).toBeCloseTo(100, 0);
    expect(at(8 * HOUR_MS)).toBeCloseTo(100, 0);
  });

  it('explains expected, scale and departure consistently', () => {
    const { explained } = run(plus(daily, 20, 20, 21), { days: 20 + 0.5 / 24 });
    const { expected, scale, departure } = explained as Record<string, number>;
    expect(expected).toBeCloseTo(20 + 8 * Math.sin((-6 / 12) * Math.PI), 0);
    expect(departure).toBeGreaterThan(LIMIT);
    expect(Math.abs(departure! * scale! - 20)).toBeLessThan(3);
  });
});

describe('quiet on what is ordinary', () => {
  const signals: [string, Signal][] = [
    ['noise', noisy],
    ['a day', daily],
    ['a constant', () => 5],
    ['zero', () => 0],
    ['a switch', h => Math.floor(h / 7) % 2],
    ['a pump', pump],
    [
      'a day with a morning that shifts by an hour',
      h => ((h + (Math.floor(h / 24) % 2)) % 24 >= 8 ? 50 : 10),
    ],
  ];
  const intervals = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS];
  it.each(signals.flatMap(([name, signal]) => intervals.map(everyMs => [name, everyMs, signal] as const)))(
    '%s at %d ms stays below the limit after a week',
    (_name, everyMs, signal) => {
      const { worst } = run(signal, { everyMs, days: everyMs < 10 * MINUTE_MS ? 12 : 40 });
      expect(worst(7)).toBeLessThan(LIMIT);
    },
  );
});

it('showers among zeros are ordinary once a few days of them were seen', () => {
  for (const everyMs of [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS])
    expect(run(showers, { everyMs, days: 14 }).worst(7)).toBeLessThan(LIMIT);
  expect(run(showers, { everyMs: HOUR_MS, days: 90 }).worst(30)).toBeLessThan(LIMIT);
});

describe('tells what is not', () => {
  it.each<[string, Signal, number]>([
    ['a day twice as high', plus(daily, 20, 14, 15), 1],
    ['a day too low', plus(daily, -20, 14, 15), -1],
    ['a spike of one reading', plus(noisy, 15, 14, 14 + 1 / 96), 1],
    ['a small rise that lasts a day', plus(noisy, 1.5, 14, 15), 1],
    ['a switch that never moved before', plus(() => 0, 1, 14, 15), 1],
    [
      'a morning that does not come',
      (h, random) => (h >= 14 * 24 && h < 15 * 24 ? 12 : daily(h, random)),
      -1,
    ],
    ['showers without an end', (h, random) => (h < 14 * 24 ? showers(h, random) : random() < 0.7 ? 4 : 0), 1],
  ])('%s', (_name, signal, sign) => {
    const { values, worst } = run(signal, { days: 15 });
    expect(worst(7, 14)).toBeLessThan(LIMIT);
    const signed = values.filter(({ day }) => day >= 14).map(({ value }) => sign * (value ?? 0));
    expect(Math.max(...signed)).toBeGreaterThanOrEqual(LIMIT);
  });
});

describe('an anomaly is not absorbed', () => {
  it.each([
    ['at 1 min', MINUTE_MS],
    ['at 15 min', 15 * MINUTE_MS],
    ['at 1 h', HOUR_MS],
  ])('%s a departure is told on each of six days', (_name, everyMs) => {
    const { worst, values } = run(plus(daily, 25, 10, 20), { everyMs, days: 16 });
    for (let day = 10; day < 16; day++) expect(worst(day, day + 1)).toBeGreaterThanOrEqual(LIMIT);
    expect(values.filter(({ day, value }) => day >= 11 && (value ?? 0) < LIMIT)).toEqual([]);
  });

  it('what is over is not told for as long as a span looks back', () => {
    const { worst } = run(plus(noisy, 10, 10, 10.25), { days: 12 });
    expect(worst(10, 10.25)).toBeGreaterThanOrEqual(LIMIT);
    expect(worst(10.25 + 1 / 24)).toBeLessThan(LIMIT);
  });

  it('what was usual before is usual after it', () => {
    const { worst } = run(plus(daily, 25, 10, 15), { days: 20 });
    expect(worst(16)).toBeLessThan(LIMIT);
  });

  it('the same short departure every two days is told at first, and ordinary after two months', () => {
    const pulses: Signal = (h, random) => noisy(h, random)! + (h > 240 && h % 50 < 0.5 ? 25 : 0);
    const { worst } = run(pulses, { days: 80 });
    for (let day = 10; day < 16; day += 2) expect(worst(day, day + 3)).toBeGreaterThanOrEqual(LIMIT);
    expect(worst(70)).toBeLessThan(LIMIT);
  });

  it('a new level that stays is taken after seven days, with nothing told while it is learned', () => {
    const { values, worst, explained } = run(plus(daily, 25, 10, 99), { days: 21 });
    expect(worst(16.5, 17)).toBeGreaterThanOrEqual(LIMIT);
    expect(values.some(({ day, value }) => day > 17 && value === null)).toBe(true);
    expect(worst(19)).toBeLessThan(LIMIT);
    expect(explained['newNormals']).toBe(1);
  });
});

it('missing hours and days raise nothing and stop nothing', () => {
  const gaps: Signal = (h, random) => (h % 24 < 5 || (h > 15 * 24 && h < 19 * 24) ? null : daily(h, random));
  const { worst } = run(plus(gaps, 25, 21, 22), { days: 22 });
  expect(worst(7, 21)).toBeLessThan(LIMIT);
  expect(worst(21, 22)).toBeGreaterThanOrEqual(LIMIT);
});

const numbers = fc.array(
  fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom(0, 1, 5)),
  { minLength: 1, maxLength: 150 },
);
const steps = fc.constantFrom(MINUTE_MS, 10 * MINUTE_MS, HOUR_MS, 7 * HOUR_MS, DAY_MS);

it('whatever comes: numbers are finite, states are never changed, and a state read back from JSON goes on alike', () => {
  fc.assert(
    fc.property(numbers, steps, fc.nat(149), (list, everyMs, cut) => {
      const feature = baselineFeature({}, { expectedEveryMs: everyMs, utcOffsetMs: 8 * HOUR_MS });
      let state: BaselineState = feature.start;
      let readBack: BaselineState | null = null;
      list.forEach((x, i) => {
        deepFreeze(state);
        if (i === cut) readBack = JSON.parse(JSON.stringify(state)) as BaselineState;
        state = feature.step(state, START_AT + i * everyMs, x);
        if (readBack !== null) readBack = feature.step(readBack, START_AT + i * everyMs, x);
        const value = feature.valueOf(state);
        expect(value === null || (Number.isFinite(value) && Math.abs(value) <= 99)).toBe(true);
      });
      expect(JSON.stringify(readBack ?? state)).toBe(JSON.stringify(state));
      expect(numbersIn(state).every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
}

it('shares what was learned between the states of a block, and is bounded', () => {
  const { feature, state } = run(weekly, { days: 60, everyMs: 15 * MINUTE_MS });
  const next = feature.step(state, START_AT + 60 * DAY_MS - 15 * MINUTE_MS + 1_000, 20);
  expect(next.model).toBe(state.model);
  expect(next).not.toBe(state);
  expect(JSON.stringify(state).length).toBeLessThan(8_000);
});
