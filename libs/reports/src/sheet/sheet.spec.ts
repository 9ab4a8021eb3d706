import { inflateRawSync } from 'node:zlib';
import readExcelFile from 'read-excel-file/node';
import { HOUR_MS } from '@anmai/kernel';
import { csvOf } from './csv-of';
import type { ReportSheet } from './sheet';
import { xlsxOf } from './xlsx-of';

const SHEET: ReportSheet = {
  name: '资金/明细',
  notes: ['示例市 2026 年 10 月'],
  columns: [{ title: '用途' }, { title: '金额', format: '#,##0.00' }, { title: '时间' }],
  rows: [
    ['=HYPERLINK("http://x","y")', 1234.5, { at: Date.UTC(2026, 9, 31, 16) }],
    ['+86 371', null, null],
    ['体检，"首轮"', -3, null],
    ['@SUM(A1)', NaN, null],
  ],
};

it('CSV: quoted, with a mark for Excel, and no text that is read as a formula', () => {
  expect(csvOf(SHEET)).toBe(
    '\uFEFF用途,金额,时间\r\n' +
      `"'=HYPERLINK(""http://x"",""y"")",1234.5,2026-10-31T16:00:00.000Z\r\n` +
      `"'+86 371",,\r\n"体检，""首轮""",-3,\r\n"'@SUM(A1)",,\r\n`,
  );
});

it('XLSX: texts as texts, numbers as numbers, instants as the wall clock shows them', async () => {
  const bytes = await xlsxOf([SHEET], 8 * HOUR_MS);
  const [sheet] = await readExcelFile(Buffer.from(bytes));
  expect(sheet!.sheet).toBe('资金 明细');
  expect(sheet!.data.slice(2)).toEqual([
    ['用途', '金额', '时间'],
    ['=HYPERLINK("http://x","y")', 1234.5, new Date(Date.UTC(2026, 10, 1))],
    ['+86 371', null, null],
    ['体检，"首轮"', -3, null],
    ['@SUM(A1)', null, null],
  ]);
});

it('XLSX: no formula in the file, and the same sheets give the same bytes', async () => {
  const bytes = Buffer.from(await xlsxOf([SHEET, { ...SHEET, name: '二' }], 0));
  expect(sheetXml(bytes)).toContain('t="s"');
  expect(sheetXml(bytes)).not.toContain('<f>');
  expect(bytes.equals(await xlsxOf([SHEET, { ...SHEET, name: '二' }], 0))).toBe(true);
  expect(bytes.readUInt32LE(10)).toBe(0x0021_0000);
});

it('XLSX: refuses more rows than a file may hold', async () => {
  const rows = Array.from({ length: 100_001 }, () => [null]);
  await expect(xlsxOf([{ ...SHEET, rows }], 0)).rejects.toMatchObject({ code: 'RPT-001' });
});

/** The first worksheet of the file, which is a ZIP of deflated entries. */
function sheetXml(zip: Buffer): string {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16);
  for (;;) {
    const name = zip.toString('latin1', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    if (name === 'xl/worksheets/sheet1.xml') break;
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  const local = zip.readUInt32LE(at + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const body = zip.subarray(start, start + zip.readUInt32LE(at + 20));
  return inflateRawSync(body).toString();
}
