import { AppError, type ErrorSpec, type Millis } from '@anmai/kernel';
import { csvRows, guessTimeFormat, parseTime, readHead, Zone, type TimeFormat } from '@anmai/simulators';

/** Rows that a command reads at most; all of them are kept in memory to be put in order. */
export const ROWS_MAX = 10_000_000;

export const CLI_ERRORS = {
  column: {
    code: 'CLI-001',
    status: 400,
    retryable: false,
    message: d => `the file has no column "${d.column}"; it has ${d.columns}`,
    remedy: 'Name one of the columns of the first line, or give --no-header and use c1, c2, …',
  },
  time: {
    code: 'CLI-002',
    status: 400,
    retryable: false,
    message: d => `row ${d.row}: ${d.reason}`,
    remedy: 'Name the form of the time with --time-format and its zone with --zone.',
  },
  tooLong: {
    code: 'CLI-003',
    status: 400,
    retryable: false,
    message: d => `the file has more than ${d.max} values`,
    remedy: 'Split the file by time or by sensor.',
  },
  input: {
    code: 'CLI-004',
    status: 400,
    retryable: false,
    message: d => `${d.file}: ${d.reason}`,
    remedy: 'Correct the file; the README shows its form.',
  },
} as const satisfies Record<string, ErrorSpec>;

export interface CsvSource {
  readonly csv: string;
  readonly time: string;
  readonly timeFormat?: TimeFormat;
  readonly zone: string;
  readonly header: boolean;
  readonly delimiter?: string;
}

/** One value of one column; NaN where the cell is empty or no number. */
export interface CsvValue {
  readonly column: string;
  readonly at: Millis;
  readonly value: number;
}

/** The values of these columns, ascending by time; rows of one time keep the order of the file. */
export async function csvSeries(source: CsvSource, columns: readonly string[]): Promise<CsvValue[]> {
  const options = { file: source.csv, delimiter: source.delimiter ?? null, header: source.header };
  const head = await readHead(options);
  for (const column of [source.time, ...columns]) {
    if (!head.columns.includes(column)) {
      throw new AppError(CLI_ERRORS.column, { column, columns: head.columns.join(', ') });
    }
  }
  const zone = new Zone(source.zone);
  const values: CsvValue[] = [];
  let format = source.timeFormat ?? null;
  let row = source.header ? 1 : 0;
  for await (const cells of csvRows(options, head)) {
    row++;
    const cell = cells[source.time] ?? '';
    format ??= guessTimeFormat(cell);
    if (format === null)
      throw new AppError(CLI_ERRORS.time, { row, reason: `"${cell}" has no known form of time` });
    const at = parseTime(cell, format, zone);
    if (!at.ok) throw new AppError(CLI_ERRORS.time, { row, reason: at.error });
    for (const column of columns) values.push({ column, at: at.value, value: numberOf(cells[column]) });
    if (values.length > ROWS_MAX) throw new AppError(CLI_ERRORS.tooLong, { max: ROWS_MAX });
  }
  return values.sort((a, b) => a.at - b.at);
}

function numberOf(cell: string | undefined): number {
  const text = cell?.trim() ?? '';
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** The usual distance of two values of one column, in seconds; 60 when there are too few. */
export function usualIntervalSeconds(ats: readonly Millis[]): number {
  const gaps = ats.slice(1, 10_001).map((at, i) => at - ats[i]!);
  const sorted = gaps.filter(gap => gap > 0).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  return median === undefined ? 60 : median / 1_000;
}
