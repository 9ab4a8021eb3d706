import type { Millis } from '@anmai/kernel';

export const SHEET_ROWS_MAX = 100_000;

/** What a cell of a sheet holds. A text is never read as a formula. */
export type SheetValue = string | number | null | { readonly at: Millis };

export interface SheetColumn {
  readonly title: string;
  /** In characters; default by the title. */
  readonly width?: number;
  /** Of numbers, such as `0.0 %` or `#,##0.00`; of instants, default `yyyy-mm-dd hh:mm`. */
  readonly format?: string;
}

export interface ReportSheet {
  /** At most 31 characters reach the file. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetValue[])[];
  /** Above the table, one line each: what it is, of when, by whom. */
  readonly notes?: readonly string[];
}
