import writeExcelFile from 'write-excel-file/node';
import type { Cell, Row, Sheet } from 'write-excel-file/node';
import { AppError } from '@anmai/kernel';
import { REPORT_ERRORS } from '../errors';
import { printable } from '../text/wrap';
import { SHEET_ROWS_MAX, type ReportSheet, type SheetColumn, type SheetValue } from './sheet';
import { withoutTimes } from './zip-times';

const NAME_LENGTH_MAX = 31;
/** Longest text that a cell of Excel holds. */
const TEXT_LENGTH_MAX = 32_767;
const INSTANT = 'yyyy-mm-dd hh:mm';

const nameOf = (sheet: ReportSheet): string =>
  sheet.name.replace(/[\\/?*[\]:]/g, ' ').slice(0, NAME_LENGTH_MAX);

/** Every text is typed as text, so that no program reads one that begins with `=` as a formula. */
function cellOf(value: SheetValue, column: SheetColumn, utcOffsetMs: number): Cell {
  if (value === null) return null;
  if (typeof value === 'string') {
    return {
      type: String,
      value: printable(value).slice(0, TEXT_LENGTH_MAX),
      wrap: true,
      alignVertical: 'top',
    };
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    const format = column.format === undefined ? {} : { format: column.format };
    return { type: Number, value, alignVertical: 'top', ...format };
  }
  const at = new Date(value.at + utcOffsetMs);
  return { type: Date, value: at, format: column.format ?? INSTANT, alignVertical: 'top' };
}

function dataOf(sheet: ReportSheet, utcOffsetMs: number): Row[] {
  const notes = (sheet.notes ?? []).map((note): Row => [{ type: String, value: printable(note) }]);
  const head = sheet.columns.map((column): Cell => ({
    type: String,
    value: column.title,
    fontWeight: 'bold',
    backgroundColor: '#EEF0F3',
    bottomBorderStyle: 'thin',
    wrap: true,
  }));
  const rows = sheet.rows.map(row =>
    sheet.columns.map((column, i) => cellOf(row[i] ?? null, column, utcOffsetMs)),
  );
  return [...notes, ...(notes.length > 0 ? [[null]] : []), head, ...rows];
}

const widthOf = (column: SheetColumn): number => column.width ?? Math.max(10, column.title.length * 2 + 2);

/**
 * The sheets as one XLSX file. Instants stand as the wall clock shows them. The same sheets give the same bytes.
 * Rejects with RPT-001 when there are more rows than a file may hold.
 */
export async function xlsxOf(sheets: readonly ReportSheet[], utcOffsetMs: number): Promise<Uint8Array> {
  const count = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
  if (count > SHEET_ROWS_MAX) {
    throw new AppError(REPORT_ERRORS.tooLarge, { what: 'table rows', count, max: SHEET_ROWS_MAX });
  }
  const files = sheets.map((sheet): Sheet<never> => ({
    sheet: nameOf(sheet),
    data: dataOf(sheet, utcOffsetMs),
    columns: sheet.columns.map(column => ({ width: widthOf(column) })),
    stickyRowsCount: (sheet.notes?.length ?? -1) + 2,
  }));
  return withoutTimes(await writeExcelFile(files).toBuffer());
}
