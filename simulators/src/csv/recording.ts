import { err, ok, type Millis, type Result } from '@anmai/kernel';
import type { FeedMessage, FeedRecord, MessageForm } from '../feed/feed';
import type { CsvRow } from './csv-rows';
import { filled, type ColumnMapping } from './mapping';
import { parseTime, type TimeFormat } from './time-format';
import type { Zone } from './zone';

/** How cells become values. */
export interface RecordingOptions {
  readonly timeColumn: string;
  readonly timeFormat: TimeFormat;
  readonly zone: Zone;
  readonly mappings: readonly ColumnMapping[];
  /** Cells that mean "no value" besides the empty one, NaN, NA and null. */
  readonly missing: readonly string[];
  /** `null`: a missing cell is sent as missing. `skip`: the record is left out. */
  readonly missingAs: 'null' | 'skip';
  readonly form: MessageForm;
}

/** One row read: its instant, and what each device said then. */
export interface RecordedRow {
  readonly at: Millis;
  readonly messages: readonly FeedMessage[];
  /** Cells that are neither numbers nor known as missing; they are sent as they stand. */
  readonly oddCells: number;
}

const MISSING = ['', 'nan', 'na', 'n/a', 'null', 'none'];

/** Reads rows by one mapping. The times of the messages are those of the file; the player moves them. */
export function rowReader(options: RecordingOptions): (row: CsvRow) => Result<RecordedRow, string> {
  const missing = new Set([...MISSING, ...options.missing.map(each => each.toLowerCase())]);
  return row => {
    const at = parseTime(row[options.timeColumn] ?? '', options.timeFormat, options.zone);
    if (!at.ok) return err(at.error);
    const byDevice = new Map<string, FeedRecord[]>();
    let oddCells = 0;
    for (const mapping of options.mappings) {
      const value = cellValue(row[mapping.column] ?? '', missing);
      if (typeof value === 'string') oddCells += 1;
      if (value === null && options.missingAs === 'skip') continue;
      const deviceId = filled(mapping.deviceId, row);
      const record = { channel: filled(mapping.channel, row), unit: mapping.unit, at: at.value, value };
      const records = byDevice.get(deviceId);
      if (records === undefined) byDevice.set(deviceId, [record]);
      else records.push(record);
    }
    const messages = [...byDevice].map(([deviceId, records]): FeedMessage => ({
      kind: 'message',
      sendAt: at.value,
      deviceId,
      form: options.form,
      records,
    }));
    return ok({ at: at.value, messages, oddCells });
  };
}

function cellValue(cell: string, missing: ReadonlySet<string>): number | string | null {
  const text = cell.trim();
  if (missing.has(text.toLowerCase())) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}
