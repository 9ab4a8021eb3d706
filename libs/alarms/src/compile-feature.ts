import type { Conversion } from '@anmai/catalog';
import { flatLineFeature, usabilityFeature, type Feature } from '@anmai/trend';
import type { LimitCondition } from './rule';

/** What the limits of a condition are on. */
export interface Measure {
  /** null: the value itself. */
  readonly feature: Feature | null;
  /** Turns a limit of the rule into what the feature gives. */
  readonly toMeasure: Conversion;
  readonly unit: string;
}

/** Readings that a quality condition looks back on when it does not say. */
const QUALITY_READINGS = 10;

/** `unit`: of the sensor; `convert`: from the unit of the rule into it. */
export function measureOf(condition: LimitCondition, unit: string, convert: Conversion): Measure {
  // Of a difference only the scale counts: 2 °C more are 3.6 °F more.
  const difference: Conversion = value => convert(value) - convert(0);
  switch (condition.type) {
    case 'threshold':
      return { feature: null, toMeasure: convert, unit };
    case 'flatLine':
      return { feature: flatLineFeature(difference(condition.tolerance)), toMeasure: same, unit: 's' };
    case 'quality':
      return { feature: usabilityFeature(condition.of ?? QUALITY_READINGS), toMeasure: same, unit: '' };
  }
}

const same: Conversion = value => value;
