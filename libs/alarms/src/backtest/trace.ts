import { severityOfRank, type Sensor, type Severity } from '@anmai/catalog';
import { err, invariant, ok, type Millis, type Result } from '@anmai/kernel';
import { isUsable, type Quality, type StoredReading } from '@anmai/readings';
import { compileRule } from '../compile-rule';
import {
  blindCondition,
  isLearning,
  ripenCondition,
  stepCondition,
  type CompiledCondition,
  type ConditionState,
} from '../condition';
import { popCount, shiftIn, type HoldPolicy } from '../hold';
import type { LimitState } from '../limit-state';
import type { Rule } from '../rule';
import { sightOf } from '../threshold';
import { thinned } from './thinned';
import { traceSilence } from './trace-silence';

/** Rows that one trace gives at most. */
export const TRACE_ROWS_MAX = 2_000;

/** A limit as it was judged by, in `Trace.unit`; null: it has no such border. */
export interface TraceLimit {
  readonly severity: Severity;
  readonly above: number | null;
  readonly clearBelow: number | null;
  readonly below: number | null;
  readonly clearAbove: number | null;
}

/** Where one limit stood after a row. */
export interface TraceStand {
  readonly met: boolean;
  /** Off, but the run that may raise it has begun: its first reading. */
  readonly pendingSince: Millis | null;
  readonly on: boolean;
}

/** What the rule made of one reading, or of time that passed without one (`isReading` false). */
export interface TraceRow {
  readonly at: Millis;
  readonly isReading: boolean;
  readonly value: number | null;
  readonly quality: Quality;
  /** What the limits are on; null: it could not be told. */
  readonly derived: number | null;
  /** The feature could not tell anything yet. */
  readonly isLearning: boolean;
  /** The reading could not be used: the limits kept their place. */
  readonly blind: boolean;
  /** In the order of `Trace.limits`. */
  readonly limits: readonly TraceStand[];
}

export interface Trace {
  /** Of `derived` and of the limits. */
  readonly unit: string;
  /** Mildest first. */
  readonly limits: readonly TraceLimit[];
  /** Ascending; at most TRACE_ROWS_MAX, all of them near the raise. */
  readonly rows: readonly TraceRow[];
  /** Rows farther away were left out: of each stretch only those with the smallest and the largest value are there. */
  readonly decimated: boolean;
  /** Raises of the replay: where the first limit went on. The one nearest to the alarm's raise; null: none. */
  readonly raisedAt: Millis | null;
}

export interface TraceSetting {
  readonly rule: Rule;
  readonly sensor: Sensor;
  /** Ascending. */
  readonly readings: readonly StoredReading[];
  /** When the alarm was raised; time passed until then, also without a reading. */
  readonly raisedAt: Millis;
  readonly utcOffsetMs: number;
}

/** Why a rule has no trace: it watches alarms, or its unit does not fit (with the reason). */
export type NoTrace = { readonly kind: 'composite' } | { readonly kind: 'unusable'; readonly reason: string };

const COMPANIONS = 'it corrects the value for other sensors, whose readings are not part of this replay';

/**
 * Judges stored readings again with the very version of the rule that raised an alarm, and tells for each what it saw:
 * why the alarm came, and why it did not come earlier. It starts without what a feature had learned before the first
 * reading, so the readings have to begin `leadInMs` before the raise. Linear in the readings.
 */
export function traceRule(setting: TraceSetting): Result<Trace, NoTrace> {
  const { rule, sensor } = setting;
  const { condition } = rule;
  if (condition.type === 'composite') return err({ kind: 'composite' });
  if (condition.type === 'noData') return ok(boundedTrace(traceSilence(setting, condition), setting));
  if (condition.companions !== undefined) return err({ kind: 'unusable', reason: COMPANIONS });
  const made = compileRule(rule, condition, sensor, setting.utcOffsetMs, 0);
  if (!made.ok) return err({ kind: 'unusable', reason: made.error });
  const { compiled, unit } = made.value;
  const rows: TraceRow[] = [];
  let state = compiled.initial;
  let isTimeDue = true;
  for (const reading of setting.readings) {
    if (isTimeDue && reading.at > setting.raisedAt) {
      state = ripenCondition(compiled, state, setting.raisedAt);
      rows.push(timeRow(compiled, state, setting.raisedAt));
    }
    isTimeDue &&= reading.at < setting.raisedAt;
    state = stepped(compiled, state, reading);
    rows.push(readingRow(compiled, state, reading));
  }
  if (isTimeDue) {
    state = ripenCondition(compiled, state, setting.raisedAt);
    rows.push(timeRow(compiled, state, setting.raisedAt));
  }
  return ok(boundedTrace({ unit, limits: compiled.limits.map(limitShape), rows }, setting));
}

