import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '@anmai/kernel';
import { parse } from 'csv-parse';
import { parse as parseText } from 'csv-parse/sync';
import { SIMULATOR_ERRORS } from '../edge/errors';

export interface CsvOptions {
  readonly file: string;
  /** null: the one of , ; tab | that the first line has most of. */
  readonly delimiter: string | null;
  /** false: the columns are called c1, c2, c3 … */
  readonly header: boolean;
}

export type CsvRow = Readonly<Record<string, string>>;

const HEAD_BYTES = 64 * 1_024;
/** In this order when a line has as many of two: a comma may also be a decimal mark. */
const DELIMITERS = [';', '\t', '|', ','];
/** A longer record is a file that is not CSV, or a quote that never closes. */
const RECORD_CHARACTERS_MAX = 1_000_000;

export interface CsvHead {
  readonly delimiter: string;
  readonly columns: readonly string[];
}

/**
 * Looks at the first line. Blanks around names go, since some writers put one after every comma. Rejects with SIM-008
 * when the file cannot be read.
 */
export async function readHead({ file, delimiter, header }: CsvOptions): Promise<CsvHead> {
  const handle = await open(file).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(SIMULATOR_ERRORS.noFile, { file, reason }, error);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const text = buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/^\ufeff/, '');
    const line = text.split(/\r?\n/, 1)[0] ?? '';
    const found = delimiter ?? likeliest(line);
    const [cells = []]: string[][] = parseText(line, { delimiter: found, trim: true, relax_quotes: true });
    return { delimiter: found, columns: header ? cells : cells.map((_cell, i) => `c${i + 1}`) };
  } finally {
    await handle.close();
  }
}

function likeliest(line: string): string {
  const count = (mark: string): number => line.split(mark).length;
  return DELIMITERS.reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** The rows of the file, one at a time; memory stays flat whatever its size. */
export async function* csvRows(options: CsvOptions, head: CsvHead): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    columns: [...head.columns],
    delimiter: head.delimiter,
    from_line: options.header ? 2 : 1,
    max_record_size: RECORD_CHARACTERS_MAX,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  const input = createReadStream(options.file);
  input.on('error', error => parser.destroy(error));
  input.pipe(parser);
  try {
    for await (const row of parser) yield row as CsvRow;
  } finally {
    input.destroy();
    parser.destroy();
  }
}
