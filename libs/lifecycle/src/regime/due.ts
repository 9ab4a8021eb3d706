import type { CalendarDate } from './calendar-date';
import type { KnownDue } from './due-date';
import type { RegimeDatum, RegimeFacts } from './facts';
import { asks, decidingData, possibleWays } from './possible-facts';
import type { RegimeTimeline } from './rule-set';

type Dated = Extract<KnownDue, { kind: 'dated' }>;

/**
 * When the next regular check-up of a building is due.
 * `dated`: `isEarliest` true: a datum is missing, and this is the earliest day that it can be. `unknown`: it cannot be
 * said whether anything is due at all, and `mayBeDueOn` is the earliest day that it may be; `missing` says which datum
 * decides. `uncovered`: the rules say nothing of it, which is not "exempt".
 */
export type RegimeDue =
  | (Dated & {
      readonly isEarliest: boolean;
      readonly missing: readonly RegimeDatum[];
      readonly assumed: readonly 'designLife'[];
    })
  | { readonly kind: 'exempt' }
  | { readonly kind: 'uncovered' }
  | { readonly kind: 'unknown'; readonly missing: readonly RegimeDatum[]; readonly mayBeDueOn: CalendarDate };

/** `today` decides what "exempt" means now, and bounds the years that a building may be from. */
export function regimeDue(timeline: RegimeTimeline, facts: RegimeFacts, today: CalendarDate): RegimeDue {
  const ways = possibleWays(timeline, facts, today);
  const standings = new Set(ways.map(({ due }) => standing(due, today)));
  const dated = ways.flatMap(({ due }) => (due.kind === 'dated' ? [due] : [])).sort(byDueDate);
  const first = dated[0];
  const missing = ways.length === 1 ? [] : decidingData(ways, facts, due => outcome(due, today));
  if (standings.size > 1)
    // Exempt and uncovered alone: nothing is due in any case, but which of both it is cannot be said.
    return first === undefined
      ? { kind: 'uncovered' }
      : { kind: 'unknown', missing, mayBeDueOn: first.dueOn };
  if (first === undefined) return { kind: standings.has('exempt') ? 'exempt' : 'uncovered' };
  const isEarliest = dated.some(due => due.dueOn !== first.dueOn || due.dueFrom !== first.dueFrom);
  const assumed =
    facts.designLifeYears === null && asks(timeline, 'designLifePassed') ? (['designLife'] as const) : [];
  return { ...first, isEarliest, missing: isEarliest ? missing : [], assumed };
}

/** What holds today. */
const standing = (due: KnownDue, today: CalendarDate): 'exempt' | 'uncovered' | 'covered' => {
  if (due.kind !== 'dated') return due.kind;
  return due.coveredFrom > today ? due.before : 'covered';
};

const outcome = (due: KnownDue, today: CalendarDate): string =>
  due.kind === 'dated' ? `${standing(due, today)} ${due.dueFrom} ${due.dueOn}` : due.kind;

const byDueDate = (a: Dated, b: Dated): number =>
  a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.dueFrom < b.dueFrom ? -1 : a.dueFrom > b.dueFrom ? 1 : 0;

export const DUE_STATES = ['overdue', 'due', 'dueSoon', 'later', 'unknown', 'exempt', 'uncovered'] as const;
export type DueState = (typeof DUE_STATES)[number];

/** What of it holds on a day. On the last day it is due; the day after it is overdue. */
export function dueState(due: RegimeDue, today: CalendarDate): DueState {
  if (due.kind !== 'dated') return due.kind;
  if (today > due.dueOn) return 'overdue';
  if (today >= due.dueFrom) return 'due';
  if (due.coveredFrom > today && today < due.soonFrom) return due.before;
  return today >= due.soonFrom ? 'dueSoon' : 'later';
}