type WholeTrace = Pick<Trace, 'unit' | 'limits' | 'rows'>;

function boundedTrace(whole: WholeTrace, { raisedAt }: TraceSetting): Trace {
  const rows = thinned(whole.rows, raisedAt, TRACE_ROWS_MAX);
  return {
    ...whole,
    rows,
    decimated: rows.length < whole.rows.length,
    raisedAt: nearestRaise(whole.rows, raisedAt),
  };
}

function nearestRaise(rows: readonly TraceRow[], raisedAt: Millis): Millis | null {
  let nearest: Millis | null = null;
  let wasOn = false;
  for (const row of rows) {
    const isOn = row.limits.some(limit => limit.on);
    const isNearer = nearest === null || Math.abs(row.at - raisedAt) < Math.abs(nearest - raisedAt);
    if (isOn && !wasOn && isNearer) nearest = row.at;
    wasOn = isOn;
  }
  return nearest;
}

function stepped(
  compiled: CompiledCondition,
  state: ConditionState,
  { at, value, quality }: StoredReading,
): ConditionState {
  return isUsable(quality) && value !== null
    ? stepCondition(compiled, state, at, value)
    : blindCondition(compiled, state, at);
}

function readingRow(compiled: CompiledCondition, state: ConditionState, reading: StoredReading): TraceRow {
  const { at, value, quality } = reading;
  const usable = isUsable(quality) && value !== null;
  const blind = !usable && compiled.feature?.unusable === undefined;
  const derived = blind ? null : valueOf(compiled, state, value);
  return {
    at,
    isReading: true,
    value,
    quality,
    derived,
    isLearning: isLearning(compiled, state),
    blind,
    limits: standsOf(compiled, state, derived),
  };
}

function timeRow(compiled: CompiledCondition, state: ConditionState, at: Millis): TraceRow {
  const limits = standsOf(compiled, state, null);
  const learning = isLearning(compiled, state);
  const nothing = { value: null, quality: 9, derived: null, blind: false } as const;
  return { at, isReading: false, ...nothing, isLearning: learning, limits };
}

const valueOf = (
  { feature }: CompiledCondition,
  state: ConditionState,
  value: number | null,
): number | null => (feature === null ? value : feature.valueOf(state.feature));

function standsOf(
  compiled: CompiledCondition,
  state: ConditionState,
  derived: number | null,
): readonly TraceStand[] {
  return compiled.limits.map((limit, i) => {
    const stand = state.limits[i];
    invariant(stand !== undefined, 'a limit without its state');
    const met = derived !== null && sightOf(limit, derived) === 'met';
    return { met, pendingSince: pendingSince(compiled.policy.raise, stand), on: stand.on };
  });
}

/** First reading of the run that the next one may still complete. */
function pendingSince(raise: HoldPolicy, { on, bits, since, metAt }: LimitState): Millis | null {
  if (on || !raise.inSamples) return on ? null : since;
  const left = popCount(shiftIn(raise, bits, false));
  return left === 0 ? null : (metAt?.at(-left) ?? since);
}

function limitShape(limit: CompiledCondition['limits'][number]): TraceLimit {
  const severity = severityOfRank(limit.rank);
  invariant(severity !== null, 'a limit without a severity');
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    severity,
    above: finite(limit.above),
    clearBelow: finite(limit.clearBelow),
    below: finite(limit.below),
    clearAbove: finite(limit.clearAbove),
  };
}
