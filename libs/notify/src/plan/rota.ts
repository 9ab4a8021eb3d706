import { DAY_MS, type Millis } from '@anmai/kernel';
import { dayStart, holds, spansAround, type Span } from './local-day';

/** Each week. Minutes since local midnight of `weekday`; `toMinute` may pass 1,440: 20:00 to 08:00 is 1,200 to 1,920. */
export interface Shift {
  /** 1 Monday … 7 Sunday: the day on which it begins. */
  readonly weekday: number;
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly recipientIds: readonly string[];
}

/** Takes the place of all shifts in [from, to). Of several at once the last in the list counts. */
export interface RotaException extends Span {
  readonly recipientIds: readonly string[];
  readonly reason: string;
}

export interface Rota {
  readonly id: string;
  readonly shifts: readonly Shift[];
  readonly exceptions: readonly RotaException[];
}

/** Who is on duty at that instant, each once; nobody: an empty list. */
export function onDuty(rota: Rota, at: Millis, utcOffsetMs: number): readonly string[] {
  const exception = rota.exceptions.findLast(each => holds(each, at));
  if (exception !== undefined) return [...new Set(exception.recipientIds)];
  const shifts = rota.shifts.filter(shift =>
    spansAround(shift.fromMinute, shift.toMinute, at, utcOffsetMs).some(
      span => span.weekday === shift.weekday && holds(span, at),
    ),
  );
  return [...new Set(shifts.flatMap(shift => shift.recipientIds))];
}

export const ROTA_DAYS_MAX = 62;

/** Spans of [from, to) in which nobody is on duty, to be shown before they come. At most ROTA_DAYS_MAX days are looked at. */
export function rotaGaps(rota: Rota, from: Millis, to: Millis, utcOffsetMs: number): readonly Span[] {
  const end = Math.min(to, from + ROTA_DAYS_MAX * DAY_MS);
  const borders = bordersOf(rota, from, end, utcOffsetMs);
  const gaps: Span[] = [];
  for (const [i, start] of borders.entries()) {
    const next = borders[i + 1] ?? end;
    if (next <= start || onDuty(rota, start, utcOffsetMs).length > 0) continue;
    const last = gaps[gaps.length - 1];
    if (last?.to === start) gaps[gaps.length - 1] = { from: last.from, to: next };
    else gaps.push({ from: start, to: next });
  }
  return gaps;
}

/** Instants of [from, end) at which who is on duty can change, ascending; `from` is the first. */
function bordersOf(rota: Rota, from: Millis, end: Millis, utcOffsetMs: number): Millis[] {
  const instants = new Set([from, ...rota.exceptions.flatMap(each => [each.from, each.to])]);
  for (let day = dayStart(from, utcOffsetMs); day < end; day += DAY_MS)
    for (const shift of rota.shifts)
      for (const span of spansAround(shift.fromMinute, shift.toMinute, day, utcOffsetMs))
        if (span.weekday === shift.weekday) instants.add(span.from).add(span.to);
  return [...instants].filter(at => at >= from && at < end).sort((a, b) => a - b);
}
