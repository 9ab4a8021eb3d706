import type { Millis } from '@anmai/kernel';
import { figure, isSilent, noData, TEN_MINUTES_MS, within, type Kpi, type KpiPeriod } from './kpi';
import type { Activation } from './activation';
import { KPI_TARGETS } from './targets';

/** In above so many within 10 minutes, out below so many. */
export const FLOOD_ENTER_ABOVE = 10;
export const FLOOD_LEAVE_BELOW = 5;
/** The newest so many times decide both borders; more need not be kept. */
const TIMES_MAX = FLOOD_ENTER_ABOVE + 1;

/** The banner over an operator's page. JSON. */
export interface FloodState {
  /** Newest last, at most TIMES_MAX. */
  readonly times: readonly Millis[];
  /** null: no flood. */
  readonly since: Millis | null;
  /** Alarms since then, those that made it a flood included. */
  readonly count: number;
}
export const NO_FLOOD: FloodState = { times: [], since: null, count: 0 };

/** [since, until): `until` null: it goes on. */
export interface FloodSpell {
  readonly since: Millis;
  readonly until: Millis | null;
  readonly count: number;
}

/**
 * One alarm (`raised`), or a tick. `at` never goes back. A window is the 10 minutes up to `at`, its start left out. Gives
 * the flood that ended in between, with the instant at which it did: ticks may be late.
 */
export function stepFlood(
  state: FloodState,
  at: Millis,
  raised: boolean,
): { readonly state: FloodState; readonly ended: FloodSpell | null } {
  const until = floodEndsAt(state);
  const isOver = until !== null && until <= at;
  const ended = isOver ? { since: state.since!, until, count: state.count } : null;
  const calm: FloodState = isOver ? { ...state, since: null, count: 0 } : state;
  if (!raised) return { state: calm, ended };
  const times = [...calm.times, at].slice(-TIMES_MAX);
  const count = times.filter(time => at - time < TEN_MINUTES_MS).length;
  if (calm.since !== null) return { state: { times, since: calm.since, count: calm.count + 1 }, ended };
  const isFlood = count > FLOOD_ENTER_ABOVE;
  return { state: { times, since: isFlood ? at : null, count: isFlood ? count : 0 }, ended };
}

/** Without another alarm; null: there is no flood. */
export function floodEndsAt({ since, times }: FloodState): Millis | null {
  if (since === null) return null;
  // With the fifth newest gone from the window, fewer than five are left in it.
  return times[times.length - FLOOD_LEAVE_BELOW]! + TEN_MINUTES_MS;
}

/** Floods that touch the period; alarms before it count towards them. `activations` in order. */
export function floodSpells(activations: readonly Activation[], { from, to }: KpiPeriod): FloodSpell[] {
  if (to <= from) return [];
  const out: FloodSpell[] = [];
  let state = NO_FLOOD;
  for (const { at } of activations) {
    if (at >= to) break;
    const step = stepFlood(state, at, true);
    if (step.ended !== null) out.push(step.ended);
    state = step.state;
  }
  const last = stepFlood(state, to, false);
  if (last.ended !== null) out.push(last.ended);
  if (last.state.since !== null) out.push({ since: last.state.since, until: null, count: last.state.count });
  return out.filter(spell => (spell.until ?? to) > from);
}

export interface FloodFigures {
  /** Of the period, 0 … 1. */
  readonly share: number;
  readonly floods: readonly FloodSpell[];
}

export function floodKpi(activations: readonly Activation[], period: KpiPeriod): Kpi<FloodFigures> {
  const { from, to } = period;
  const floods = floodSpells(activations, period);
  // A flood that reaches into the period is known, even when nothing more was heard.
  const inside = within(period, activations, each => each.at);
  if (floods.length === 0 && isSilent(period, inside.length)) return noData(KPI_TARGETS.flood);
  const floodMs = floods.reduce(
    (sum, { since, until }) => sum + Math.min(until ?? to, to) - Math.max(since, from),
    0,
  );
  const share = floodMs / (to - from);
  return figure({ share, floods }, share < 0.01, KPI_TARGETS.flood);
}
