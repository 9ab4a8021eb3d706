import { AppError, type Millis } from '@anmai/kernel';
import type { BookingRecord, Records } from '@anmai/postgres';
import { REPORT_ERRORS, type ReportSheet } from '@anmai/reports';

/** Lines of one export. */
export const EXPORT_LINES_MAX = 50_000;
const PAGE = 1_000;

/** All lines of the bookings of a period, oldest page last. Rejects with RPT-001 beyond EXPORT_LINES_MAX. */
export async function exportedBookings(
  records: Pick<Records, 'money'>,
  span: { readonly from?: Millis | undefined; readonly to?: Millis | undefined },
  within: string | null,
): Promise<ReportSheet> {
  const rows: ReportSheet['rows'][number][] = [];
  for (let cursor: string | null = null, more = true; more;) {
    const page: Awaited<ReturnType<Records['money']['bookings']>> = await records.money.bookings(
      { ...span, limit: PAGE, cursor },
      within,
    );
    rows.push(...page.items.flatMap(linesOf));
    if (rows.length > EXPORT_LINES_MAX) {
      throw new AppError(REPORT_ERRORS.tooLarge, {
        what: 'lines',
        count: rows.length,
        max: EXPORT_LINES_MAX,
      });
    }
    cursor = page.nextCursor;
    more = cursor !== null;
  }
  return { name: '记账明细', columns: COLUMNS, rows };
}

const COLUMNS: ReportSheet['columns'] = [
  { title: '日期', width: 18 },
  { title: '凭证', width: 26 },
  { title: '资金类别', width: 12 },
  { title: '类型', width: 10 },
  { title: '来源/用途', width: 16 },
  { title: '科目', width: 24 },
  { title: '借方（元）', width: 16, format: '#,##0.00' },
  { title: '贷方（元）', width: 16, format: '#,##0.00' },
  { title: '建筑', width: 24 },
  { title: '摘要', width: 40 },
  { title: '经办', width: 14 },
  { title: '申请', width: 24 },
  { title: '冲销凭证', width: 24 },
];

const POTS = { public: '公共账户', individual: '个人账户' } as const;
const KINDS = { income: '收入', spending: '支出', reversal: '冲销' } as const;

const linesOf = (booking: BookingRecord): ReportSheet['rows'][number][] =>
  booking.lines.map(line => [
    { at: booking.at },
    booking.id,
    POTS[booking.pot],
    KINDS[booking.kind],
    booking.code,
    line.accountId,
    line.amountFen > 0 ? line.amountFen / 100 : null,
    line.amountFen < 0 ? -line.amountFen / 100 : null,
    line.buildingId,
    booking.text,
    booking.actor,
    booking.requestId,
    booking.reverses,
  ]);
