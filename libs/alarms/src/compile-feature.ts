import type { Conversion } from '@anmai/catalog';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@anmai/kernel';
import {
  baselineFeature,
  changepointFeature,
  directed,
  flatLineFeature,
  forecastFeature,
  nightFlowFeature,
  rateFeature,
  trendFeature,
  usabilityFeature,
  type Feature,
  type FeatureContext,
} from '@anmai/trend';
import type { ForecastCondition, LimitCondition, Per, Window } from './rule';

/** What the limits of a condition are on. */
export interface Measure {
  /** null: the value itself. */
  readonly feature: Feature | null;
  /** Turns a limit of the rule into what the feature gives. */
  readonly toMeasure: Conversion;
  readonly unit: string;
}

/** A month is the mean one: 30.4375 days. */
const PER_MS: Readonly<Record<Per, number>> = {
  second: SECOND_MS,
  minute: MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30.4375 * DAY_MS,
  year: 365.25 * DAY_MS,
};
/** Readings that a quality condition looks back on when it does not say. */
const QUALITY_READINGS = 10;

/** `unit`: of the sensor; `convert`: from the unit of the rule into it. */
export function measureOf(
  condition: LimitCondition,
  unit: string,
  convert: Conversion,
  context: FeatureContext,
): Measure {
  // Of a difference only the scale counts: 2 °C more are 3.6 °F more.
  const difference: Conversion = value => convert(value) - convert(0);
  switch (condition.type) {
    case 'threshold':
      return { feature: null, toMeasure: convert, unit };
    case 'rate': {
      const { per, window } = condition;
      const feature = rateFeature({ perMs: PER_MS[per], ...optionalMs(window) }, context);
      return { feature, toMeasure: difference, unit: `${unit}/${per}` };
    }
    case 'trend': {
      const { per, window } = condition;
      const feature = trendFeature({ perMs: PER_MS[per], ...optionalMs(window) }, context);
      return { feature, toMeasure: difference, unit: `${unit}/${per}` };
    }
    case 'forecast':
      return forecast(condition, convert, context);
    case 'changepoint': {
      const feature = changepointFeature({ direction: condition.direction ?? 'both' }, context);
      return { feature, toMeasure: difference, unit };
    }
    case 'baseline': {
      const feature = directed(baselineFeature({}, context), condition.direction ?? 'both');
      return { feature, toMeasure: same, unit: 'σ' };
    }
    case 'nightFlow':
      return { feature: nightFlowFeature({}, context), toMeasure: difference, unit };
    case 'flatLine':
      return { feature: flatLineFeature(difference(condition.tolerance)), toMeasure: same, unit: 's' };
    case 'quality':
      return { feature: usabilityFeature(condition.of ?? QUALITY_READINGS), toMeasure: same, unit: '' };
  }
}

function forecast(condition: ForecastCondition, convert: Conversion, context: FeatureContext): Measure {
  const { target, per, window } = condition;
  const [side, limit] =
    'above' in target ? (['above', target.above] as const) : (['below', target.below] as const);
  const config = { side, limit: convert(limit), ...optionalMs(window) };
  const perSeconds = PER_MS[per] / SECOND_MS;
  return { feature: forecastFeature(config, context), toMeasure: value => value * perSeconds, unit: 's' };
}

const same: Conversion = value => value;

const optionalMs = (window: Window | undefined): { windowMs?: number } =>
  window === undefined ? {} : { windowMs: windowMs(window) };

/** Milliseconds of a window. */
export function windowMs(window: Window): number {
  if ('seconds' in window) return window.seconds * SECOND_MS;
  if ('minutes' in window) return window.minutes * MINUTE_MS;
  return 'hours' in window ? window.hours * HOUR_MS : window.days * DAY_MS;
}
