import fc from 'fast-check';
import { erfc, normalCdf, normalQuantile, twoSidedP } from './normal';

/** Published tables (DLMF 7, Abramowitz and Stegun 7.1 and 26.2). */
it.each([
  [0, 1],
  [0.5, 0.479500122186953462],
  [1, 0.157299207050285131],
  [2, 0.00467773498104726584],
  [3, 0.0000220904969985854414],
  [5, 1.53745979442803485e-12],
  [-1, 1.84270079294971487],
])('erfc(%d)', (x, expected) => {
  expect(erfc(x) / expected).toBeCloseTo(1, 12);
});

it.each([
  [0, 0.5],
  [1, 0.841344746068542949],
  [1.6448536269514722, 0.95],
  [1.959963984540054, 0.975],
  [2.5758293035489004, 0.995],
  [-3.090232306167813, 0.001],
  [-6, 9.8658764503769814e-10],
])('normal: z %d, share %d, both ways', (z, share) => {
  expect(normalCdf(z) / share).toBeCloseTo(1, 12);
  expect(normalQuantile(share)).toBeCloseTo(z, 12);
  expect(twoSidedP(z)).toBeCloseTo(2 * Math.min(share, 1 - share), 12);
});

it.each([
  [0, -Infinity],
  [1, Infinity],
  [-0.1, NaN],
  [1.1, NaN],
  [NaN, NaN],
])('the quantile of %d is %d', (p, z) => {
  expect(normalQuantile(p)).toBe(z);
});

it('series and fraction meet without a jump', () => {
  const slope = (-2 / Math.sqrt(Math.PI)) * Math.exp(-4);
  expect((erfc(2) - erfc(2 - 1e-9)) / (1e-9 * slope)).toBeCloseTo(1, 4);
});

it('the quantile turns the distribution round', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), p => {
      expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(1e-13);
    }),
  );
});

it('the distribution never falls', () => {
  const z = fc.double({ min: -8, max: 8, noNaN: true });
  fc.assert(
    fc.property(z, z, (a, b) => {
      expect(normalCdf(Math.max(a, b))).toBeGreaterThanOrEqual(normalCdf(Math.min(a, b)) - 1e-15);
    }),
  );
});
