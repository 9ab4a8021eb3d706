import { DAY_MS, MINUTE_MS } from '@anmai/kernel';
import { CURRENT_SAMPLES, changepointFeature } from './changepoint-feature';
import { normalOf, randomOf } from './testing/made-series';
import type { Sample } from './local-line';
import { reportedSteps } from './testing/step-score';

const CONTEXT = { expectedEveryMs: DAY_MS, utcOffsetMs: 0 };
const DAYS = 240;
/** The day on which things happen. */
const DAY = 100;

/** Daily samples in mm, of white noise of 1 mm and what `shape` adds to it. */
function days(shape: (day: number) => number, sigma = 1): Sample[] {
  const normal = normalOf(randomOf(7));
  return Array.from({ length: DAYS }, (_, day) => ({
    at: day * DAY_MS,
    value: 50 + sigma * normal() + shape(day),
  }));
}

/** Every step told: `day it is dated on, rounded size, day it was told`. */
const told = (samples: readonly Sample[], everyMs = DAY_MS): string =>
  reportedSteps(samples, 0.001)
    .map(step => `${step.at / everyMs}: ${Math.round(step.mm)} (${step.confirmedAt / everyMs})`)
    .join(', ');

const from = (day: number, mm: number) => (now: number) => (now >= day ? mm : 0);
const only = (first: number, last: number, mm: number) => (now: number) =>
  now >= first && now <= last ? mm : 0;
const afterslip = (now: number): number => (now < DAY ? 0 : 100 * (1 + 0.08 * Math.log(1 + (now - DAY) / 5)));

it.each<[string, string, Sample[]]>([
  ['nothing happens', '', days(() => 0)],
  ['a step is dated on its first day and told on its third', '100: 20 (102)', days(from(DAY, 20))],
  ['a step down', '100: -20 (102)', days(from(DAY, -20))],
  [
    'a day on which it happened in the afternoon',
    '100: 20 (102)',
    days(now => (now === DAY ? 12 : from(DAY, 20)(now))),
  ],
  ['a spike is no step', '', days(only(DAY, DAY, 40))],
  ['two spikes in a row are no step', '', days(only(DAY, DAY + 1, 40))],
  [
    'spikes up and down are no step',
    '',
    days(now => only(DAY, DAY, 40)(now) + only(DAY + 1, DAY + 2, -40)(now)),
  ],
  [
    'a spike every second day is no step',
    '',
    days(now => (now > DAY && now < DAY + 9 && now % 2 === 0 ? 30 : 0)),
  ],
  [
    'a week on another level is a step and one back',
    '100: 20 (102), 107: -22 (109)',
    days(only(DAY, DAY + 6, 20)),
  ],
  [
    'one day that fell back makes it told a day later',
    '100: 20 (103)',
    days(now => (now === DAY + 1 ? 0 : from(DAY, 20)(now))),
  ],
  [
    'a spike on the day before does not date it',
    '100: 20 (102)',
    days(now => from(DAY, 20)(now) + only(DAY - 1, DAY - 1, -30)(now)),
  ],
  ['settlement of 5 mm a month', '', days(now => (now * 5) / 30)],
  ['settlement that begins', '', days(now => Math.max(0, ((now - DAY) * 5) / 30))],
  ['settlement of 30 mm a month, and a step in it', '100: 20 (102)', days(now => now + from(DAY, 20)(now))],
  ['a seasonal wave of 8 mm', '', days(now => 8 * Math.sin((now * 2 * Math.PI) / 365))],
  ['a step with the decay that follows an earthquake is one step', '100: 102 (102)', days(afterslip)],
  [
    'twice the noise is no step',
    '',
    days(() => 0).map((s, i) => ({ ...s, value: i < DAY ? s.value : 50 + 2 * (s.value - 50) })),
  ],
  ['a second step', '100: 20 (102), 140: 14 (142)', days(now => from(DAY, 20)(now) + from(140, 15)(now))],
  [
    'a greater one two days after the first is part of it',
    '100: 20 (102)',
    days(now => from(DAY, 20)(now) + from(DAY + 2, 200)(now)),
  ],
  ['a step undone after a month', '100: 20 (102), 130: -20 (132)', days(only(DAY, 129, 20))],
  ['a gap is no step', '', days(now => now / 10).filter(s => s.at < 90 * DAY_MS || s.at >= 120 * DAY_MS)],
  [
    'a step within a gap is dated on the first day after it',
    '110: 19 (112)',
    days(from(DAY, 20)).filter(s => s.at < 90 * DAY_MS || s.at >= 110 * DAY_MS),
  ],
  ['a step of two sigma is not told from noise', '', days(from(DAY, 2))],
  ['a step within the first 20 samples is part of what is learned', '', days(from(10, 20))],
])('%s', (_name, expected, samples) => expect(told(samples)).toBe(expected));

