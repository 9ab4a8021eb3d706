import { AppError, type Millis } from '@anmai/kernel';
import { SIMULATOR_ERRORS } from '../edge/errors';
import { csvRows, type CsvHead, type CsvOptions } from './csv-rows';
import { rowReader, type RecordingOptions } from './recording';
import { guessTimeFormat, type TimeFormat } from './time-format';

/** What the first pass over a file found. */
export interface Scan {
  /** Rows that will be played. */
  readonly rows: number;
  /** Rows without a time that can be read; they are not played, and counted. */
  readonly badRows: number;
  readonly firstAt: Millis;
  /** The latest, not the one in the last row: files may be out of order. */
  readonly lastAt: Millis;
  /** Usual distance of two rows; null: fewer than two instants. */
  readonly stepMs: number | null;
  /** `deviceId/channel` of all that speak, with the column they come from. */
  readonly channels: ReadonlyMap<string, { deviceId: string; channel: string; column: string }>;
}

/** Rows looked at to tell day from month. */
const GUESS_ROWS = 2_000;
/** All of the first rows unreadable: the options are wrong rather than the file. */
const BAD_ROWS_FIRST_MAX = 100;
const STEPS_KEPT_MAX = 1_000;
const CHANNELS_MAX = 5_000;

/** The format of the time column, or null. Day before month unless some row shows that it cannot be. */
export async function findTimeFormat(
  options: CsvOptions,
  head: CsvHead,
  timeColumn: string,
): Promise<TimeFormat | null> {
  let format: TimeFormat | null = null;
  let rows = 0;
  for await (const row of csvRows(options, head)) {
    const guess = guessTimeFormat(row[timeColumn] ?? '');
    if (guess === 'mdy' && format === 'dmy') return 'mdy';
    format ??= guess;
    rows += 1;
    if ((format !== null && format !== 'dmy') || rows >= GUESS_ROWS) break;
  }
  return format;
}

/** Reads the whole file once (up to `limit` rows). Rejects with SIM-006 when nothing can be read. */
export async function scanFile(
  csv: CsvOptions,
  head: CsvHead,
  recording: RecordingOptions,
  limit: number,
): Promise<Scan> {
  const read = rowReader(recording);
  const channels = new Map<string, { deviceId: string; channel: string; column: string }>();
  const steps: number[] = [];
  let [rows, badRows, firstAt, lastAt, previous] = [0, 0, Infinity, -Infinity, NaN];
  let reason = 'the file has no rows';
  for await (const cells of csvRows(csv, head)) {
    if (rows >= limit) break;
    const row = read(cells);
    if (!row.ok) {
      badRows += 1;
      reason = row.error;
      if (rows === 0 && badRows >= BAD_ROWS_FIRST_MAX) break;
      continue;
    }
    if (rows === 0) firstAt = row.value.at;
    lastAt = Math.max(lastAt, row.value.at);
    const step = row.value.at - previous;
    if (step > 0 && steps.length < STEPS_KEPT_MAX) steps.push(step);
    previous = row.value.at;
    rows += 1;
    for (const { deviceId, records } of row.value.messages) {
      records.forEach(({ channel }) => {
        const key = `${deviceId}/${channel}`;
        if (channels.has(key) || channels.size >= CHANNELS_MAX) return;
        channels.set(key, { deviceId, channel, column: columnOf(recording, channel, deviceId) });
      });
    }
  }
  if (rows === 0) throw new AppError(SIMULATOR_ERRORS.badRow, { rows: badRows, file: csv.file, reason });
  steps.sort((a, b) => a - b);
  return { rows, badRows, firstAt, lastAt, stepMs: steps[Math.floor(steps.length / 2)] ?? null, channels };
}

/** The mapping behind a channel; of several with places in them the first of that channel name. */
function columnOf({ mappings }: RecordingOptions, channel: string, deviceId: string): string {
  const exact = mappings.find(each => each.channel === channel && each.deviceId === deviceId);
  const loose = mappings.find(each => each.channel === channel) ?? mappings[0];
  return (exact ?? loose)?.column ?? '';
}
