import { addDays, later, type CalendarDate } from './calendar-date';
import type { RegimeTimeline } from './rule-set';

/** When the duty holder's next patrol (日常巡查) is due; null: the rules that hold that day ask for none. */
export function patrolDueOn(
  timeline: RegimeTimeline,
  lastPatrolOn: CalendarDate | null,
  today: CalendarDate,
): CalendarDate | null {
  const span = timeline.findLast(each => each.from <= today);
  const every = span?.ruleSet.patrolEveryDays.value ?? null;
  if (span === undefined || every === null) return null;
  return lastPatrolOn === null ? addDays(span.from, every) : later(span.from, addDays(lastPatrolOn, every));
}
