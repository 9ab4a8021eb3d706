import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import { chance, gaussian } from '../testing/chance';
import { ADOPT_NIGHTS, nightFlowFeature, type NightFlowState } from './night-flow-feature';

/** Thursday 2026-01-01 00:00 in UTC+8. */
const OFFSET_MS = 8 * HOUR_MS;
const START_AT = Date.UTC(2026, 0, 1) - OFFSET_MS;

type Flow = (day: number, hour: number) => number | null;

/** Value and explanation at noon of each day. */
function mornings(flow: Flow, days: number, everyMs = 15 * MINUTE_MS, confirmNights?: number) {
  const feature = nightFlowFeature({ confirmNights }, { expectedEveryMs: everyMs, utcOffsetMs: OFFSET_MS });
  const values: (number | null)[] = [];
  let state: NightFlowState = feature.start;
  for (let day = 0; day < days; day++) {
    for (let inDayMs = 0; inDayMs < DAY_MS; inDayMs += everyMs) {
      const value = flow(day, inDayMs / HOUR_MS);
      if (value !== null) state = feature.step(state, START_AT + day * DAY_MS + inDayMs, value);
      if (inDayMs === 12 * HOUR_MS) values.push(feature.valueOf(state));
    }
  }
  return { values, state, explained: feature.explain(state) };
}

const quiet: Flow = (_day, hour) => (hour >= 2 && hour < 4 ? 10 : 40);
const isWeekend = (day: number): boolean => day % 7 === 2 || day % 7 === 3;

it.each<[string, Flow, number, number | null]>([
  ['learns for seven nights', quiet, 7, null],
  ['then tells no excess of a night like the others', quiet, 8, 0],
  ['tells a leak after its second night', (day, hour) => quiet(day, hour)! + (day >= 20 ? 3 : 0), 22, 3],
  ['keeps quiet about one odd night', (day, hour) => quiet(day, hour)! + (day === 20 ? 3 : 0), 24, 0],
  ['tells a leak for as long as it runs', (day, hour) => quiet(day, hour)! + (day >= 20 ? 3 : 0), 60, 3],
  [
    'a lost night leaves the value',
    (day, hour) => (day === 23 ? null : quiet(day, hour)! + (day >= 20 ? 3 : 0)),
    24,
    3,
  ],
  [
    'a leak by day is none by night',
    (day, hour) => quiet(day, hour)! + (day >= 20 && hour >= 5 ? 9 : 0),
    30,
    0,
  ],
  [
    'weekend nights are compared with weekends',
    (day, hour) => quiet(day, hour)! + (isWeekend(day) ? 2 : 0),
    39,
    0,
  ],
  [
    'one low reading is no minimum',
    (day, hour) => (day % 5 === 0 && hour === 3 ? 0 : quiet(day, hour)),
    40,
    0,
  ],
])('%s', (_name, flow, days, expected) => {
  const { values } = mornings(flow, days);
  expect(values.at(-1)).toBe(expected);
});

it('a leak never becomes the usual within a month, and is taken as such after sixty nights', () => {
  const leak: Flow = (day, hour) => quiet(day, hour)! + (day >= 20 ? 3 : 0);
  const { values, explained } = mornings(leak, 20 + 30);
  expect(values.slice(22).every(value => value === 3)).toBe(true);
  expect(explained).toMatchObject({
    lastNight: 13,
    usualNight: 10,
    excess: 3,
    excessPercent: 30,
    nightsAbove: 30,
  });
  expect(mornings(leak, 20 + ADOPT_NIGHTS + 1).values.at(-1)).toBeNull();
  expect(mornings(leak, 20 + ADOPT_NIGHTS + 12).values.at(-1)).toBe(0);
});

it('a repaired leak lowers the usual, so that a new one is found', () => {
  const { values } = mornings(
    (day, hour) => quiet(day, hour)! - (day >= 20 ? 4 : 0) + (day >= 45 ? 2 : 0),
    48,
  );
  expect(values.at(-1)).toBe(2);
});

it.each([MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS])(
  'finds a leak at an interval of %d ms',
  everyMs => {
    const leak: Flow = (day, hour) => quiet(day, hour)! + (day >= 20 ? 3 : 0);
    expect(mornings(leak, 22, everyMs).values.at(-1)).toBe(3);
  },
);

it('half of the readings of a night are enough, fewer are not', () => {
  const seen =
    (share: number): Flow =>
    (day, hour) =>
      day >= 6 && hour >= 2 + 2 * share && hour < 5 ? null : 10 + day;
  expect(mornings(seen(0.5), 30, 15 * MINUTE_MS, 1).values.at(-1)).toBeGreaterThan(0);
  expect(mornings(seen(0.2), 30, 15 * MINUTE_MS, 1).values.at(-1)).toBeNull();
});

it('changes nothing by day, holds few numbers, and goes on from its JSON', () => {
  const feature = nightFlowFeature({}, { expectedEveryMs: MINUTE_MS, utcOffsetMs: OFFSET_MS });
  const { state } = mornings((day, hour) => quiet(day, hour)! + (day % 3), 100, MINUTE_MS);
  expect(feature.step(state, START_AT + 100 * DAY_MS + 13 * HOUR_MS, 50)).toBe(state);
  const text = JSON.stringify(state);
  expect(text.length).toBeLessThan(1_000);
  expect(JSON.parse(text)).toEqual(state);
});

/**
 * A district of 40 m3/h: people's days, weekends that sleep longer and flush more at night, 5 % scatter from night to
 * night, bursts of use, 3 % of the nights missing.
 */
function district(seed: number, leakFrom: number, leakShare: number): Flow {
  const random = chance(seed);
  let nightly = 1;
  let lastDay = -1;
  let missing = false;
  return (day, hour) => {
    if (day !== lastDay) {
      lastDay = day;
      nightly = 1 + SCATTER * gaussian(random);
      missing = random() < 0.03;
    }
    if (missing) return null;
    const people =
      Math.max(0, Math.sin(((hour - 5) / 24) * Math.PI * 1.3)) * 50 + (isWeekend(day) && hour < 5 ? 1.5 : 0);
    const burst = random() < 0.05 ? 4 * random() : 0;
    return (
      10 * nightly + people + burst + gaussian(random) * 0.8 + (day >= leakFrom ? leakShare * MEAN_FLOW : 0)
    );
  };
}
const MEAN_FLOW = 40;
const SCATTER = 0.05;
const LIMIT = 0.04 * MEAN_FLOW;

it.each([
  [0.05, 0.8],
  [0.1, 1],
  [0.15, 1],
])('finds a hidden leak of %d of the mean flow within three nights', (share, foundMin) => {
  const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
  const found = seeds.filter(seed => {
    const { values } = mornings(district(seed, 40 + (seed % 7), share), 43 + (seed % 7));
    return (values.at(-1) ?? 0) >= LIMIT;
  });
  expect(found.length / seeds.length).toBeGreaterThanOrEqual(foundMin);
});

it('tells no false leak in ten years of districts', () => {
  const alarms = Array.from({ length: 10 }, (_, i) => {
    const { values } = mornings(district(i + 100, Infinity, 0), 365);
    return values.filter((value, day) => (value ?? 0) >= LIMIT && (values[day - 1] ?? 0) < LIMIT).length;
  });
  expect(alarms).toEqual(alarms.map(() => 0));
});
