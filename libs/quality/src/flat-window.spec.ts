import fc from 'fast-check';
import { FlatWindow } from './flat-window';

/** The same by looking at every value of the window. */
function naive(values: readonly number[], i: number, count: number, tolerance: number): boolean {
  const window = values.slice(Math.max(0, i - count), i + 1).filter(Number.isFinite);
  return i >= count && window.length > 0 && Math.max(...window) - Math.min(...window) < tolerance;
}

it('agrees with looking at the whole window, whatever the values', () => {
  // Few distinct values and tolerances between them, so that both extremes decide again and again.
  const value = fc.constantFrom(NaN, 0, 1, 2, 3, 4);
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom(0.5, 1.5, 2.5, 3.5),
      (values, count, tolerance) => {
        const window = new FlatWindow(count, tolerance);
        values.forEach((each, i) => expect(window.push(each)).toBe(naive(values, i, count, tolerance)));
      },
    ),
    { numRuns: 1_000 },
  );
});

it.each([
  ['rising', (i: number) => i],
  ['falling', (i: number) => -i],
  ['the same', () => 1],
])('keeps no more than the window: %s', (_name, at) => {
  const window = new FlatWindow(10, 1);
  for (let i = 0; i < 1_000; i++) window.push(at(i));
  const { lows, highs } = window.state();
  expect(lows.length).toBeLessThanOrEqual(11);
  expect(highs.length).toBeLessThanOrEqual(11);
});
