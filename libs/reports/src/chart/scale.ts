import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '@anmai/kernel';

/** Round steps of an axis of values that holds all of them; at least two ticks. */
export function valueTicks(low: number, high: number, countMax: number): number[] {
  // What differs by less than the digits of a number can tell is one value.
  const isOne = !(high - low > Math.max(1e-9, Math.abs(high) * 1e-12));
  const [from, to] = isOne ? padded(low) : [low, high];
  const raw = (to - from) / Math.max(1, countMax - 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 2.5, 5, 10].find(each => each * power >= raw * (1 - 1e-9)) ?? 10);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step));
}

const padded = (value: number): readonly [number, number] => {
  const room = Math.abs(value) < 1e-6 ? 1 : Math.abs(value) * 0.1;
  return [value - room, value + room];
};

/** Without the dust of binary fractions: 0.30000000000000004 is 0.3. */
const clean = (value: number): number => Number(value.toPrecision(12));

const STEPS_MS: readonly number[] = [
  ...[1, 5, 10, 30].map(minutes => minutes * MINUTE_MS),
  ...[1, 3, 6, 12].map(hours => hours * HOUR_MS),
  ...[1, 2, 5, 10, 30, 90, 180, 365].map(days => days * DAY_MS),
];

export interface TimeTick {
  readonly at: Millis;
  readonly label: string;
}

/** Whole minutes, hours or days of the wall clock within [from, to]. */
export function timeTicks(from: Millis, to: Millis, utcOffsetMs: number, countMax: number): TimeTick[] {
  const step = STEPS_MS.find(each => (to - from) / each <= countMax) ?? STEPS_MS.at(-1)! * 5;
  const first = Math.ceil((from + utcOffsetMs) / step) * step - utcOffsetMs;
  const ticks: TimeTick[] = [];
  for (let at = first; at <= to && ticks.length < countMax + 2; at += step) {
    ticks.push({ at, label: tickLabel(at + utcOffsetMs, step) });
  }
  return ticks;
}

function tickLabel(local: number, stepMs: number): string {
  const iso = new Date(local).toISOString();
  if (stepMs >= 90 * DAY_MS) return iso.slice(0, 7);
  if (stepMs >= DAY_MS) return iso.slice(5, 10);
  return `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
}

/** `2026-11-28 16:05` on the wall clock. */
export const wallClock = (at: Millis, utcOffsetMs: number): string =>
  new Date(at + utcOffsetMs).toISOString().slice(0, 16).replace('T', ' ');
