import type { Millis } from '@anmai/kernel';

/** What explains a derived value to an operator: names carry their unit. Plain numbers and words, few of them. */
export type Explanation = Readonly<Record<string, number | string>>;

/** What companion sensors last read, in the order in which the rules of a sensor name them; null: nothing of use. */
export type Beside = readonly (number | null)[];

/**
 * Turns the readings of one sensor into one derived value that limits are put on: a change per hour, a slope per month,
 * the time left until a limit, the size of a step, the departure from the usual.
 *
 * A state is plain JSON data (no NaN, no class, no Map) and is never changed in place: the monitor keeps the states after
 * its newest readings, so that a late one can be put in its place. What does not change is shared between the states.
 * Bounded: each feature names the most that its state can hold. Deterministic: time is the device time that comes in.
 */
export interface Feature<S = unknown> {
  readonly start: S;
  /**
   * The state after one more usable reading. `at` is later than all before. The very same state when nothing changed.
   */
  step(state: S, at: Millis, value: number, beside?: Beside): S;
  /** The state after a reading that cannot be used; without it nothing changes. */
  unusable?(state: S, at: Millis): S;
  /** The derived value after the newest reading; null while it cannot be told yet (learning, too few readings). */
  valueOf(state: S): number | null;
  /** Is nothing to be told because a companion is silent? That is no learning: it ends when the companion speaks. */
  isLost?(state: S): boolean;
  /** What belongs into the evidence of an alarm raised now. */
  explain(state: S): Explanation;
}

/** What a feature may know of the sensor it runs on. */
export interface FeatureContext {
  readonly expectedEveryMs: number;
  /** Local time of the place minus UTC: days and weeks are those that people live by. */
  readonly utcOffsetMs: number;
}
