import type { LimitSource, Severity } from '@anmai/catalog';
import type { AssetShape, RuleShape, SensorShape } from '@anmai/wire';

/** A limit as a line in the chart, in the unit of the sensor. */
export interface LimitLine {
  readonly severity: Severity;
  readonly value: number;
  readonly side: 'above' | 'below';
  readonly ruleId: string;
  readonly ruleName: string;
  readonly source: LimitSource;
}

/** Does the rule watch the sensor? Organisations above the asset's own are not known here, so they do not match. */
function watches(rule: RuleShape, sensor: SensorShape, asset: AssetShape | undefined): boolean {
  const { sensorIds, quantity, assetKind, orgId, grade } = rule.appliesTo;
  if (sensorIds !== undefined && !sensorIds.includes(sensor.id)) return false;
  if (quantity !== undefined && quantity !== sensor.quantity) return false;
  if (assetKind !== undefined && assetKind !== asset?.kind) return false;
  if (orgId !== undefined && orgId !== asset?.orgId) return false;
  return grade === undefined || grade === asset?.properties['grade'];
}

/**
 * Limits to draw. A rule whose limits are in another unit than the sensor's is left out rather than drawn wrongly: the
 * conversion is the server's business.
 */
export function limitsOf(
  sensor: SensorShape,
  asset: AssetShape | undefined,
  rules: readonly RuleShape[],
): LimitLine[] {
  return rules
    .filter(rule => rule.enabled && watches(rule, sensor, asset))
    .flatMap(rule => limitsOn(sensor, rule));
}

/** Limits of one rule that are on the value itself, whichever sensors it watches. */
export function limitsOn(sensor: SensorShape, rule: RuleShape): LimitLine[] {
  const { condition } = rule;
  if (condition.type !== 'threshold') return [];
  if (condition.unit !== undefined && condition.unit !== sensor.unit) return [];
  return condition.limits.flatMap(limit => {
    const common = {
      severity: limit.severity,
      ruleId: rule.id,
      ruleName: rule.name,
      source: limit.source ?? rule.source,
    };
    const lines: LimitLine[] = [];
    if (limit.above !== undefined) lines.push({ ...common, side: 'above', value: limit.above });
    if (limit.below !== undefined) lines.push({ ...common, side: 'below', value: limit.below });
    return lines;
  });
}

/** The severity that a value has by these limits; null: within all. */
export function severityAt(value: number, limits: readonly LimitLine[]): Severity | null {
  const order: readonly Severity[] = ['red', 'orange', 'yellow', 'blue'];
  const met = limits.filter(limit => (limit.side === 'above' ? value >= limit.value : value <= limit.value));
  return order.find(severity => met.some(limit => limit.severity === severity)) ?? null;
}
