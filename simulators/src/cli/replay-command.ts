import { basename, extname } from 'node:path';
import type { Position } from '@anmai/catalog';
import { Command, InvalidArgumentError, Option } from 'commander';
import { TIME_FORMATS, type TimeFormat } from '../csv/time-format';
import type { Shift, Speed } from '../csv/time-shift';
import { summaryLines } from '../edge/run';
import type { MessageForm } from '../feed/feed';
import { replay } from '../replay';
import type { CliContext } from './context';
import {
  addConnectionOptions,
  addFaultOptions,
  collect,
  faultsOf,
  number,
  whole,
  type ConnectionFlags,
  type FaultFlags,
} from './options';
import { runOptions } from './run-options';

interface ReplayFlags extends ConnectionFlags, FaultFlags {
  readonly time: string;
  readonly timeFormat: TimeFormat | 'auto';
  readonly zone: string;
  readonly map: readonly string[];
  readonly device?: string;
  readonly delimiter?: string;
  readonly header: boolean;
  readonly missing: readonly string[];
  readonly missingAs: 'null' | 'skip';
  readonly form: MessageForm;
  readonly speed: Speed;
  readonly shift: Shift;
  readonly skip: number;
  readonly limit?: number;
  readonly provision?: boolean;
  readonly asset?: string;
  readonly assetName?: string;
  readonly assetKind?: string;
  readonly org: string;
  readonly at?: Position;
  readonly quantity: readonly string[];
}

export function replayCommand(context: CliContext): Command {
  const command = new Command('replay')
    .description('plays a CSV file over MQTT, QoS 1, each row at its time')
    .argument('<file>', 'CSV file');
  addFileOptions(command);
  addPaceOptions(command);
  addProvisionOptions(command);
  addFaultOptions(addConnectionOptions(command));
  return command.action(async (file: string, flags: ReplayFlags) => play(file, flags, context));
}

function addFileOptions(command: Command): void {
  command
    .optionsGroup('File:')
    .requiredOption('--time <column>', 'column of the time')
    .addOption(
      new Option('--time-format <form>', 'form of the time')
        .choices(['auto', ...TIME_FORMATS])
        .default('auto'),
    )
    .addOption(
      new Option('--zone <name>', 'zone of times that name none')
        .env('ANMAI_TIMEZONE')
        .default('Asia/Shanghai'),
    )
    .option('--map <column=device/channel[:unit]>', 'a column to play; again for more', collect, [])
    .option('--device <id>', 'device of maps that name none; without any --map it takes every column')
    .option('--delimiter <mark>', 'between cells; default: found from the first line', mark)
    .option('--no-header', 'the first line is a row; columns are called c1, c2, c3 …')
    .option('--missing <text>', 'cell that means "no value", such as -9999; again for more', collect, [])
    .addOption(
      new Option('--missing-as <how>', 'send missing cells as null, or leave them out')
        .choices(['null', 'skip'])
        .default('null'),
    )
    .addOption(
      new Option('--form <form>', 'form of the messages').choices(['plain', 'senml']).default('plain'),
    );
}

function addPaceOptions(command: Command): void {
  command
    .optionsGroup('Pace:')
    .option('--speed <factor|max>', '1: as recorded; max: as fast as PUBACKs come', speed, 1)
    .addOption(
      new Option('--shift <how>', 'now: move the times to the present; keep: those of the file')
        .choices(['now', 'keep'])
        .default('now'),
    )
    .option('--skip <rows>', 'rows left out at the start, to go on after an interruption', whole(0), 0)
    .option('--limit <rows>', 'rows played at most', whole(1));
}

function addProvisionOptions(command: Command): void {
  command
    .optionsGroup('Registry:')
    .option('--provision', 'make asset, devices and sensors for the mapped columns first')
    .option('--asset <id>', 'asset that they belong to; default: from the file name')
    .option('--asset-name <name>', 'its name')
    .option('--asset-kind <kind>', 'its kind; default: from the quantities')
    .option('--org <id>', 'its organisation, made when it is not there', 'city')
    .option('--at <lon,lat>', 'its place', place)
    .option('--quantity <[column=]quantity>', 'what a column measures, or all; again for more', collect, []);
}

/** `\t` and the word tab stand for a tabulator. */
function mark(text: string): string {
  const found = text === 'tab' || text === '\\t' ? '\t' : text;
  if (found.length !== 1) throw new InvalidArgumentError('one character, or tab, is wanted.');
  return found;
}

function speed(text: string): Speed {
  if (text === 'max') return 'max';
  const factor = number(0)(text.replace(/x$/i, ''));
  if (factor === 0) throw new InvalidArgumentError('a number above 0, or max, is wanted.');
  return factor;
}

function place(text: string): Position {
  const [lon = NaN, lat = NaN] = text.split(',').map(Number);
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return [lon, lat];
  throw new InvalidArgumentError('lon,lat in degrees is wanted, such as 114.30,34.80.');
}

async function play(file: string, flags: ReplayFlags, context: CliContext): Promise<void> {
  const name = basename(file, extname(file));
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  const provision =
    flags.provision === true
      ? {
          assetId: flags.asset ?? `replay-${slug}`,
          assetName: flags.assetName ?? name,
          assetKind: flags.assetKind ?? null,
          orgId: flags.org,
          place: flags.at ?? null,
          quantities: flags.quantity,
        }
      : null;
  const summary = await replay({
    ...runOptions({ ...flags, provision: provision !== null }, context),
    faults: faultsOf(flags),
    file,
    timeColumn: flags.time,
    timeFormat: flags.timeFormat === 'auto' ? null : flags.timeFormat,
    zone: flags.zone,
    maps: flags.map,
    device: flags.device ?? null,
    delimiter: flags.delimiter ?? null,
    header: flags.header,
    missing: flags.missing,
    missingAs: flags.missingAs,
    form: flags.form,
    speed: flags.speed,
    shift: flags.shift,
    skip: flags.skip,
    limit: flags.limit ?? null,
    provision,
  });
  context.log(
    `${summary.rows} rows played, ${summary.badRows} not readable, ${summary.oddCells} cells no numbers`,
  );
  for (const line of summaryLines(summary)) context.log(line);
  if (context.signal.aborted) context.log(`to go on where this ended: --skip ${summary.nextSkip}`);
}
