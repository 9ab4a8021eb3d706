import { basename } from 'node:path';
import { AppError, type Millis } from '@anmai/kernel';
import { csvRows, readHead, type CsvHead, type CsvOptions } from './csv/csv-rows';
import { parseMappings, type ColumnMapping } from './csv/mapping';
import { replayRegistry, type ReplayProvisionOptions } from './csv/provision';
import { rowReader, type RecordingOptions } from './csv/recording';
import { findTimeFormat, scanFile, type Scan } from './csv/scan';
import { TIME_FORMATS, type TimeFormat } from './csv/time-format';
import { staged, type Shift, type Speed, type Stage } from './csv/time-shift';
import { Zone } from './csv/zone';
import { SIMULATOR_ERRORS } from './edge/errors';
import { play } from './edge/player';
import { progressOf, type Progress } from './edge/progress';
import { Run, type RunOptions, type RunSummary } from './edge/run';
import type { FeedMessage, MessageForm } from './feed/feed';

export interface ReplayOptions extends RunOptions {
  readonly file: string;
  readonly timeColumn: string;
  /** null: found from the file. */
  readonly timeFormat: TimeFormat | null;
  /** Of times that name none. */
  readonly zone: string;
  readonly maps: readonly string[];
  readonly device: string | null;
  readonly delimiter: string | null;
  readonly header: boolean;
  readonly missing: readonly string[];
  readonly missingAs: 'null' | 'skip';
  readonly form: MessageForm;
  readonly speed: Speed;
  readonly shift: Shift;
  /** Readable rows left out at the start: where an interrupted replay goes on. */
  readonly skip: number;
  /** Rows played at most, after `skip`; null: all. */
  readonly limit: number | null;
  /** Makes asset, devices and sensors first; null: they are there. */
  readonly provision: Omit<ReplayProvisionOptions, 'speedup'> | null;
}

export interface ReplaySummary extends RunSummary {
  /** Rows whose messages all left. */
  readonly rows: number;
  /** `skip` for a replay that takes up where this one ended: nothing is lost by it. */
  readonly nextSkip: number;
  readonly badRows: number;
  /** Cells that are no numbers; they went out as they stood. */
  readonly oddCells: number;
}

const BAD_ROW_LINES_MAX = 3;

/** Plays a CSV file over MQTT, QoS 1. Resolves when the last PUBACK is there, or the signal came. */
export async function replay(options: ReplayOptions): Promise<ReplaySummary> {
  const csv: CsvOptions = { file: options.file, delimiter: options.delimiter, header: options.header };
  const head = await readHead(csv);
  const recording = await recordingOf(options, csv, head);
  const limit = options.skip + (options.limit ?? Infinity);
  const scan = await scanFile(csv, head, recording, limit);
  options.log(scanLine(options, recording, scan));
  const run = new Run(options);
  const player = new Recording(options, csv, head, recording, scan);
  const rows = Math.max(0, scan.rows - options.skip);
  let progress: Progress | null = null;
  try {
    if (options.provision !== null) await provision(run, options, scan, recording.mappings);
    await run.connect([...new Set([...scan.channels.values()].map(each => each.deviceId))]);
    progress = progressOf(rows, options.log);
    const { fleet, faults, clock } = run;
    await play(player.messages(clock.now(), progress), { fleet, faults, clock, signal: options.signal });
  } catch (error) {
    if (!options.signal.aborted) {
      await run.fleet.close();
      throw error;
    }
  } finally {
    progress?.stop();
  }
  const summary = await run.finish();
  const open = run.fleet.firstUnacknowledgedRow();
  const nextSkip = Math.min(options.skip + player.rows, open === null ? Infinity : open - 1);
  return { ...summary, rows: player.rows, nextSkip, badRows: player.badRows, oddCells: player.oddCells };
}

