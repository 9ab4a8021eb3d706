import { isUsable } from './reading';
import type { StoredReading } from './reading-store.port';

/**
 * At most `points` of the rows (ascending by `at`), chosen so that a line drawn from them covers the same pixels as
 * one drawn from all: M4, that is the first, lowest, highest and last value of each pixel column, in time order.
 * Usable and bad values are chosen apart, so that a bad spike cannot hide the highest good one. Of each run without
 * a value one row stays, so that a gap stays a gap (with more runs than a quarter of `points`: of each column that
 * has one). First, last, lowest and highest good row are kept whenever `points` is 4 or more, the lowest and highest
 * bad one from 6 on. All rows when they fit.
 */
export function decimate(rows: readonly StoredReading[], points: number): StoredReading[] {
  if (rows.length <= points) return [...rows];
  const kinds = rows.map(kindOf);
  const always = landmarks(rows, kinds);
  const gaps = gapRuns(kinds);
  for (let columns = Math.floor(points / 4); columns >= 1;) {
    const chosen = new Set(always);
    chooseColumns(rows, kinds, columns, chosen);
    const gapsByColumn = gaps.length > points / 4;
    for (const gap of gapsByColumn ? onePerColumn(rows, gaps, columns) : gaps) chosen.add(gap);
    if (chosen.size <= points) return pick(rows, chosen);
    columns = Math.min(columns - 1, Math.floor((columns * points) / chosen.size));
  }
  return pick(rows, new Set([...always, ...gaps].slice(0, Math.max(0, points))));
}

type Kind = 'usable' | 'bad' | 'gap';

const kindOf = ({ value, quality }: StoredReading): Kind =>
  value === null ? 'gap' : isUsable(quality) ? 'usable' : 'bad';

const pick = (rows: readonly StoredReading[], chosen: ReadonlySet<number>): StoredReading[] =>
  [...chosen].sort((a, b) => a - b).map(index => rows[index] as StoredReading);

/** What must not go, the most telling first: extremes of the good values, both ends, extremes of the bad ones. */
function landmarks(rows: readonly StoredReading[], kinds: readonly Kind[]): number[] {
  const usable = new Extremes();
  const bad = new Extremes();
  rows.forEach((row, index) => {
    if (row.value === null) return;
    (kinds[index] === 'usable' ? usable : bad).see(index, row.value);
  });
  const ends = rows.length === 0 ? [] : [0, rows.length - 1];
  return [...new Set([usable.maxIndex, usable.minIndex, ...ends, bad.maxIndex, bad.minIndex])].filter(
    i => i >= 0,
  );
}

/** Index of the middle row of each run of rows without a value. */
function gapRuns(kinds: readonly Kind[]): number[] {
  const middles: number[] = [];
  for (let start = 0; start < kinds.length;) {
    let end = start;
    while (kinds[end] === 'gap') end += 1;
    if (end > start) middles.push((start + end - 1) >> 1);
    start = end + 1;
  }
  return middles;
}

/** Which pixel column of `columns` each row falls into. */
function columnOf(rows: readonly StoredReading[], columns: number): (index: number) => number {
  const from = rows[0]?.at ?? 0;
  const widthMs = ((rows.at(-1)?.at ?? 0) - from) / columns;
  const at = (index: number): number => (rows[index] as StoredReading).at;
  // The last row stands on the right edge and belongs to the last column.
  return index => (widthMs === 0 ? 0 : Math.min(columns - 1, Math.floor((at(index) - from) / widthMs)));
}

function onePerColumn(rows: readonly StoredReading[], indices: readonly number[], columns: number): number[] {
  const column = columnOf(rows, columns);
  return [...new Map(indices.map(index => [column(index), index])).values()];
}

function chooseColumns(
  rows: readonly StoredReading[],
  kinds: readonly Kind[],
  columns: number,
  chosen: Set<number>,
): void {
  const column = columnOf(rows, columns);
  const open = { usable: new Extremes(), bad: new Extremes() };
  let current = 0;
  const flush = (): void => {
    for (const kind of ['usable', 'bad'] as const) {
      for (const index of open[kind].indices()) chosen.add(index);
      open[kind] = new Extremes();
    }
  };
  rows.forEach((row, index) => {
    const kind = kinds[index] as Kind;
    if (kind === 'gap' || row.value === null) return;
    if (column(index) !== current) {
      flush();
      current = column(index);
    }
    open[kind].see(index, row.value);
  });
  flush();
}

class Extremes {
  minIndex = -1;
  maxIndex = -1;
  private firstIndex = -1;
  private lastIndex = -1;
  private min = Infinity;
  private max = -Infinity;

  see(index: number, value: number): void {
    if (this.firstIndex < 0) this.firstIndex = index;
    this.lastIndex = index;
    if (value < this.min) {
      this.min = value;
      this.minIndex = index;
    }
    if (value > this.max) {
      this.max = value;
      this.maxIndex = index;
    }
  }

  indices(): number[] {
    return this.firstIndex < 0 ? [] : [this.firstIndex, this.minIndex, this.maxIndex, this.lastIndex];
  }
}
