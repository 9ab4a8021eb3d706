import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import { madeSeries, type Recipe } from './testing/made-series';
import { reportedSteps, stepScore, type StepScore } from './testing/step-score';

/** Daily displacement as stations show it, and worse. */
const NOISES = {
  'white 1.5 mm': { whiteMm: 1.5 },
  'white 3 mm': { whiteMm: 3 },
  'flicker, light': { whiteMm: 1.2, flickerMm: 1 },
  'flicker, middling': { whiteMm: 1.5, flickerMm: 1.6 },
  'flicker, stormy season': { whiteMm: 1.5, flickerMm: 1, hasStormySeason: true },
  'flicker, heavy': { whiteMm: 2, flickerMm: 2.2 },
} satisfies Record<string, Partial<Recipe>>;
type Noise = keyof typeof NOISES;

/** Made noise takes its time on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const ABOVE_MM = 6;
const LONG_DAYS = 3_300;
const LONG_SERIES = 12;
const STEP_SERIES = 25;
const SIZES_MM = [6, 8, 11, 16, 25, 100];

/** Seasonal waves of 3 to 8 mm, drifts of -5 to 5 mm a month, spikes of 8 to 30 mm, gaps of up to a month. */
const around = (i: number): Omit<Recipe, 'seed' | 'samples' | 'whiteMm'> => ({
  waveMm: 3 + (i % 6),
  driftMmPerMonth: (i % 11) - 5,
  spikes: i % 3 === 0 ? 0.01 : 0.003,
  gaps: i % 4,
});

