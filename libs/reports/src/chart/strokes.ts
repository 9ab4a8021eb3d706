import type { ChartPoint } from '../doc';

/**
 * Runs of points that a line joins: broken where nothing is known and where two neighbours are further apart than
 * `gapMs`. A run of one point stays, it is drawn as a dot.
 */
export function runsOf(points: readonly ChartPoint[], gapMs: number): { at: number; value: number }[][] {
  const runs: { at: number; value: number }[][] = [];
  let open: { at: number; value: number }[] = [];
  const close = (): void => {
    if (open.length > 0) runs.push(open);
    open = [];
  };
  for (const { at, value } of points) {
    if (value === null || !Number.isFinite(value)) {
      close();
      continue;
    }
    const last = open.at(-1);
    if (last !== undefined && at - last.at > gapMs) close();
    open.push({ at, value });
  }
  close();
  return runs;
}

/** First, lowest, highest and last of each column of the width: the line drawn is the same, the file stays small. */
export function thinned(
  run: readonly { at: number; value: number }[],
  columnOf: (at: number) => number,
): { at: number; value: number }[] {
  const out: { at: number; value: number }[] = [];
  let from = 0;
  while (from < run.length) {
    let to = from + 1;
    while (to < run.length && columnOf(run[to]!.at) === columnOf(run[from]!.at)) to += 1;
    out.push(...outline(run.slice(from, to)));
    from = to;
  }
  return out;
}

function outline(column: readonly { at: number; value: number }[]): { at: number; value: number }[] {
  if (column.length <= 4) return [...column];
  let low = 0;
  let high = 0;
  column.forEach(({ value }, i) => {
    if (value < column[low]!.value) low = i;
    if (value > column[high]!.value) high = i;
  });
  const kept = [...new Set([0, low, high, column.length - 1])].sort((a, b) => a - b);
  return kept.map(i => column[i]!);
}
