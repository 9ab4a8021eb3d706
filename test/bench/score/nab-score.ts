/** A window of rows, both ends in it. */
export type Window = readonly [number, number];

/** The published standard profile: what a window found, a false row and a window missed are worth. */
const FOUND = 1;
const FALSE_ROW = 0.11;
const MISSED = 1;
/** Rows that are not scored: the first 15 %, of 5,000 rows at most. */
const PROBATION_SHARE = 0.15;
const PROBATION_ROWS_MAX = 5_000;

/** Position relative to a window (-1: its begin, 0: its end) -> 1 … -1. */
const worth = (position: number): number => (position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1);

export interface FileScore {
  readonly score: number;
  /** Score of a detector that never says anything. */
  readonly never: number;
  readonly windows: number;
  readonly found: number;
  readonly falseRows: number;
}

/** Score of one file by the published rules. `flagged`: rows in ascending order. */
export function scoreFile(rows: number, flagged: readonly number[], windows: readonly Window[]): FileScore {
  const probation = Math.floor(PROBATION_SHARE * Math.min(rows, PROBATION_ROWS_MAX));
  const best = windows.map(() => -MISSED);
  let score = 0;
  let falseRows = 0;
  for (const row of flagged) {
    if (row < probation) continue;
    const k = windows.findIndex(([from, to]) => from <= row && row <= to);
    if (k >= 0) {
      const [from, to] = windows[k]!;
      best[k] = Math.max(best[k]!, (FOUND * worth(-(to - row + 1) / (to - from + 1))) / worth(-1));
      continue;
    }
    falseRows++;
    const before = windows.filter(([, to]) => to < row).at(-1);
    score +=
      before === undefined ? -FALSE_ROW : FALSE_ROW * worth((row - before[1]) / (before[1] - before[0]));
  }
  const counted = best.filter((_, k) => windows[k]![1] >= probation);
  return {
    score: score + counted.reduce((sum, each) => sum + each, 0),
    never: -MISSED * counted.length,
    windows: windows.length,
    found: best.filter(each => each > 0).length,
    falseRows,
  };
}

/** 0: never says anything; 100: every window found at its begin and nothing false. */
export function scoreOfCorpus(files: readonly FileScore[]): number {
  const sum = (of: (file: FileScore) => number): number => files.reduce((total, file) => total + of(file), 0);
  const silent = sum(file => file.never);
  return (100 * (sum(file => file.score) - silent)) / (FOUND * sum(file => file.windows) - silent);
}
