import type { LimitSource, Severity } from '@anmai/catalog';

/** Which sensors a rule watches. All given fields must match; an empty scope matches every sensor. */
export interface RuleScope {
  readonly sensorIds?: readonly string[] | undefined;
  readonly quantity?: string | undefined;
  readonly assetKind?: string | undefined;
  /** The organisation of the asset, or one above it. */
  readonly orgId?: string | undefined;
  /** Grade of the building (A, B, C, D). */
  readonly grade?: string | undefined;
}

/**
 * How long a condition must hold before it counts: `samples` of the last `of` (default: in a row), or seconds of
 * device time.
 */
export type Hold =
  { readonly samples: number; readonly of?: number | undefined } | { readonly seconds: number };

/**
 * One level of a threshold. Met at or above `above`, or at or below `below`; the safe side of the border counts.
 * Once met it stays so until the value is below `clearBelow` (above `clearAbove`): the deadband.
 * All in the unit of the sensor, or of `unit` of the condition where given.
 */
export interface ThresholdLimit {
  readonly severity: Severity;
  readonly above?: number | undefined;
  readonly clearBelow?: number | undefined;
  readonly below?: number | undefined;
  readonly clearAbove?: number | undefined;
  /** Overrides the rule's source for this level. */
  readonly source?: LimitSource | undefined;
}

/** A sensor whose value explains part of another one's: by its id, or by its quantity on the same asset. */
export type Companion = { readonly sensorId: string } | { readonly quantity: string };

/** What all conditions with limits have in common. */
export interface Limited {
  readonly limits: readonly ThresholdLimit[];
  /** Unit of the limits; absent: the sensor's own. */
  readonly unit?: string | undefined;
  /** Default: the first sample raises. */
  readonly raiseAfter?: Hold | undefined;
  /** Default: the first sample clears. */
  readonly clearAfter?: Hold | undefined;
  /** The condition is on what is left of the value once these are accounted for by a learned relation. */
  readonly companions?: readonly Companion[] | undefined;
}

export interface ThresholdCondition extends Limited {
  readonly type: 'threshold';
}

/** Unit of time of a slope or of a forecast; a month is 30.4375 days. */
export type Per = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
/** How far a condition looks back. */
export type Window =
  | { readonly seconds: number }
  | { readonly minutes: number }
  | { readonly hours: number }
  | { readonly days: number };
/** Which way a departure counts; `both`: by its size. */
export type Direction = 'up' | 'down' | 'both';

/** Change per time over a window of seconds to hours; limits are signed. */
export interface RateCondition extends Limited {
  readonly type: 'rate';
  readonly per: Per;
  readonly window?: Window | undefined;
}

/** Slope over days to years, zero while it is not significant; limits are signed. */
export interface TrendCondition extends Limited {
  readonly type: 'trend';
  readonly per: Per;
  readonly window?: Window | undefined;
}

/** Time until the value reaches `target`; limits are on that time (`below`), in `per`. */
export interface ForecastCondition extends Limited {
  readonly type: 'forecast';
  readonly target: { readonly above: number } | { readonly below: number };
  readonly per: Per;
  readonly window?: Window | undefined;
}

/** A lasting step; limits are on its size. */
export interface ChangepointCondition extends Limited {
  readonly type: 'changepoint';
  readonly direction?: Direction | undefined;
}

/** Departure from the learned daily and weekly pattern; limits are in robust sigmas. */
export interface BaselineCondition extends Limited {
  readonly type: 'baseline';
  readonly direction?: Direction | undefined;
}

/** Minimum night flow above that of past nights; limits are on the excess. */
export interface NightFlowCondition extends Limited {
  readonly type: 'nightFlow';
}

/** The value stays within `tolerance`; limits are on the seconds that it did. */
export interface FlatLineCondition extends Limited {
  readonly type: 'flatLine';
  readonly tolerance: number;
}

/** Share (0 to 1) of the newest `of` readings that cannot be used. */
export interface QualityCondition extends Limited {
  readonly type: 'quality';
  readonly of?: number | undefined;
}

export interface NoDataCondition {
  readonly type: 'noData';
  /** In expected intervals of the sensor (from the registry), or in seconds. */
  readonly after: { readonly missed: number } | { readonly seconds: number };
  /** Default yellow. */
  readonly severity?: Severity | undefined;
}

/** A rule whose alarms count, from a severity on. */
export interface CompositePart {
  readonly ruleId: string;
  readonly minSeverity?: Severity | undefined;
}
/** Same sensor, same asset, direct neighbours along the network, or not farther apart than that. */
export type Related = 'sensor' | 'asset' | 'neighbours' | { readonly withinMeters: number };

/** Stage 2: alarms of other rules that come together in place and time. */
export interface CompositeCondition {
  readonly type: 'composite';
  readonly of: readonly CompositePart[];
  /** `all`: each part once; a number: so many that differ in part or asset. */
  readonly need: 'all' | 'any' | { readonly atLeast: number };
  readonly related: Related;
  /** Device time between the first and the last. */
  readonly withinSeconds: number;
  readonly severity: Severity;
}

/** Conditions that put limits on a value. */
export type LimitCondition =
  | ThresholdCondition
  | RateCondition
  | TrendCondition
  | ForecastCondition
  | ChangepointCondition
  | BaselineCondition
  | NightFlowCondition
  | FlatLineCondition
  | QualityCondition;
export type Condition = LimitCondition | NoDataCondition | CompositeCondition;
export type ConditionType = Condition['type'];

/** A rule as it is in force. Every edit makes a new version; old ones are kept. */
export interface Rule {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly appliesTo: RuleScope;
  readonly condition: Condition;
  readonly source: LimitSource;
  /** After the return its alarms stay until somebody resets them. Default: no. */
  readonly latched?: boolean | undefined;
}
