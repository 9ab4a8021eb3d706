import { parse } from 'csv-parse/sync';
import { AppError } from '@anmai/kernel';
import { IMPORT_LISTS, type ImportListName } from '@anmai/wire';
import { API_ERRORS } from '../errors';

const RECORDS: Readonly<Record<string, ImportListName>> = {
  org: 'orgs',
  asset: 'assets',
  device: 'devices',
  sensor: 'sensors',
};
const LINKS_SEPARATOR = /[;|]/;

/** One thing of an import and where it came from: `row 12` of a CSV, `sensors.3` of a JSON body. */
export interface ImportRow {
  readonly list: ImportListName;
  readonly at: string;
  readonly value: unknown;
}

/** Columns of each kind of row, as the documentation lists them. Empty cells are left out. */
export const CSV_COLUMNS: Readonly<Record<ImportListName, readonly string[]>> = {
  orgs: ['id', 'name', 'parentId'],
  assets: ['id', 'kind', 'name', 'lon', 'lat', 'geometry', 'parentId', 'orgId', 'links', 'properties'],
  devices: ['id', 'name', 'assetId', 'model'],
  sensors: [
    'id',
    'name',
    'assetId',
    'deviceId',
    'channel',
    'quantity',
    'unit',
    'expectedEverySeconds',
    'rangeMin',
    'rangeMax',
  ],
};

/**
 * Rows of a CSV: a header line, then one thing a line; the column `record` says what it is (org, asset, device,
 * sensor), or `list` says it for all. Throws API-004 when the text is no CSV at all.
 */
export function csvRows(bytes: Buffer, list: ImportListName | null): ImportRow[] {
  return parsed(decoded(bytes)).map(({ record, info }) => {
    const named = record['record']?.trim() ?? '';
    const of = list ?? RECORDS[named] ?? null;
    if (of === null) throw unreadable(`row ${info.lines}: \`record\` must be org, asset, device or sensor`);
    return { list: of, at: `row ${info.lines}`, value: valueOf(of, record) };
  });
}

interface Line {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

function parsed(text: string): Line[] {
  try {
    return parse(text, {
      bom: true,
      columns: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 65_536,
    }) as unknown as Line[];
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

function valueOf(list: ImportListName, cells: Readonly<Record<string, string>>): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [column, cell] of Object.entries(cells)) {
    if (cell === '' || column === 'record') continue;
    // An unknown column of a file with several kinds of rows belongs to another kind only when it is empty here.
    value[column] = typed(column, cell);
  }
  if (list === 'assets') foldPoint(value);
  if (list === 'sensors') foldRange(value);
  return value;
}

function typed(column: string, cell: string): unknown {
  switch (column) {
    case 'lon':
    case 'lat':
    case 'expectedEverySeconds':
    case 'rangeMin':
    case 'rangeMax':
      return Number.isFinite(Number(cell)) ? Number(cell) : cell;
    case 'links':
      return cell.split(LINKS_SEPARATOR).map(part => part.trim());
    case 'geometry':
    case 'properties':
      return jsonOrText(cell);
    default:
      return cell;
  }
}

/** Left as text when it is no JSON: the schema then names the cell. */
function jsonOrText(cell: string): unknown {
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}

function foldPoint(value: Record<string, unknown>): void {
  const { lon, lat } = value;
  if (lon === undefined && lat === undefined) return;
  delete value['lon'];
  delete value['lat'];
  value['geometry'] ??= { type: 'Point', coordinates: [lon, lat] };
}

function foldRange(value: Record<string, unknown>): void {
  const { rangeMin: min, rangeMax: max } = value;
  if (min === undefined && max === undefined) return;
  delete value['rangeMin'];
  delete value['rangeMax'];
  value['range'] = { min, max };
}

const unreadable = (reason: string): AppError => new AppError(API_ERRORS.badCsv, { reason });

export const isImportList = (text: string): text is ImportListName =>
  (IMPORT_LISTS as readonly string[]).includes(text);
