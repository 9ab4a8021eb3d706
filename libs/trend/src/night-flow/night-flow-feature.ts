import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from '@anmai/kernel';
import { medianOf, replaced } from '../baseline/robust';
import type { Explanation, Feature, FeatureContext } from '../feature';
import { countOf, usualNight, withNight, type Nights } from './nights';

/** What may be set; the defaults are named below. */
export interface NightFlowConfig {
  /** Past nights of a kind (working days, weekends) that the last one is compared with. Default `NIGHTS`. */
  readonly nights?: number | undefined;
  /** Nights to be seen before the first value. Default `LEARN_NIGHTS`. */
  readonly learnNights?: number | undefined;
  /** The value is the middle excess of so many last nights: 1 tells after one night, and of a single odd one too. */
  readonly confirmNights?: number | undefined;
}

/** 14: what leak loggers compare with (lifelines.md 1.2). */
export const NIGHTS = 14;
export const LEARN_NIGHTS = 7;
/** Middle of three: told in the morning after the second night of a leak. */
export const CONFIRM_NIGHTS = 3;
/** The window of the minimum night flow, local time: 02:00-04:00 (lifelines.md 2.3). */
export const NIGHT_FROM_MS = 2 * HOUR_MS;
export const NIGHT_TO_MS = 4 * HOUR_MS;
/** The minimum is that of half-hour means, so that one low reading does not make it. */
const SLOT_MS = 30 * MINUTE_MS;
const SLOTS = (NIGHT_TO_MS - NIGHT_FROM_MS) / SLOT_MS;
/** Excess of a night, in sigmas of past nights, from which it does not become part of the usual … */
const GATE_SIGMAS = 3;
/** … unless so many nights in a row stayed above: then all is learned afresh. */
export const ADOPT_NIGHTS = 60;
const SEEN_SHARE_MIN = 0.5;

/** At most 2 x `nights` + `confirmNights` + 12 numbers; the very same state for every reading by day. */
export interface NightFlowState {
  /** Local day number of the night that is being read; null by day. */
  readonly night: number | null;
  readonly sums: readonly number[];
  readonly counts: readonly number[];
  readonly past: Nights;
  /** Excess of the last nights, newest last. */
  readonly excesses: readonly number[];
  /** Minimum of the last night, and the usual it was compared with; null while learning. */
  readonly last: { readonly minimum: number; readonly median: number; readonly sigma: number } | null;
  readonly gatedNights: number;
}

const NO_SLOTS = Array.from({ length: SLOTS }, () => 0);
const START: NightFlowState = {
  night: null,
  sums: NO_SLOTS,
  counts: NO_SLOTS,
  past: { work: [], weekend: [] },
  excesses: [],
  last: null,
  gatedNights: 0,
};

/**
 * Minimum night flow of a district meter against its own past nights: by how much the minimum of the last night (lowest
 * half-hour mean of 02:00-04:00 local) lies above the median of past nights of its kind, in the sensor's unit; the middle
 * one of the last three nights, so that a single odd night is not told. Null for the first `LEARN_NIGHTS` nights; nights
 * of a kind count once four of it were seen.
 *
 * Changes in the morning only. A night with less than half of its readings is left out: the value stays. A night 3
 * sigmas above the usual does not become part of it; after 60 such nights in a row all is learned afresh. A lower night
 * always counts: a repaired leak lowers the usual.
 * Limit: 4 % of the district's mean flow, see the spec for what that finds.
 */
export function nightFlowFeature(config: NightFlowConfig, ctx: FeatureContext): Feature<NightFlowState> {
  const plan = {
    utcOffsetMs: ctx.utcOffsetMs,
    perSlot: Math.max(1, SLOT_MS / Math.max(1, ctx.expectedEveryMs)),
    slotsExpected: Math.min(
      SLOTS,
      Math.max(1, (NIGHT_TO_MS - NIGHT_FROM_MS) / Math.max(1, ctx.expectedEveryMs)),
    ),
    nights: config.nights ?? NIGHTS,
    learnNights: config.learnNights ?? LEARN_NIGHTS,
    confirmNights: config.confirmNights ?? CONFIRM_NIGHTS,
  };
  return {
    start: START,
    step: (state, at, value) => step(plan, state, at, value),
    valueOf: state => (state.excesses.length === 0 ? null : medianOf(state.excesses)),
    explain,
  };
}

interface Plan {
  readonly utcOffsetMs: number;
  readonly perSlot: number;
  readonly slotsExpected: number;
  readonly nights: number;
  readonly learnNights: number;
  readonly confirmNights: number;
}

function step(plan: Plan, state: NightFlowState, at: Millis, flow: number): NightFlowState {
  const local = at + plan.utcOffsetMs;
  const day = Math.floor(local / DAY_MS);
  const inDayMs = local - day * DAY_MS;
  const isNight = inDayMs >= NIGHT_FROM_MS && inDayMs < NIGHT_TO_MS;
  const closed = state.night !== null && (!isNight || state.night !== day) ? closeNight(plan, state) : state;
  if (!isNight) return closed;
  const slot = Math.floor((inDayMs - NIGHT_FROM_MS) / SLOT_MS);
  return {
    ...closed,
    night: day,
    sums: replaced(closed.sums, slot, closed.sums[slot]! + flow),
    counts: replaced(closed.counts, slot, closed.counts[slot]! + 1),
  };
}

function closeNight(plan: Plan, state: NightFlowState): NightFlowState {
  const open: NightFlowState = { ...state, night: null, sums: NO_SLOTS, counts: NO_SLOTS };
  const minimum = minimumOf(plan, state);
  if (minimum === null || state.night === null) return open;
  // 1970-01-01, day 0, was a Thursday: Saturdays and Sundays are 2 and 3 of seven.
  const weekday = state.night % 7;
  const isWeekend = weekday === 2 || weekday === 3;
  const past = withNight(state.past, minimum, isWeekend, plan.nights);
  const usual = usualNight(state.past, isWeekend);
  if (usual === null || countOf(state.past) < plan.learnNights) return { ...open, past };
  const excess = minimum - usual.median;
  const isGated = excess >= GATE_SIGMAS * usual.sigma;
  const gatedNights = isGated ? state.gatedNights + 1 : 0;
  if (gatedNights >= ADOPT_NIGHTS)
    return { ...START, past: withNight(START.past, minimum, isWeekend, plan.nights) };
  return {
    ...open,
    past: isGated ? state.past : past,
    excesses: [...state.excesses, excess].slice(-plan.confirmNights),
    last: { minimum, ...usual },
    gatedNights,
  };
}

/** Lowest mean of the half hours that were seen; null: too little was seen of the night. */
function minimumOf(plan: Plan, { sums, counts }: NightFlowState): number | null {
  let lowest = Infinity;
  let seen = 0;
  for (let slot = 0; slot < SLOTS; slot++) {
    const count = counts[slot]!;
    if (count < SEEN_SHARE_MIN * plan.perSlot) continue;
    seen++;
    lowest = Math.min(lowest, sums[slot]! / count);
  }
  return seen > 0 && seen >= SEEN_SHARE_MIN * plan.slotsExpected ? lowest : null;
}

function explain(state: NightFlowState): Explanation {
  const nights = countOf(state.past);
  if (state.last === null) return { nights };
  const { minimum, median, sigma } = state.last;
  return {
    lastNight: minimum,
    usualNight: median,
    excess: minimum - median,
    excessPercent: median === 0 ? 0 : Math.round((1000 * (minimum - median)) / Math.abs(median)) / 10,
    sigmaOfNights: sigma,
    nightsAbove: state.gatedNights,
    nights,
  };
}