/** All faults of the options together: SIM-005. */
async function recordingOf(
  options: ReplayOptions,
  csv: CsvOptions,
  head: CsvHead,
): Promise<RecordingOptions> {
  const { timeColumn, maps, device, missing, missingAs, form } = options;
  const faults: string[] = [];
  const mappings = parseMappings({ maps, device, timeColumn, columns: head.columns });
  if (!mappings.ok) faults.push(...mappings.error);
  const hasTime = head.columns.includes(timeColumn);
  if (!hasTime) faults.push(`--time: no column "${timeColumn}"; the file has ${head.columns.join(', ')}`);
  const zone = zoneOf(options.zone);
  if (zone === null)
    faults.push(`--zone: "${options.zone}" is no time zone; write one such as Asia/Shanghai`);
  const timeFormat = options.timeFormat ?? (hasTime ? await findTimeFormat(csv, head, timeColumn) : null);
  if (hasTime && timeFormat === null) {
    faults.push(`--time-format: none of ${TIME_FORMATS.join(', ')} fits column "${timeColumn}"`);
  }
  if (faults.length > 0 || !mappings.ok || zone === null || timeFormat === null) {
    throw new AppError(SIMULATOR_ERRORS.badOption, { faults: faults.join('\n') });
  }
  return { timeColumn, timeFormat, zone, mappings: mappings.value, missing, missingAs, form };
}

function zoneOf(name: string): Zone | null {
  try {
    return new Zone(name);
  } catch {
    return null;
  }
}

function scanLine({ file }: ReplayOptions, { timeFormat, zone }: RecordingOptions, scan: Scan): string {
  const span = [scan.firstAt, scan.lastAt].map(at => new Date(at).toISOString()).join(' to ');
  const bad = scan.badRows > 0 ? `, ${scan.badRows} rows without a readable time` : '';
  const times = `times ${timeFormat}${timeFormat.startsWith('epoch') ? '' : `, local in ${zone.name}`}`;
  return `${basename(file)}: ${scan.rows} rows, ${span}, ${scan.channels.size} channels, ${times}${bad}`;
}

async function provision(
  run: Run,
  options: ReplayOptions,
  scan: Scan,
  mappings: readonly ColumnMapping[],
): Promise<void> {
  const { provision: wanted, speed, shift, log } = options;
  if (wanted === null || run.platform === null) return;
  const speedup = shift === 'now' && speed !== 'max' ? speed : 1;
  const registry = replayRegistry(scan, mappings, { ...wanted, speedup });
  if (!registry.ok) throw new AppError(SIMULATOR_ERRORS.badOption, { faults: registry.error.join('\n') });
  const { orgId } = wanted;
  await run.platform.logIn();
  await run.platform.create('/orgs', { id: orgId, name: orgId, parentId: null });
  await run.platform.importRegistry({ orgs: [], ...registry.value });
  log(`registry: ${registry.value.devices.length} devices, ${registry.value.sensors.length} sensors`);
}

/** Second pass over the file: its rows as messages, with counts. */
class Recording {
  rows = 0;
  badRows = 0;
  oddCells = 0;

  constructor(
    private readonly options: ReplayOptions,
    private readonly csv: CsvOptions,
    private readonly head: CsvHead,
    private readonly recording: RecordingOptions,
    private readonly scan: Scan,
  ) {}

  async *messages(startAt: Millis, progress: Progress): AsyncGenerator<FeedMessage> {
    const { speed, shift, skip, limit, log } = this.options;
    const read = rowReader(this.recording);
    let stage: Stage | null = null;
    let seen = 0;
    for await (const cells of csvRows(this.csv, this.head)) {
      const row = read(cells);
      if (!row.ok) {
        this.badRows += 1;
        if (this.badRows <= BAD_ROW_LINES_MAX) log(`not played: ${row.error}`);
        continue;
      }
      seen += 1;
      if (seen <= skip) continue;
      if (limit !== null && seen > skip + limit) return;
      stage ??= { speed, shift, firstAt: row.value.at, lastAt: this.scan.lastAt, startAt };
      this.oddCells += row.value.oddCells;
      for (const message of row.value.messages) yield { ...staged(stage, message), row: seen };
      this.rows += 1;
      progress.at(this.rows);
    }
  }
}
