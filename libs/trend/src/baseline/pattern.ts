import { clip, CLIP_SIGMAS, replaced, shareOf } from './robust';

/** What is usual in each block of one day. Equal places belong together; `visits` 0: not learned yet. */
export interface Page {
  readonly level: readonly number[];
  readonly visits: readonly number[];
}

export function emptyPage(blocks: number): Page {
  const zeros = Array.from({ length: blocks }, () => 0);
  return { level: zeros, visits: zeros };
}

/** What a pattern, or the level, expects of one block. `low` to `high` counts as expected. */
export interface Guess {
  readonly low: number;
  readonly high: number;
  readonly centre: number;
  readonly sigma: number;
}

const VISITS_MIN = 2;
const VISITS_COUNT_MAX = 999;

/**
 * The levels of the block and of its neighbours on both sides bound what is expected: a morning that begins an hour
 * early is no anomaly. Null before the second visit.
 */
export function rangeOf(
  page: Page,
  before: Page,
  after: Page,
  index: number,
): { readonly low: number; readonly high: number; readonly centre: number } | null {
  if (page.visits[index]! < VISITS_MIN) return null;
  const centre = page.level[index]!;
  const last = page.level.length - 1;
  const ahead = index === 0 ? levelAt(before, last, centre) : levelAt(page, index - 1, centre);
  const behind = index === last ? levelAt(after, 0, centre) : levelAt(page, index + 1, centre);
  return { low: Math.min(ahead, centre, behind), high: Math.max(ahead, centre, behind), centre };
}

const levelAt = (page: Page, index: number, otherwise: number): number =>
  page.visits[index]! > 0 ? page.level[index]! : otherwise;

/** Moves one block towards the median that was seen. `weight` below 1: beyond the gate, no visit is counted. */
export function learnPage(
  page: Page,
  index: number,
  seen: { readonly median: number; readonly sigma: number },
  memory: number,
  weight: number,
): Page {
  const visits = page.visits[index]!;
  const level = page.level[index]!;
  const bound = visits < VISITS_MIN ? Infinity : CLIP_SIGMAS * seen.sigma;
  const move = weight * shareOf(visits, memory) * clip(seen.median - level, -bound, bound);
  return {
    level: replaced(page.level, index, level + move),
    visits: weight < 1 ? page.visits : replaced(page.visits, index, Math.min(visits + 1, VISITS_COUNT_MAX)),
  };
}
