import type { BacktestReply } from '@anmai/wire';
import { ZONE_AHEAD_MS } from '../text/format';

type Spell = BacktestReply['alarms'][number];
const DAY_MS = 86_400_000;

const keyOf = (spell: Spell): string => `${spell.sensorId} ${spell.raisedAt}`;

/** Alarms of the rule in force: those of the draft, with its differences turned back. Empty: none is in force. */
export function inForceOf({ alarms, against }: BacktestReply): Spell[] {
  if (against === null) return [];
  const before = new Map(against.changed.map(pair => [keyOf(pair.after), pair.before]));
  const came = new Set(against.came.map(keyOf));
  const kept = alarms.flatMap(spell => (came.has(keyOf(spell)) ? [] : [before.get(keyOf(spell)) ?? spell]));
  return [...kept, ...against.gone].sort((a, b) => Date.parse(a.raisedAt) - Date.parse(b.raisedAt));
}

export interface DayCount {
  /** Start of the day in the city, as an instant. */
  readonly day: number;
  readonly draft: number;
  readonly inForce: number;
}

/** Alarms raised on each day of the city between the two instants, days without any included. */
export function dayCounts(reply: BacktestReply, from: number, to: number): DayCount[] {
  const dayOf = (at: number): number => Math.floor((at + ZONE_AHEAD_MS) / DAY_MS) * DAY_MS - ZONE_AHEAD_MS;
  const count = (spells: readonly Spell[]): ReadonlyMap<number, number> => {
    const counts = new Map<number, number>();
    for (const { raisedAt } of spells) {
      const day = dayOf(Date.parse(raisedAt));
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    return counts;
  };
  const draft = count(reply.alarms);
  const inForce = count(inForceOf(reply));
  const out: DayCount[] = [];
  for (let day = dayOf(from); day < to; day += DAY_MS)
    out.push({ day, draft: draft.get(day) ?? 0, inForce: inForce.get(day) ?? 0 });
  return out;
}

export type Difference = 'came' | 'gone' | 'changed' | 'same';
export interface DiffRow {
  readonly key: string;
  readonly what: Difference;
  readonly before: Spell | null;
  readonly after: Spell | null;
}

/** All differences, by time; without a rule in force every alarm of the draft is new. */
export function diffRows({ alarms, against }: BacktestReply): DiffRow[] {
  const row = (what: Difference, before: Spell | null, after: Spell | null): DiffRow => {
    const spell = after ?? before;
    return { key: `${what} ${spell === null ? '' : keyOf(spell)}`, what, before, after };
  };
  const rows =
    against === null
      ? alarms.map(after => row('came', null, after))
      : [
          ...against.came.map(after => row('came', null, after)),
          ...against.gone.map(before => row('gone', before, null)),
          ...against.changed.map(({ before, after }) => row('changed', before, after)),
        ];
  const at = ({ before, after }: DiffRow): number => Date.parse((after ?? before)?.raisedAt ?? '');
  return rows.sort((a, b) => at(a) - at(b));
}

/** Faults of the server by the field of the condition that they are about; the rest under ''. */
export function faultsByField(
  faults: readonly { readonly at: string; readonly message: string }[],
): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const { at, message } of faults) {
    const field = /(?:^|\.)condition\.(.+)$/.exec(at)?.[1] ?? '';
    const text = field === '' ? `${at}: ${message}` : message;
    out.set(field, [out.get(field), text].filter(part => part !== undefined).join('; '));
  }
  return out;
}
