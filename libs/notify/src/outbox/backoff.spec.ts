import fc from 'fast-check';
import { BACKOFF, retryAt } from './backoff';

it.each([
  ['first try, no luck', 1, 0, null, 2_500],
  ['first try, all luck', 1, 1, null, 5_000],
  ['second try', 2, 1, null, 10_000],
  ['at the most', 9, 1, null, 900_000],
  ['far beyond it', 10_000, 1, null, 900_000],
  ['what the other side asked for', 1, 0, 60_000, 60_000],
  ['not sooner than ours', 5, 0, 1, 40_000],
])('%s', (_name, attempts, random, askedMs, expected) =>
  expect(retryAt(attempts, 0, random, askedMs)).toBe(expected),
);

it('waits between half and all of the step, never longer than the most', () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), chance, (attempts, random) => {
      const fullMs = Math.min(BACKOFF.mostMs, BACKOFF.firstMs * 2 ** (attempts - 1));
      const waitMs = retryAt(attempts, 1_000, random, null) - 1_000;
      expect(waitMs).toBeGreaterThanOrEqual(fullMs / 2);
      expect(waitMs).toBeLessThanOrEqual(fullMs);
    }),
  );
});

it('tries for about two hours in all', () => {
  const waits = Array.from({ length: BACKOFF.attemptsMax - 1 }, (_, i) => retryAt(i + 1, 0, 0.5, null));
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(1.5);
  expect(hours).toBeLessThan(2.5);
});
