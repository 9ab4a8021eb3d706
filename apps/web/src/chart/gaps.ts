import type { ReadingShape, SeriesReply } from '@anmai/wire';

/** A drawn point; a null value breaks the line. */
export type Point = readonly [atMs: number, value: number | null];

const BUCKET_MS: Readonly<Record<SeriesReply['source'], number>> = {
  raw: 0,
  '1m': 60_000,
  '1h': 3_600_000,
  '1d': 86_400_000,
};

export interface Spacing {
  readonly source: SeriesReply['source'];
  readonly expectedEveryMs: number;
  /** Width of the window that was asked for. */
  readonly windowMs: number;
  /** How many points were asked for. */
  readonly points: number;
}

/** Extremes, first and last of each pixel come back: four rows a pixel at most. */
const ROWS_PER_PIXEL = 4;

/**
 * The distance between two points above which nothing is known in between. Three expected intervals, or the width of
 * the rollup's bucket, or (when the rows were reduced) the width of a drawn pixel, whichever is the longest.
 */
export function gapMs({ source, expectedEveryMs, windowMs, points }: Spacing): number {
  const step = Math.max(expectedEveryMs, BUCKET_MS[source]);
  const reduced = windowMs / step > points;
  const pixelMs = reduced ? (windowMs / points) * ROWS_PER_PIXEL : 0;
  return Math.max(3 * expectedEveryMs, 2 * BUCKET_MS[source], pixelMs);
}

/** Points of the line, ascending; broken where nothing was heard for longer than `gap`, and where a value is missing. */
export function withGaps(rows: readonly ReadingShape[], gap: number): Point[] {
  const points: Point[] = [];
  let lastMs: number | null = null;
  for (const row of rows) {
    const atMs = Date.parse(row.at);
    if (lastMs !== null && atMs - lastMs > gap) points.push([lastMs + 1, null]);
    points.push([atMs, row.value]);
    lastMs = atMs;
  }
  return points;
}

/** Points with a gap on both sides: no line leads to them, so they are drawn as dots or nobody would see them. */
export const lonely = (points: readonly Point[]): Point[] =>
  points.filter(([, value], i) => {
    const isBreak = (point: Point | undefined): boolean => point === undefined || point[1] === null;
    return value !== null && isBreak(points[i - 1]) && isBreak(points[i + 1]);
  });

/** Rows of doubtful quality (suspect, bad): drawn hollow. Not evaluated counts as fair. */
export const doubtful = (rows: readonly ReadingShape[]): Point[] =>
  rows
    .filter(row => row.value !== null && (row.quality === 3 || row.quality === 4))
    .map(row => [Date.parse(row.at), row.value]);

/** Puts finer rows of a window into a coarser series. */
export function spliced(
  coarse: readonly ReadingShape[],
  fine: readonly ReadingShape[],
  from: number,
  to: number,
): ReadingShape[] {
  const before = coarse.filter(row => Date.parse(row.at) < from);
  const after = coarse.filter(row => Date.parse(row.at) >= to);
  const inside = fine.filter(row => Date.parse(row.at) >= from && Date.parse(row.at) < to);
  return [...before, ...inside, ...after];
}

/** How many live readings a chart takes before the oldest live one goes; the series is loaded anew long before. */
export const LIVE_ROWS_MAX = 2_000;

/** Adds a live reading in its place: the same instant again replaces, a late one is put where it belongs. */
export function withLive(rows: readonly ReadingShape[], live: ReadingShape): readonly ReadingShape[] {
  const atMs = Date.parse(live.at);
  let index = rows.length;
  while (index > 0 && Date.parse(rows[index - 1]?.at ?? '') > atMs) index -= 1;
  const same = index > 0 && Date.parse(rows[index - 1]?.at ?? '') === atMs;
  const next = [...rows.slice(0, same ? index - 1 : index), live, ...rows.slice(index)];
  return next.length > LIVE_ROWS_MAX ? next.slice(next.length - LIVE_ROWS_MAX) : next;
}