describe('a coarse sensor', () => {
  const counts = (shape: (day: number) => number): Sample[] =>
    days(shape, 0.2).map(({ at, value }) => ({ at, value: Math.round(value + 0.45) }));
  it('flips between two counts without a step', () => expect(told(counts(() => 0))).toBe(''));
  it('steps by several', () => expect(told(counts(from(DAY, 5)))).toBe('100: 5 (102)'));
  it('that never moves, moves', () => expect(told(days(from(DAY, 10), 0))).toBe('100: 10 (102)'));
  it('moves again by as much', () =>
    expect(told(days(now => from(DAY, 10)(now) + from(DAY + 30, 10)(now), 0))).toBe(
      '100: 10 (102), 130: 10 (132)',
    ));
});

/** The value after each of the samples. */
function valuesOf(samples: readonly Sample[], direction: 'up' | 'down' | 'both' = 'both'): (number | null)[] {
  const feature = changepointFeature({ direction }, CONTEXT);
  let state = feature.start;
  return samples.map(({ at, value }) => feature.valueOf((state = feature.step(state, at, value))));
}

describe('the value', () => {
  it('is null for the first 19 samples and 0 from then on', () => {
    const values = valuesOf(days(() => 0));
    expect(values.slice(0, 19)).toEqual(new Array(19).fill(null));
    expect(new Set(values.slice(19))).toEqual(new Set([0]));
  });

  it('is the size for fourteen days, then 0 again', () => {
    const values = valuesOf(days(from(DAY, -20)));
    const current = values.flatMap((value, day) => (value !== null && value > 0 ? [day] : []));
    expect(current).toEqual(Array.from({ length: CURRENT_SAMPLES }, (_, i) => DAY + 2 + i));
    expect(values[DAY + 2]).toBeCloseTo(20, -1);
  });

  it('stays for a day where samples are a minute apart', () => {
    const samples = Array.from({ length: 3_000 }, (_, i) => ({
      at: i * MINUTE_MS,
      value: i < 1_000 ? 1 : 9,
    }));
    const current = valuesOf(samples).flatMap((value, i) => (value === 8 ? [i] : []));
    expect([current[0], current.at(-1), current.length]).toEqual([1_002, 1_002 + 1_439, 1_440]);
  });

  it('is the newest of two that are current', () => {
    const values = valuesOf(days(now => from(DAY, 20)(now) + from(DAY + 6, 40)(now), 0));
    expect([values[DAY + 7], values[DAY + 8]]).toEqual([20, 40]);
  });

  it('grows by what follows within days: a shock, a greater one the next day, and the days are means', () => {
    const shocks = [10, 83, 220];
    const values = valuesOf(days(now => (now < DAY ? 0 : (shocks[now - DAY] ?? 220)), 0));
    expect(values.slice(DAY + 1, DAY + 6)).toEqual([0, 83, 83, 220, 220]);
  });

  it.each([
    ['up', [20, 0]],
    ['down', [0, 20]],
    ['both', [20, 20]],
  ] as const)('in the direction %s', (direction, expected) => {
    const values = valuesOf(days(only(DAY, DAY + 39, 20), 0), direction);
    expect([values[DAY + 2], values[DAY + 42]]).toEqual(expected);
  });

  it('of one direction stays while a step of the other follows', () => {
    expect(valuesOf(days(only(DAY, DAY + 5, 20), 0), 'up')[DAY + 9]).toBe(20);
  });
});

describe('what explains it', () => {
  const explained = (samples: readonly Sample[]): Record<string, string | number> => {
    const feature = changepointFeature({}, CONTEXT);
    return feature.explain(
      samples.reduce((state, { at, value }) => feature.step(state, at, value), feature.start),
    );
  };

  it('names the day, the two levels and what proved it', () => {
    expect(explained(days(from(DAY, -20), 0).slice(0, DAY + 5))).toEqual({
      stepAt: DAY * DAY_MS,
      stepSize: -20,
      levelBefore: 50,
      levelAfter: 30,
      noiseSigma: 0,
      samples: 3,
    });
  });

  it('says while learning how far it is', () => {
    expect(explained(days(() => 0).slice(0, 7))).toEqual({ samples: 7, samplesNeeded: 20 });
  });

  it('says how small a step it could tell: a limit below that waits for the noise, not for itself', () => {
    const { noiseSigma, smallestStep } = explained(days(() => 0));
    expect(noiseSigma).toBeGreaterThan(0.7);
    expect(noiseSigma).toBeLessThan(1.4);
    expect(Number(smallestStep)).toBeGreaterThanOrEqual(3 * Number(noiseSigma));
    expect(Number(smallestStep)).toBeLessThan(5);
  });
});
