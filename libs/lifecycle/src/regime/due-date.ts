import { addDays, addMonths, addYears, dateOf, later, type CalendarDate } from './calendar-date';
import type { KnownFacts } from './facts';
import { firstRoundOf, rowOn, turningDays } from './period-on';
import type { Mark } from '../checkup/mark';
import type { Period, RegimeRow, RegimeRuleSet, RegimeTimeline } from './rule-set';

/** When all that is asked of a building is known. */
export type KnownDue =
  | {
      readonly kind: 'dated';
      /** From that day on a rule asks for check-ups of it; before, it is exempt or outside of the rules. */
      readonly coveredFrom: CalendarDate;
      readonly before: 'exempt' | 'uncovered';
      readonly dueFrom: CalendarDate;
      readonly dueOn: CalendarDate;
      readonly soonFrom: CalendarDate;
      readonly rowId: string;
      readonly ruleSet: { readonly id: string; readonly version: number };
      readonly period: Period;
      readonly mark: Mark;
    }
  | { readonly kind: 'exempt' }
  | { readonly kind: 'uncovered' };

/** A stretch of days on which the same row of the same rule set decides. `to` is no longer part of it. */
interface Stretch {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly ruleSet: RegimeRuleSet;
  readonly row: RegimeRow | null;
}
/** Nothing is planned beyond. */
const END: CalendarDate = '9999-12-31';

/**
 * The first day on which the rules that are then in force want a check-up that is not there. So a stricter row (age,
 * design life, new rules) that comes between two check-ups brings the day forward, but never before the day on which it
 * began to hold.
 */
export function dueDateOf(timeline: RegimeTimeline, facts: KnownFacts): KnownDue {
  let covered: CalendarDate | null = null;
  let before: 'exempt' | 'uncovered' = 'uncovered';
  let isExempt = false;
  for (const stretch of stretches(timeline, facts)) {
    const { row } = stretch;
    if (row === null || row.period.kind === 'exempt') {
      isExempt = row !== null;
      covered = null;
      continue;
    }
    if (covered === null) {
      covered = stretch.from;
      before = isExempt ? 'exempt' : 'uncovered';
    }
    const found = dueIn(stretch, row, row.period, facts, covered);
    if (found !== null) return { ...found, coveredFrom: covered, before };
  }
  return { kind: isExempt ? 'exempt' : 'uncovered' };
}

type Found = Omit<Extract<KnownDue, { kind: 'dated' }>, 'coveredFrom' | 'before'>;

function dueIn(
  { from, to, ruleSet }: Stretch,
  row: RegimeRow,
  period: Exclude<Period, { kind: 'exempt' }>,
  facts: KnownFacts,
  covered: CalendarDate,
): Found | null {
  const window = windowOf(from, ruleSet, period, facts, covered);
  // The rules that hold on that day say when it is: it is looked for among theirs.
  if (window.dueOn >= to) return null;
  return {
    kind: 'dated',
    ...window,
    soonFrom: addDays(window.dueFrom, -ruleSet.soonDays),
    rowId: row.id,
    ruleSet: { id: ruleSet.id, version: ruleSet.version },
    period,
    mark: row.mark,
  };
}

/** First and last day of the next check-up, by the rules of one stretch. */
function windowOf(
  from: CalendarDate,
  ruleSet: RegimeRuleSet,
  period: Exclude<Period, { kind: 'exempt' }>,
  facts: KnownFacts,
  covered: CalendarDate,
): { readonly dueFrom: CalendarDate; readonly dueOn: CalendarDate } {
  const { lastRegularOn } = facts;
  if (lastRegularOn !== null) {
    const dueOn = later(from, addYears(lastRegularOn, period.years));
    return { dueFrom: later(from, addDays(dueOn, -ruleSet.openDays)), dueOn };
  }
  // Before business starts: of a business that is there already it is due at once.
  if (period.kind === 'beforeUse') {
    const dueOn = later(covered, facts.businessSince ?? covered);
    return { dueFrom: later(covered, addDays(dueOn, -ruleSet.openDays)), dueOn };
  }
  const round = firstRoundOf(ruleSet, facts, from);
  if (round !== null)
    return {
      dueFrom: later(covered, dateOf(round.year, 1, 1)),
      dueOn: later(covered, dateOf(round.year, 12, 31)),
    };
  return { dueFrom: covered, dueOn: addMonths(covered, ruleSet.firstWithinMonths.value) };
}

function stretches(timeline: RegimeTimeline, facts: KnownFacts): Stretch[] {
  return timeline.flatMap(({ from, ruleSet }, i): Stretch[] => {
    const end = timeline[i + 1]?.from ?? END;
    const turns = turningDays(ruleSet, facts).filter(day => day > from && day < end);
    const starts = [from, ...turns.sort()];
    return starts.map((start, k) => ({
      from: start,
      to: starts[k + 1] ?? end,
      ruleSet,
      row: rowOn(ruleSet, facts, start),
    }));
  });
}
