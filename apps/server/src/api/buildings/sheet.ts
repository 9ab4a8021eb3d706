import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { parse } from 'csv-parse';
import { AppError } from '@anmai/kernel';
import { BUILDING_ERRORS } from '@anmai/postgres';

/** One line of a sheet as text; `row` counts from 1, the heading's. */
export interface SheetRow {
  readonly row: number;
  readonly cells: readonly string[];
}

const SLICE_CHARS = 65_536;
/** A file of zeros must not eat the memory: the worker may have so much, and so long. */
const XLSX_MEMORY_MB_MAX = 2_048;
const XLSX_MS_MAX = 120_000;

export const unreadable = (reason: string): AppError =>
  new AppError(BUILDING_ERRORS.importUnreadable, { reason });

/** Rows of CSV or XLSX, told apart by the first bytes: names and content types of uploads are often wrong. */
export function sheetRows(bytes: Buffer): AsyncIterable<SheetRow> {
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));
  return isZip ? xlsxRows(bytes) : csvRows(bytes);
}

/** In turns with everything else that this process does. */
async function* csvRows(bytes: Buffer): AsyncGenerator<SheetRow> {
  const text = decoded(bytes);
  const slices = function* (): Generator<string> {
    for (let i = 0; i < text.length; i += SLICE_CHARS) yield text.slice(i, i + SLICE_CHARS);
  };
  const parser = Readable.from(slices()).pipe(
    parse({ bom: true, info: true, trim: true, relax_column_count: true, max_record_size: 65_536 }),
  );
  try {
    for await (const line of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      yield { row: line.info.lines, cells: line.record };
    }
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
}

/** Excel in Chinese writes GB 18030; such bytes are hardly ever valid UTF-8. */
function decoded(bytes: Buffer): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one, then.
    }
  }
  throw unreadable('it is neither UTF-8 nor GB 18030');
}

/** The library reads a workbook in one go, for many seconds: in a thread of its own, or alarms would wait for it. */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { readSheet } = require(workerData.library);
const text = cell => cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim();
readSheet(Buffer.from(workerData.bytes)).then(
  rows => parentPort.postMessage({ rows: rows.map(row => row.map(text)) }),
  error => parentPort.postMessage({ fault: String(error && error.message || error) }),
);`;

async function* xlsxRows(bytes: Buffer): AsyncGenerator<SheetRow> {
  const library = createRequire(import.meta.url).resolve('read-excel-file/node');
  const rows = await inWorker({ library, bytes });
  for (const [n, cells] of rows.entries()) yield { row: n + 1, cells };
}

function inWorker(workerData: { library: string; bytes: Buffer }): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    const resourceLimits = { maxOldGenerationSizeMb: XLSX_MEMORY_MB_MAX };
    const worker = new Worker(WORKER, { eval: true, workerData, resourceLimits });
    const timer = setTimeout(() => end(() => reject(unreadable('it took too long'))), XLSX_MS_MAX);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
      void worker.terminate();
    };
    worker.once('message', (said: { rows?: string[][]; fault?: string }) =>
      end(() => (said.rows === undefined ? reject(unreadable(said.fault ?? 'unknown')) : resolve(said.rows))),
    );
    worker.once('error', error => end(() => reject(unreadable(error.message))));
  });
}
