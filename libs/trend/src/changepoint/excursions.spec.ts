import fc from 'fast-check';
import { DAY_MS, MINUTE_MS } from '@anmai/kernel';
import { BLOCKS_MAX, noExcursions, noted, usualExcursion, type Excursions } from './excursions';

/** The third largest block of thirty, of the newest 24 closed ones and the open one. */
function byHand(sizes: readonly number[]): number {
  const closed = Math.floor(sizes.length / 30);
  const peaks = Array.from({ length: closed + 1 }, (_, i) =>
    Math.max(0, ...sizes.slice(30 * i, 30 * i + 30)),
  );
  const kept = [...peaks.slice(Math.max(0, closed - BLOCKS_MAX), closed), peaks[closed]!];
  return kept.sort((a, b) => b - a)[2] ?? 0;
}

it('is the third largest of the newest blocks', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 1_200 }), sizes => {
      const after = sizes.reduce<Excursions>(
        (each, size, i) => noted(each, i * DAY_MS, size),
        noExcursions(0),
      );
      expect(usualExcursion(after)).toBe(byHand(sizes));
      expect(after.blocks.length).toBeLessThanOrEqual(BLOCKS_MAX);
    }),
    { numRuns: 60 },
  );
});

it('closes a block of minutes after eight hours only', () => {
  let excursions = noExcursions(0);
  const closedAt: number[] = [];
  for (let minute = 1; minute <= 1_000; minute++) {
    const next = noted(excursions, minute * MINUTE_MS, 1);
    if (next.blocks !== excursions.blocks) closedAt.push(minute);
    excursions = next;
  }
  expect(closedAt).toEqual([480, 960]);
});
