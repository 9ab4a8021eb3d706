import { CHECKUP_KINDS } from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { CheckupRow } from '@anmai/postgres';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

const KIND: Readonly<Record<(typeof CHECKUP_KINDS)[number], string>> = {
  regular: '房屋安全体检',
  special: '动态体检',
  patrol: '日常巡查',
};

/** One whole-day event a check-up, on its last day; changed ones come with a higher number, so that programs update them. */
export function calendarOf(rows: readonly CheckupRow[], whose: string, now: Millis): string {
  const calendar = ical({
    name: `房屋安全体检 · ${whose}`,
    prodId: { company: 'Anmai', product: 'checkups', language: 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const row of rows) {
    if (row.dueOn === null) continue;
    calendar.createEvent({
      id: `${row.id}@anmai`,
      sequence: row.version,
      stamp: new Date(now),
      start: new Date(`${row.dueOn}T00:00:00Z`),
      end: new Date(Date.parse(`${row.dueOn}T00:00:00Z`) + 86_400_000),
      allDay: true,
      summary: `${KIND[row.kind]}：${row.place.name}`,
      location: [row.place.district, row.place.street, row.place.address]
        .filter(part => part !== '')
        .join(' '),
      description: row.demand === null ? `最迟 ${row.dueOn}` : `${row.demand.reason}（最迟 ${row.dueOn}）`,
      status: ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}
