import type { Quality } from '@anmai/readings';

/**
 * QARTOD's order, weakest first: a later one wins. Not evaluated says less than good, missing says nothing.
 */
const PRECEDENCE: readonly Quality[] = [9, 2, 1, 3, 4];
const RANK = new Map(PRECEDENCE.map((flag, rank) => [flag, rank]));
const rankOf = (flag: Quality): number => RANK.get(flag) ?? 0;

/** One flag for many. None given: not evaluated. */
export function rollUp(flags: Iterable<Quality>): Quality {
  let worst: Quality | null = null;
  for (const flag of flags) if (worst === null || rankOf(flag) > rankOf(worst)) worst = flag;
  return worst ?? 2;
}
