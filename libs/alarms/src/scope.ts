import type { Asset, Sensor } from '@anmai/catalog';
import type { RuleScope } from './rule';

/** What a scope is matched against: a sensor with its asset and the organisations above it, root first. */
export interface Subject {
  readonly sensor: Sensor;
  readonly asset: Asset | null;
  readonly orgPath: readonly string[];
}

/** All given fields must match. An unknown asset matches no scope that asks about assets. */
export function inScope(scope: RuleScope, subject: Subject): boolean {
  const { sensor, asset, orgPath } = subject;
  if (scope.sensorIds !== undefined && !scope.sensorIds.includes(sensor.id)) return false;
  if (scope.quantity !== undefined && scope.quantity !== sensor.quantity) return false;
  if (scope.assetKind !== undefined && scope.assetKind !== asset?.kind) return false;
  if (scope.orgId !== undefined && !orgPath.includes(scope.orgId)) return false;
  if (scope.grade !== undefined && scope.grade !== asset?.properties['grade']) return false;
  return true;
}