function falseAlarms(noise: Noise): number {
  const counts = Array.from({ length: LONG_SERIES }, (_, i) => {
    const series = madeSeries({ ...NOISES[noise], ...around(i), seed: 9_000 + i, samples: LONG_DAYS });
    return reportedSteps(series, ABOVE_MM).length;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Of `STEP_SERIES` steps of each size: those dated and told within three days; and reports that were of no step. */
function foundOf(noise: Noise): [found: number[], unfounded: number] {
  const scores: StepScore[][] = SIZES_MM.map(mm =>
    Array.from({ length: STEP_SERIES }, (_, i) => {
      const at = 150 + ((i * 37) % 700);
      const step = { at, mm: i % 2 === 0 ? -mm : mm, decay: mm >= 25 && i % 3 === 0 ? 0.08 : 0 };
      const seed = 100 + i + mm * 100;
      const series = madeSeries({ ...NOISES[noise], ...around(i), seed, samples: at + 120, step });
      return stepScore(reportedSteps(series, ABOVE_MM), [{ at: at * DAY_MS, mm: step.mm }], 0, 3 * DAY_MS);
    }),
  );
  const unfounded = scores.flat().reduce((sum, score) => sum + score.unfounded.length, 0);
  return [scores.map(each => each.filter(score => score.found === 1).length), unfounded];
}

/** False alarms in 108 station-years. Ten station-years have a tenth of that, and a little less. */
it.each<[Noise, number]>([
  ['white 1.5 mm', 0],
  ['white 3 mm', 0],
  ['flicker, light', 0],
  ['flicker, middling', 0],
  ['flicker, stormy season', 1],
  ['flicker, heavy', 0],
])('%s: %d false alarms in 108 years', (noise, expected) => expect(falseAlarms(noise)).toBe(expected));

it.each<[Noise, number[], number]>([
  ['white 1.5 mm', [14, 20, 25, 25, 25, 25], 0],
  ['white 3 mm', [1, 2, 14, 24, 25, 25], 0],
  ['flicker, light', [9, 23, 25, 25, 25, 25], 1],
  ['flicker, middling', [4, 10, 19, 25, 25, 25], 4],
  ['flicker, stormy season', [6, 15, 22, 25, 25, 25], 0],
  ['flicker, heavy', [1, 2, 9, 22, 25, 25], 4],
])('%s: of 25 steps of 6, 8, 11, 16, 25 and 100 mm it finds %j', (noise, found, unfounded) => {
  expect(foundOf(noise)).toEqual([found, unfounded]);
});

/** Archives fill gaps by a straight line: the step is then a ramp across the days of the gap. */
function foundAcross(filledDays: number, mm: number): [found: number, reports: number] {
  const scores = Array.from({ length: STEP_SERIES }, (_, i) => {
    const at = 200 + i * 7;
    const step = { at, mm, decay: 0.03 };
    const recipe = { ...NOISES['flicker, light'], waveMm: 4, driftMmPerMonth: 2, seed: 500 + i };
    const series = madeSeries({ ...recipe, samples: at + 60, step });
    const before = series[at - 1]!.value;
    const slope = (series[at + filledDays]!.value - before) / (filledDays + 1);
    const filled = series.map((each, day) =>
      day >= at && day < at + filledDays ? { ...each, value: before + slope * (day - at + 1) } : each,
    );
    const reports = reportedSteps(filled, ABOVE_MM);
    const score = stepScore(reports, [{ at: at * DAY_MS, mm }], 0, 3 * DAY_MS);
    return { found: score.found, reports: reports.length };
  });
  return [
    scores.reduce((sum, score) => sum + score.found, 0),
    scores.reduce((sum, score) => sum + score.reports, 0),
  ];
}

it.each<[number, number, number, number]>([
  [0, 11, 25, 25],
  [1, 11, 25, 25],
  [2, 11, 21, 24],
  [3, 11, 14, 24],
  [3, 20, 25, 25],
  [5, 20, 22, 25],
  [5, 70, 25, 25],
  [8, 70, 25, 25],
])('%d days of a step of %d mm filled in: of 25 found in time, and reports', (days, mm, found, reports) => {
  expect(foundAcross(days, mm)).toEqual([found, reports]);
});

/** A crack gauge: waves of the day of 0.5 mm either way, noise of 0.02 mm; steps on the tenth day. */
const SMALL_STEPS_MM = [0.06, 0.1, 0.2, 0.5];
const gauge = (everyMs: number, seed: number): Omit<Recipe, 'samples'> => ({
  seed,
  everyMs,
  whiteMm: 0.02,
  waveMm: 0.5,
  waveSamples: DAY_MS / everyMs,
});

function foundByGauge(everyMs: number): [found: number[], falseAlarms: number] {
  const perDay = DAY_MS / everyMs;
  let falseAlarmCount = 0;
  const found = SMALL_STEPS_MM.map(mm => {
    const scores = Array.from({ length: 6 }, (_, i) => {
      const at = Math.round(perDay * (10 + i / 6));
      const series = madeSeries({ ...gauge(everyMs, 90 + i), samples: at + 30, step: { at, mm } });
      return stepScore(reportedSteps(series, 0.001), [{ at: at * everyMs, mm }], 0, 3 * everyMs);
    });
    falseAlarmCount += scores.reduce((sum, score) => sum + score.unfounded.length, 0);
    return scores.filter(score => score.found === 1).length;
  });
  return [found, falseAlarmCount];
}

it.each<[string, number, number[], number]>([
  ['every minute', MINUTE_MS, [1, 4, 6, 6], 0],
  ['every ten minutes', 10 * MINUTE_MS, [2, 6, 6, 6], 0],
  ['every half hour', 30 * MINUTE_MS, [1, 4, 6, 6], 0],
  ['every hour', HOUR_MS, [0, 3, 6, 6], 0],
])('a crack gauge %s: of 6 steps of 0.06, 0.1, 0.2 and 0.5 mm', (_name, everyMs, found, falseCount) => {
  expect(foundByGauge(everyMs)).toEqual([found, falseCount]);
});

it.each<[string, number, number, number]>([
  ['every ten minutes for 60 days', 10 * MINUTE_MS, 60, 0],
  ['every minute for 20 days', MINUTE_MS, 20, 0],
])('a crack gauge %s at rest: false alarms in three', (_name, everyMs, days, expected) => {
  const counts = [40, 41, 42].map(seed => {
    const samples = (days * DAY_MS) / everyMs;
    return reportedSteps(madeSeries({ ...gauge(everyMs, seed), flickerMm: 0.01, samples }), 0.001).length;
  });
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(expected);
});
