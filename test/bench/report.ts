import { loadavg } from 'node:os';

/** Outcome of one benchmark. Ratios are to a baseline of the same run; `met`: by the goal named beside it. */
export interface BenchResult {
  readonly name: string;
  /** In words, such as `0.62 of a bare aedes`. */
  readonly headline: string;
  readonly goal: string;
  readonly met: boolean | null;
  readonly figures: Readonly<Record<string, number | string | readonly number[] | readonly object[]>>;
}

export type Progress = (line: string) => void;

/** What every benchmark is given. */
export interface BenchOptions {
  /** Length of one long measurement; short ones take a part of it. */
  readonly seconds: number;
  /** Of `memory`, ten sensors each. */
  readonly devices: number;
  readonly say: Progress;
}

const load = (): string =>
  loadavg()
    .map(value => value.toFixed(1))
    .join(' ');

export const progress: Progress = line => void process.stderr.write(`[load ${load()}] ${line}\n`);

export function printResults(results: readonly BenchResult[]): void {
  const rows = results.map(({ name, headline, goal, met }) => [
    name,
    headline,
    goal,
    met === null ? '' : met ? 'met' : 'MISSED',
  ]);
  const head = ['benchmark', 'result', 'goal', ''];
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map(row => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd();
  console.log([line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n'));
  for (const { name, headline, goal, met, figures } of results)
    console.log(JSON.stringify({ bench: name, headline, goal, met, ...figures }));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Nearest rank of the sorted values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? NaN;
}

export const round = (value: number, digits = 0): number => Number(value.toFixed(digits));
