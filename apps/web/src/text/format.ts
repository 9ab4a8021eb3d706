/** The city's wall clock, whatever the computer is set to. */
const ZONE = 'Asia/Shanghai';

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

interface WallTime {
  /** `2026-11-22` */
  readonly day: string;
  /** `11-22` */
  readonly monthDay: string;
  /** `10:42:07` */
  readonly time: string;
}

export function wallTime(atMs: number): WallTime {
  const found = Object.fromEntries(parts.formatToParts(atMs).map(part => [part.type, part.value]));
  const monthDay = `${found['month']}-${found['day']}`;
  return {
    day: `${found['year']}-${monthDay}`,
    monthDay,
    time: `${found['hour']}:${found['minute']}:${found['second']}`,
  };
}

/** China has one time zone, and no summer time since 1992. */
export const ZONE_AHEAD_MS = 8 * 3_600_000;

export const millis = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));

/** `10:42:07` today, `07-20 16:00` on another day of the year, `2025-07-20 16:00` else. */
export function shortTime(at: string | number, nowMs: number): string {
  const then = wallTime(millis(at));
  const now = wallTime(nowMs);
  if (then.day === now.day) return then.time;
  const minutes = then.time.slice(0, 5);
  return then.day.slice(0, 4) === now.day.slice(0, 4)
    ? `${then.monthDay} ${minutes}`
    : `${then.day} ${minutes}`;
}

/** `2026-11-22 10:42:07` */
export function fullTime(at: string | number): string {
  const wall = wallTime(millis(at));
  return `${wall.day} ${wall.time}`;
}

export type SpanUnit = 'second' | 'minute' | 'hour' | 'day';

/** A length of time in its two largest units: 3 h 12 min. Never negative: clocks of devices may be ahead. */
export function spanParts(ms: number): readonly { readonly count: number; readonly unit: SpanUnit }[] {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const all = [
    { count: Math.floor(seconds / 86_400), unit: 'day' },
    { count: Math.floor(seconds / 3_600) % 24, unit: 'hour' },
    { count: Math.floor(seconds / 60) % 60, unit: 'minute' },
    { count: seconds % 60, unit: 'second' },
  ] as const;
  const first = all.findIndex(part => part.count > 0);
  if (first < 0) return [{ count: 0, unit: 'second' }];
  return all.slice(first, first + 2).filter(part => part.count > 0);
}

const NONE = '—';

/** Enough decimals for what a sensor can tell: centimetres of a level, thousandths of a megapascal. */
const decimalsOf = (value: number): number => {
  const size = Math.abs(value);
  return size >= 1_000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : size >= 0.01 || size === 0 ? 3 : 5;
};

function numberText(value: number | null, fixed: boolean): string {
  if (value === null || !Number.isFinite(value)) return NONE;
  const digits = decimalsOf(value);
  const rounded = Number(value.toFixed(digits)) + 0; // Turns -0 into 0.
  return rounded.toLocaleString('en-US', {
    minimumFractionDigits: fixed && rounded !== 0 ? Math.min(digits, 3) : 0,
    maximumFractionDigits: digits,
  });
}

/** A limit or a figure of an axis, without needless zeros: 50, 0.14. Missing: an em dash. */
export const valueText = (value: number | null): string => numberText(value, false);

/** A measured value, with as many decimals as its neighbours, so that live figures do not jitter: 53.10, 0.132. */
export const readingText = (value: number | null): string => numberText(value, true);

/** A rate or lag with one decimal below 100. */
export const countText = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });

const SYMBOLS: Readonly<Record<string, string>> = { Cel: '°C', deg: '°', '%EL': '%', bool: '', '/': '' };

/** A unit as people write it: m³/h, °C. What needs no unit (yes or no, a bare number) gets none. */
export const unitText = (unit: string): string =>
  SYMBOLS[unit] ?? unit.replace(/([a-z])2(?![0-9])/g, '$1²').replace(/([a-z])3(?![0-9])/g, '$1³');
