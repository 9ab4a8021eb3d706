import type { LimitSource, Severity } from '@anmai/catalog';
import type { Condition, Direction, Limited, RuleScope, ThresholdLimit } from '../rule';

/** A rule that a new installation may take over and then edit. Data: nothing is in force before somebody says so. */
export interface DefaultRule {
  readonly id: string;
  /** Chinese; becomes the name of the rule. */
  readonly name: string;
  readonly nameEn: string;
  readonly appliesTo: RuleScope;
  readonly condition: Condition;
  readonly source: LimitSource;
}

/** By then somebody has to confirm or replace what no standard backs. */
export const DEFAULTS_REVIEW_BY = '2027-05-31';
/** `why` in Chinese: it stands in the evidence of every alarm. */
export const assumption = (why: string): LimitSource => ({
  kind: 'assumption',
  why,
  reviewBy: DEFAULTS_REVIEW_BY,
});

export function rule(
  id: string,
  [name, nameEn]: readonly [zh: string, en: string],
  appliesTo: RuleScope,
  condition: Condition,
  why: string,
): DefaultRule {
  return { id, name, nameEn, appliesTo, condition, source: assumption(why) };
}

/** Where a level is met, and where it clears. */
export type Level = readonly [severity: Severity, reach: number, clear: number];

export const above = (...levels: readonly Level[]): ThresholdLimit[] =>
  levels.map(([severity, reach, clear]) => ({ severity, above: reach, clearBelow: clear }));

export const below = (...levels: readonly Level[]): ThresholdLimit[] =>
  levels.map(([severity, reach, clear]) => ({ severity, below: reach, clearAbove: clear }));

/** The same distance on both sides of zero. */
export const eitherWay = (...levels: readonly Level[]): ThresholdLimit[] =>
  levels.map(([severity, reach, clear]) => ({
    severity,
    above: reach,
    clearBelow: clear,
    below: -reach,
    clearAbove: -clear,
  }));

/** Departure from the learned pattern, with the limits and holds that the benchmark `score` runs with. */
export const unusual = (direction: Direction, severity: Severity = 'yellow'): Condition => ({
  type: 'baseline',
  direction,
  limits: above([severity, 7, 4]),
  clearAfter: { samples: 12 },
});

/** Alarms of other default rules that come together. `severities`: from which on a part counts. */
export const together = (
  parts: readonly (readonly [ruleId: string, minSeverity?: Severity])[],
  rest: Pick<Extract<Condition, { type: 'composite' }>, 'need' | 'related' | 'withinSeconds' | 'severity'>,
): Condition => ({
  type: 'composite',
  of: parts.map(([ruleId, minSeverity]) =>
    minSeverity === undefined ? { ruleId } : { ruleId, minSeverity },
  ),
  ...rest,
});

/** What raises with the second sample in a row and clears with the third: one odd reading is no trouble. */
export const HELD: Pick<Limited, 'raiseAfter' | 'clearAfter'> = {
  raiseAfter: { samples: 2 },
  clearAfter: { samples: 3 },
};
