import { printable } from '../text/wrap';
import type { ReportSheet, SheetValue } from './sheet';

/** What makes a spreadsheet program take a text for a formula (also after a comma in other locales). */
const FORMULA = /^[=+\-@\t\r]/;

function field(value: SheetValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'object') return new Date(value.at).toISOString();
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\n\r;']/.test(text) ? `"${printable(text).replaceAll('"', '""')}"` : printable(text);
}

/** RFC 4180 with a byte order mark, without which Excel reads Chinese wrongly. Times are UTC; notes are left out. */
export function csvOf(sheet: ReportSheet): string {
  const rows = [sheet.columns.map(column => column.title), ...sheet.rows];
  return `\uFEFF${rows.map(row => row.map(field).join(',')).join('\r\n')}\r\n`;
}
