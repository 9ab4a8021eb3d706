import { spanOf, type MinuteSpan } from './day-time';
import type { Shift } from './notify-data';

/** Shifts that differ in nothing but their weekday, as one row of the form. */
export interface ShiftRow extends MinuteSpan {
  /** 1 Monday … 7 Sunday, ascending. */
  readonly weekdays: readonly number[];
  readonly recipientIds: readonly string[];
}

const keyOf = ({ fromMinute, toMinute, recipientIds }: Shift): string =>
  `${fromMinute} ${toMinute} ${recipientIds.join(' ')}`;

export function rowsOf(shifts: readonly Shift[]): ShiftRow[] {
  const rows = new Map<string, ShiftRow>();
  for (const shift of shifts) {
    const { fromMinute, toMinute, recipientIds, weekday } = shift;
    const days = rows.get(keyOf(shift))?.weekdays ?? [];
    rows.set(keyOf(shift), { fromMinute, toMinute, recipientIds, weekdays: [...new Set([...days, weekday])].sort() });
  }
  return [...rows.values()].sort((a, b) => a.fromMinute - b.fromMinute);
} // prettier-ignore

export const shiftsOf = (rows: readonly ShiftRow[]): Shift[] =>
  rows.flatMap(({ weekdays, fromMinute, toMinute, recipientIds }) =>
    weekdays.map(weekday => ({ weekday, fromMinute, toMinute, recipientIds: [...recipientIds] })),
  );

/** The row with another beginning or end; as it was while that is no time of day. */
export function withClock(row: ShiftRow, from: string, to: string): ShiftRow {
  const span = spanOf(from, to);
  return span === null ? row : { ...row, ...span };
}

/** Why a row cannot be saved; null: it can. */
export const rowFault = ({ weekdays, recipientIds }: ShiftRow): 'days' | 'people' | null =>
  weekdays.length === 0 ? 'days' : recipientIds.length === 0 ? 'people' : null;
