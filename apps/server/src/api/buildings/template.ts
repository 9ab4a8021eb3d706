import { TEMPLATE_COLUMNS } from '@anmai/lifecycle';
import writeXlsxFile from 'write-excel-file/node';

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const headings = (lang: 'zh' | 'en'): string[] =>
  TEMPLATE_COLUMNS.map(column => column[lang][0] ?? column.key);

/** The heading and one row as an example; with a mark at its start, so that Excel reads it as UTF-8. */
export function csvTemplate(lang: 'zh' | 'en'): string {
  const lines = [headings(lang), TEMPLATE_COLUMNS.map(column => column.example)];
  return '\uFEFF' + lines.map(cells => cells.map(quoted).join(',')).join('\r\n') + '\r\n';
}

export function xlsxTemplate(lang: 'zh' | 'en'): Promise<Buffer> {
  const row = (cells: readonly string[], isHeading: boolean) =>
    cells.map(value => ({ value, type: String, ...(isHeading ? { fontWeight: 'bold' as const } : {}) }));
  return writeXlsxFile([
    row(headings(lang), true),
    row(
      TEMPLATE_COLUMNS.map(column => column.example),
      false,
    ),
  ]).toBuffer();
}
