import { derivedId } from '@anmai/kernel';
import { columnOf, emptyDraft, sameKey, NO_ADDRESS, type Draft, type ImportColumn } from '@anmai/lifecycle';
import type { BuildingImportFault, BuildingImportRow } from '@anmai/postgres';
import { buildingFields, idSchema } from '@anmai/wire';
import type { z } from 'zod';
import type { SheetRow } from './sheet';

const VALUE_CHARS_MAX = 60;

/** Rows that can be written, and what is wrong with the others. */
export class RowReader {
  readonly rows: BuildingImportRow[] = [];
  readonly faults: BuildingImportFault[] = [];
  /** Rows with an error. */
  faulty = 0;
  private columns: readonly (ImportColumn | null)[] | null = null;
  private headings: readonly string[] = [];
  private readonly rowOfId = new Map<string, number>();

  /** `orgId`: of new buildings whose row does not say. */
  constructor(private readonly orgId: string) {}

  /** The first row is the heading. Empty rows are passed over. */
  take(line: SheetRow): void {
    if (line.cells.every(cell => cell === '')) return;
    if (this.columns === null) return this.takeHeading(line);
    const before = this.faults.length;
    const draft = this.draftOf(line, this.columns);
    this.check(line.row, draft);
    const id = this.idOf(line.row, draft);
    if (this.faults.length > before || id === null) {
      this.faulty += 1;
      return;
    }
    const { orgId, patch } = draft;
    this.rows.push({ row: line.row, id, orgId, newOrgId: this.orgId, patch });
  }

  /** Were there any columns that are known? */
  get hasHeading(): boolean {
    return this.columns?.some(column => column !== null) ?? false;
  }

  private takeHeading({ row, cells }: SheetRow): void {
    this.headings = cells;
    const seen = new Set<string>();
    this.columns = cells.map(cell => {
      const column = columnOf(cell);
      if (column === null && cell !== '') this.fault(row, cell, 'unknownColumn', cell, 'warning');
      if (column !== null && seen.has(column.key)) this.fault(row, cell, 'columnTwice', cell, 'warning');
      if (column === null || seen.has(column.key)) return null;
      seen.add(column.key);
      return column;
    });
  }

  private draftOf({ row, cells }: SheetRow, columns: readonly (ImportColumn | null)[]): Draft {
    const draft = emptyDraft();
    columns.forEach((column, n) => {
      const cell = cells[n] ?? '';
      if (column === null || cell === '') return;
      const code = column.take(cell, draft);
      if (code !== null) this.fault(row, this.headings[n] ?? column.key, code, cell);
    });
    const { lon, lat, patch } = draft;
    if (patch.footprint === undefined && lon !== null && lat !== null) {
      patch.footprint = { type: 'Point', coordinates: [lon, lat] };
    } else if ((lon === null) !== (lat === null)) this.fault(row, 'lon', 'halfPlace', '');
    return draft;
  }

  /** Each part by the schema of the same part of POST /buildings. */
  private check(row: number, { id, patch }: Draft): void {
    const faultsOf = (key: string, schema: z.ZodType, value: unknown): void => {
      const [issue] = schema.safeParse(value).error?.issues ?? [];
      if (issue === undefined) return;
      const column = [key, ...issue.path.map(String)].join('.');
      this.fault(row, column, 'badValue', issue.message);
    };
    if (id !== null) faultsOf('id', idSchema, id);
    for (const [key, value] of Object.entries(patch)) {
      faultsOf(key, buildingFields[key as keyof typeof buildingFields], value);
    }
  }

  /** The same row of the same register is the same building again: its id follows from its code, or from name and address. */
  private idOf(row: number, { id, patch, lon, lat }: Draft): string | null {
    const [code] = patch.codes ?? [];
    const key = sameKey({ name: patch.name ?? '', address: { ...NO_ADDRESS, ...patch.address } });
    const place =
      patch.name !== undefined && lon !== null && lat !== null ? `${patch.name} ${lon} ${lat}` : '';
    const made =
      id ??
      (code !== undefined
        ? derivedId('bld', code.scheme, code.code)
        : key !== ''
          ? derivedId('bld', 'key', key)
          : place !== ''
            ? derivedId('bld', 'place', place)
            : null);
    if (made === null) {
      this.fault(row, 'code', 'noIdentity', patch.name ?? '');
      return null;
    }
    const first = this.rowOfId.get(made);
    if (first !== undefined) this.fault(row, 'id', 'duplicateRow', String(first));
    else this.rowOfId.set(made, row);
    return made;
  }

  private fault(
    row: number,
    column: string,
    code: string,
    value: string,
    level: BuildingImportFault['level'] = 'error',
  ): void {
    this.faults.push({ row, column, level, code, value: value.slice(0, VALUE_CHARS_MAX) });
  }
}
