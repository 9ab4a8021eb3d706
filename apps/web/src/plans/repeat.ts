/** Weekdays as RFC 5545 writes them, Monday first. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** How a window comes again, as the form has it. `own`: whatever else the rule says. */
export type Repeat =
  | { readonly kind: 'once' }
  | { readonly kind: 'daily' | 'weekly' | 'monthly'; readonly every: number; readonly days: readonly Weekday[]; readonly monthDays: readonly number[]; readonly end: RepeatEnd }
  | { readonly kind: 'own'; readonly text: string }; // prettier-ignore
export type RepeatEnd = { readonly count: number } | { readonly until: string } | null;
export type RepeatKind = Repeat['kind'];

const FREQS = { daily: 'DAILY', weekly: 'WEEKLY', monthly: 'MONTHLY' } as const;
const PLAIN = { every: 1, days: [], monthDays: [], end: null } as const;

/** A form of that kind, with what can be kept of the one before. */
export function repeatAs(kind: RepeatKind, before: Repeat): Repeat {
  if (kind === 'once') return { kind };
  if (kind === 'own') return { kind, text: rruleOf(before) ?? 'FREQ=MONTHLY;BYDAY=1MO' };
  const { every, days, monthDays, end } = 'every' in before ? before : PLAIN;
  return { kind, every, end, days: kind === 'weekly' ? days : [], monthDays: kind === 'monthly' ? monthDays : [] };
} // prettier-ignore

/** The rule that is sent; null: once. `until` is the last day, in the time of the city. */
export function rruleOf(repeat: Repeat): string | null {
  if (repeat.kind === 'once') return null;
  if (repeat.kind === 'own') return repeat.text.trim();
  const { kind, every, days, monthDays, end } = repeat;
  return [
    `FREQ=${FREQS[kind]}`,
    ...(every === 1 ? [] : [`INTERVAL=${every}`]),
    ...(kind === 'weekly' && days.length > 0 ? [`BYDAY=${WEEKDAYS.filter(day => days.includes(day)).join(',')}`] : []),
    ...(kind === 'monthly' && monthDays.length > 0 ? [`BYMONTHDAY=${monthDays.join(',')}`] : []),
    ...(end === null ? [] : 'count' in end ? [`COUNT=${end.count}`] : [`UNTIL=${end.until.replaceAll('-', '')}`]),
  ].join(';');
} // prettier-ignore

/** A stored rule as the form has it; what the form has no fields for stays as text. */
export function repeatOf(rrule: string | null): Repeat {
  if (rrule === null) return { kind: 'once' };
  const own: Repeat = { kind: 'own', text: rrule };
  const parts = new Map(
    rrule
      .replace(/^RRULE:/i, '')
      .toUpperCase()
      .split(';')
      .map(part => part.split('=') as [string, string]),
  );
  const kind = (Object.keys(FREQS) as (keyof typeof FREQS)[]).find(name => FREQS[name] === parts.get('FREQ'));
  if (kind === undefined) return own;
  const days = (parts.get('BYDAY') ?? '').split(',').filter(day => day !== '');
  const monthDays = (parts.get('BYMONTHDAY') ?? '').split(',').filter(day => day !== '').map(Number);
  const until = /^(\d{4})(\d\d)(\d\d)$/.exec(parts.get('UNTIL') ?? '');
  const count = parts.get('COUNT');
  const end = count !== undefined ? { count: Number(count) } : until ? { until: until.slice(1).join('-') } : null;
  const found: Repeat = { kind, every: Number(parts.get('INTERVAL') ?? 1), days: days as Weekday[], monthDays, end };
  return sameRule(rruleOf(found), rrule) ? found : own;
} // prettier-ignore

/** The same parts, in whatever order. */
function sameRule(made: string | null, given: string): boolean {
  const sorted = (text: string): string =>
    text
      .replace(/^RRULE:/i, '')
      .toUpperCase()
      .split(';')
      .filter(part => part !== 'INTERVAL=1')
      .sort()
      .join(';');
  return made !== null && sorted(made) === sorted(given);
}
