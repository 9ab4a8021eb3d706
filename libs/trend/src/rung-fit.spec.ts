import { fitRung, type FitPlan } from './rung-fit';

const PLAN: FitPlan = { pointsMin: 16, z: 3, lagsMax: 8 };
const ats = (count: number): number[] => Array.from({ length: count }, (_, i) => 100 * i);
/** Noise between -1 and 1 without a memory, the same each time: multiples of the golden ratio, their order turned round. */
const noise = (i: number): number =>
  2 * (((i * 23) % 32) * 0.6180339887 - Math.floor(((i * 23) % 32) * 0.6180339887)) - 1;

it.each([
  ['too few points', 15, null],
  ['just enough', 16, 0.01],
])('%s', (_name, count, slope) => {
  const values = ats(count).map(at => at / 100);
  expect(fitRung(PLAN, ats(count), values)?.slope ?? null).toBe(slope);
});

it('has no line while nothing bounds its slope', () => {
  expect(fitRung({ pointsMin: 3, z: 3, lagsMax: 0 }, ats(4), [1, 2, 3, 4])).toBeNull();
});

it('a still series has no slope and no doubt', () => {
  expect(fitRung(PLAN, ats(16), new Array<number>(16).fill(5))).toEqual({ slope: 0, low: 0, high: 0, z: 0 });
});

it('noise with a memory leaves more doubt than the same noise without', () => {
  const times = ats(32);
  const width = (values: readonly number[], lagsMax: number): number => {
    const found = fitRung({ ...PLAN, lagsMax }, times, values)!;
    return found.high - found.low;
  };
  const slow = times.map((_, i) => Math.sin(i) + 0.3 * noise(i));
  expect(width(slow, 8)).toBeGreaterThan(1.4 * width(slow, 0));
});

it('z tells the direction and how far from chance it is', () => {
  const up = fitRung(
    PLAN,
    ats(32),
    ats(32).map((at, i) => at / 500 + noise(i)),
  )!;
  const down = fitRung(
    PLAN,
    ats(32),
    ats(32).map((at, i) => -at / 500 - noise(i)),
  )!;
  expect(up.z).toBeGreaterThan(4);
  expect(up.low).toBeGreaterThan(0);
  expect(down.z).toBeCloseTo(-up.z, 9);
  expect(down.high).toBeCloseTo(-up.low, 9);
});
