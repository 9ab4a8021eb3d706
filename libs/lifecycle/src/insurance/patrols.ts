import { DAY_MS, type Millis } from '@anmai/kernel';
import type { PatrolDuty, PatrolKind, PolicyTerms } from './policy';

export interface Patrol {
  readonly id: string;
  readonly buildingId: string;
  readonly kind: PatrolKind;
  readonly at: Millis;
}

/**
 * `fulfilled`: looked at in time. `late`: after its time. `overdue`: its time is over and nobody looked.
 * `due`: its time runs. `ahead`: its time has not begun. Nothing on record is never `fulfilled`.
 */
export type SlotState = 'fulfilled' | 'late' | 'overdue' | 'due' | 'ahead';
export interface DutySlot {
  readonly kind: PatrolKind;
  /** One patrol is owed in [from, to). */
  readonly from: Millis;
  readonly to: Millis;
  readonly state: SlotState;
  readonly patrolId: string | null;
}

/**
 * The same day and time of the local calendar `months` later, the last day of a shorter month. A policy begins at midnight:
 * by UTC that is the day before, and its leap day another one.
 */
export function monthsLater(at: Millis, months: number, utcOffsetMs: number): Millis {
  const local = at + utcOffsetMs;
  const date = new Date(local);
  const day = date.getUTCDate();
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return first + (Math.min(day, days) - 1) * DAY_MS + (local % DAY_MS) - utcOffsetMs;
}

/** An instant, and by how much the clock of the city is ahead of UTC. */
export interface LocalNow {
  readonly now: Millis;
  readonly utcOffsetMs: number;
}

export const PATROLS_PER_YEAR_MAX = 52;

/** The stretches in which a patrol is owed: each year of the policy in equal parts. What is left of a year counts whole. */
function slotsOf(
  duty: PatrolDuty,
  { startsAt, endsAt }: Pick<PolicyTerms, 'startsAt' | 'endsAt'>,
  utcOffsetMs: number,
): [Millis, Millis][] {
  const slots: [Millis, Millis][] = [];
  const yearsLater = (years: number): Millis => monthsLater(startsAt, 12 * years, utcOffsetMs);
  for (let year = 0; yearsLater(year) < endsAt; year += 1) {
    const from = yearsLater(year);
    const length = yearsLater(year + 1) - from;
    for (let i = 0; i < duty.timesPerYear; i += 1) {
      const at = from + Math.round((length * i) / duty.timesPerYear);
      const to = from + Math.round((length * (i + 1)) / duty.timesPerYear);
      if (at < endsAt) slots.push([at, Math.min(to, endsAt)]);
    }
  }
  return slots;
}

/**
 * How the insurer fulfils one duty on one building. A patrol stands for the stretch in which it was made; a second one
 * in the same stretch makes good the earliest that was missed, late.
 */
export function dutySlots(
  duty: PatrolDuty,
  policy: Pick<PolicyTerms, 'startsAt' | 'endsAt'>,
  patrols: readonly Patrol[],
  { now, utcOffsetMs }: LocalNow,
): DutySlot[] {
  const slots = slotsOf(duty, policy, utcOffsetMs);
  const own = patrols
    .filter(patrol => patrol.kind === duty.kind && patrol.at <= now)
    .sort((a, b) => a.at - b.at);
  const inTime = new Map<number, string>();
  const spare: Patrol[] = [];
  for (const patrol of own) {
    const i = slots.findIndex(([from, to]) => patrol.at >= from && patrol.at < to);
    if (i >= 0 && !inTime.has(i)) inTime.set(i, patrol.id);
    else spare.push(patrol);
  }
  return slots.map(([from, to], i) => {
    const base = { kind: duty.kind, from, to };
    const done = inTime.get(i);
    if (done !== undefined) return { ...base, state: 'fulfilled', patrolId: done };
    const late = to <= now ? spare.findIndex(patrol => patrol.at >= to) : -1;
    if (late >= 0) return { ...base, state: 'late', patrolId: spare.splice(late, 1)[0]!.id };
    return { ...base, state: to <= now ? 'overdue' : from <= now ? 'due' : 'ahead', patrolId: null };
  });
}
