import {
  compileConversion,
  conversionContext,
  describeUnitError,
  findQuantity,
  type Conversion,
  type Sensor,
} from '@anmai/catalog';
import { err, ok, SECOND_MS, type Result } from '@anmai/kernel';
import { companionFeature, compensatedFeature, type Feature } from '@anmai/trend';
import { compileCondition, type CompiledCondition } from './condition';
import { measureOf } from './compile-feature';
import type { Companion, LimitCondition, Rule } from './rule';
import { compileThreshold } from './threshold';

/** What a rule with limits becomes on sensors of one unit and pace. */
export interface CompiledRule {
  readonly compiled: CompiledCondition;
  /** Of its limits. */
  readonly unit: string;
}

function compensated(
  feature: Feature | null,
  companions: readonly Companion[],
  from: number,
): Feature | null {
  if (companions.length === 0) return feature;
  const names = companions.map(each => ('sensorId' in each ? each.sensorId : each.quantity));
  return compensatedFeature(companionFeature({ names }), names.length, from, feature);
}

/**
 * Fails with the reason when the rule cannot be used on the sensor. `companionsFrom`: place of its companions among those
 * of all rules of the sensor.
 */
export function compileRule(
  rule: Rule,
  condition: LimitCondition,
  sensor: Sensor,
  utcOffsetMs: number,
  companionsFrom: number,
): Result<CompiledRule, string> {
  const convert = toSensorUnit(condition.unit, sensor);
  if (!convert.ok) return convert;
  const context = { expectedEveryMs: sensor.expectedEverySeconds * SECOND_MS, utcOffsetMs };
  const measure = measureOf(condition, sensor.unit, convert.value, context);
  const { toMeasure, unit } = measure;
  const feature = compensated(measure.feature, condition.companions ?? [], companionsFrom);
  const threshold = compileThreshold(condition, rule.source, toMeasure);
  return ok({ compiled: compileCondition(threshold, feature), unit });
}

/** The quantity knows which gas it speaks of. */
function toSensorUnit(unit: string | undefined, sensor: Sensor): Result<Conversion, string> {
  if (unit === undefined) return ok(same);
  const quantity = findQuantity(sensor.quantity);
  const context = quantity === null ? {} : conversionContext(quantity);
  const conversion = compileConversion(unit, sensor.unit, context);
  return conversion.ok ? conversion : err(describeUnitError(conversion.error));
}

const same: Conversion = value => value;
