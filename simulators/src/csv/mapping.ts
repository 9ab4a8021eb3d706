import { err, ID_PATTERN, ok, type Result } from '@anmai/kernel';

/** One column of the file and the channel that it plays. */
export interface ColumnMapping {
  readonly column: string;
  /** May hold {column} places that each row fills. */
  readonly deviceId: string;
  readonly channel: string;
  /** As sent; null: no unit. */
  readonly unit: string | null;
}

export interface MappingOptions {
  /** `column=deviceId/channel[:unit]`, or `column=channel[:unit]` when `device` is given. */
  readonly maps: readonly string[];
  readonly device: string | null;
  readonly timeColumn: string;
  /** Names of the file's columns. */
  readonly columns: readonly string[];
}

/** Columns played at once at most. */
export const MAPPINGS_MAX = 500;

const PLACE = /\{([^{}]+)\}/g;

/**
 * The columns to play. Without any `maps` every column but the time goes to `device`, under its own name. The error
 * lists every fault.
 */
export function parseMappings({
  maps,
  device,
  timeColumn,
  columns,
}: MappingOptions): Result<ColumnMapping[], string[]> {
  if (maps.length === 0 && device === null) {
    return err(['say which column is which channel: --map column=deviceId/channel, or --device deviceId']);
  }
  const specs =
    maps.length > 0
      ? maps
      : columns.filter(each => each !== timeColumn).map(each => `${each}=${channelOf(each)}`);
  const faults: string[] = [];
  const mappings = specs.map(spec => parseMapping(spec, device));
  for (const each of mappings) {
    if (!each.ok) faults.push(each.error);
    else faults.push(...mappingFaults(each.value, columns));
  }
  if (specs.length > MAPPINGS_MAX)
    faults.push(`${specs.length} columns are mapped, at most ${MAPPINGS_MAX} can be`);
  const sound = mappings.flatMap(each => (each.ok ? [each.value] : []));
  faults.push(...doubles(sound.map(each => `${each.deviceId}/${each.channel}`)));
  return faults.length > 0 ? err(faults) : ok(sound);
}

/** A channel name made from a column name: no blanks and no characters that mean something in `--map`. */
const channelOf = (column: string): string => column.trim().replaceAll(/[\s/:=]+/g, '_');

function parseMapping(spec: string, device: string | null): Result<ColumnMapping, string> {
  const equals = spec.lastIndexOf('=');
  if (equals <= 0) return err(`--map ${spec}: expected column=deviceId/channel[:unit]`);
  const column = spec.slice(0, equals).trim();
  const target = spec.slice(equals + 1);
  const slash = target.indexOf('/');
  // A unit may hold a slash itself (m3/h); one before the colon parts device and channel.
  const colon = target.indexOf(':');
  const hasDevice = slash >= 0 && (colon < 0 || slash < colon);
  const deviceId = hasDevice ? target.slice(0, slash).trim() : device;
  if (deviceId === null)
    return err(`--map ${spec}: names no device; write deviceId/channel or give --device`);
  const rest = hasDevice ? target.slice(slash + 1) : target;
  const unitAt = rest.indexOf(':');
  const channel = (unitAt < 0 ? rest : rest.slice(0, unitAt)).trim();
  const unit = unitAt < 0 ? null : rest.slice(unitAt + 1).trim();
  if (channel === '') return err(`--map ${spec}: names no channel`);
  return ok({ column, deviceId, channel, unit: unit === '' ? null : unit });
}

function mappingFaults({ column, deviceId, channel }: ColumnMapping, columns: readonly string[]): string[] {
  const faults: string[] = [];
  const known = (name: string): boolean => columns.includes(name);
  if (!known(column)) faults.push(`no column "${column}"; the file has ${columns.join(', ')}`);
  for (const name of [...placesIn(deviceId), ...placesIn(channel)]) {
    if (!known(name)) faults.push(`no column "${name}" for {${name}}; the file has ${columns.join(', ')}`);
  }
  const plain = deviceId.replaceAll(PLACE, 'x');
  if (!ID_PATTERN.test(plain)) faults.push(`"${deviceId}" is no device id: ${ID_PATTERN.source}`);
  return faults;
}

function doubles(targets: readonly string[]): string[] {
  const twice = new Set(targets.filter((each, i) => targets.indexOf(each) !== i));
  return [...twice].map(each => `${each} is mapped twice`);
}

const placesIn = (text: string): string[] => [...text.matchAll(PLACE)].map(match => match[1] ?? '');

/** Puts the row's cells in the {column} places. */
export function filled(text: string, row: Readonly<Record<string, string>>): string {
  return text.includes('{') ? text.replaceAll(PLACE, (_all, name: string) => (row[name] ?? '').trim()) : text;
}
