import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import { flatWave, isKnown, lifted, waveAt, waved, type DailyWave } from './daily-wave';

const EVERY_MS = 10 * MINUTE_MS;
const PER_DAY = DAY_MS / EVERY_MS;
const sine = (at: number): number => Math.sin((2 * Math.PI * at) / DAY_MS);

/** The wave after `days` days of `value`; samples for which `value` is null are not there. */
function learnt(days: number, value: (at: number) => number | null): DailyWave {
  let wave = flatWave(EVERY_MS);
  for (let i = 0; i < days * PER_DAY; i++) {
    const each = value(i * EVERY_MS);
    if (each !== null) wave = waved(wave, i * EVERY_MS, each, 0.1);
  }
  return wave!;
}

/** Largest distance of the wave from `shape` over a day. */
const errorOf = (wave: DailyWave, shape: (at: number) => number): number =>
  Math.max(
    ...Array.from({ length: PER_DAY }, (_, i) =>
      Math.abs(waveAt(wave, i * EVERY_MS, EVERY_MS) - shape(i * EVERY_MS)),
    ),
  );

it.each<[string, (at: number) => number | null, (at: number) => number]>([
  ['a wave', sine, sine],
  ['a level alone is no wave', () => 40, () => 0],
  ['a drift alone is no wave', at => at / DAY_MS, () => 0],
  ['a wave on a drift', at => sine(at) - (3 * at) / DAY_MS, sine],
  [
    'a wave with an hour of silence each day',
    at => (Math.floor(at / HOUR_MS) % 24 === 5 ? null : sine(at)),
    sine,
  ],
])('%s, within a tenth', (_name, value, shape) => expect(errorOf(learnt(8, value), shape)).toBeLessThan(0.1));

it.each<[number, boolean]>([
  [3.9, false],
  [4.1, true],
])('is known after three days and the day that has to lie around each hour (%f: %s)', (days, expected) => {
  const wave = learnt(days, sine);
  expect([isKnown(wave), waveAt(wave, DAY_MS / 4, EVERY_MS) !== 0]).toEqual([expected, expected]);
});

it('starts the day around an hour anew after a silence of more than three hours', () => {
  const wave = learnt(1, at => (at > 6 * HOUR_MS && at < 11 * HOUR_MS ? null : sine(at)));
  expect([wave.means.length, wave.learned]).toEqual([12, 0]);
});

it('does not take a step for a wave', () => {
  let wave: DailyWave | null = learnt(6, sine);
  wave = lifted(wave, 100);
  for (let i = 6 * PER_DAY; i < 8 * PER_DAY; i++)
    wave = waved(wave, i * EVERY_MS, 100 + sine(i * EVERY_MS), 0.1);
  expect(errorOf(wave!, sine)).toBeLessThan(0.05);
});

it('has one only where a day has several samples', () => {
  expect([flatWave(3 * HOUR_MS) === null, flatWave(3 * HOUR_MS + 1)]).toEqual([false, null]);
});
