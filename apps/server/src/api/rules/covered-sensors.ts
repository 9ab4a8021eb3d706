import { inScope, type Rule, type RuleScope } from '@anmai/alarms';
import type { Org } from '@anmai/catalog';
import { AppError } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import { LIST_LIMIT_MAX, type AssetRecord, type Records, type SensorRecord } from '@anmai/postgres';
import { BACKTEST_SENSORS_MAX } from '@anmai/wire';
import { absent } from '../absent';
import { API_ERRORS } from '../errors';

/** A sensor with what a rule's scope may ask about. */
export interface Covered {
  readonly sensor: SensorRecord;
  /** Whose readings the rule wants beside those of the sensor. */
  readonly companions: readonly SensorRecord[];
  readonly asset: AssetRecord;
  readonly orgs: readonly (Org & { readonly path: readonly string[] })[];
}

/** The sensors given, or all that the rule covers. Rejects with API-010 when these are too many. */
export async function coveredSensors(
  records: Records,
  rule: Rule,
  sensorIds: readonly string[] | undefined,
  caller: Principal,
): Promise<Covered[]> {
  const out: Covered[] = [];
  for await (const sensor of candidates(records, sensorIds, rule.appliesTo, caller)) {
    const covered = await withAsset(records, rule, sensor, caller);
    const orgPath = covered.orgs[0]?.path ?? [covered.asset.orgId];
    // Sensors that are named are taken at their word: a draft may be tried where it does not apply yet.
    if (sensorIds === undefined && !inScope(rule.appliesTo, { sensor, asset: covered.asset, orgPath }))
      continue;
    out.push(covered);
    if (out.length > BACKTEST_SENSORS_MAX)
      throw new AppError(API_ERRORS.backtestTooWide, { max: BACKTEST_SENSORS_MAX });
  }
  return out;
}

async function* candidates(
  records: Records,
  named: readonly string[] | undefined,
  { sensorIds, quantity }: RuleScope,
  caller: Principal,
): AsyncIterable<SensorRecord> {
  const ids = named ?? sensorIds;
  if (ids !== undefined) {
    for (const id of ids) yield (await records.sensors.get(id, caller.within)) ?? absent('sensor', id);
    return;
  }
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Records['sensors']['list']>> = await records.sensors.list(
      { limit: LIST_LIMIT_MAX, cursor, quantity },
      caller.within,
    );
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function withAsset(
  records: Records,
  rule: Rule,
  sensor: SensorRecord,
  caller: Principal,
): Promise<Covered> {
  const asset = (await records.assets.get(sensor.assetId, caller.within)) ?? absent('asset', sensor.assetId);
  const org = await records.orgs.get(asset.orgId, caller.within);
  const companions = await companionsOf(records, rule, sensor, caller);
  return { sensor, companions, asset, orgs: org === null ? [] : [org] };
}

async function companionsOf(
  records: Records,
  { condition }: Rule,
  { id, assetId }: SensorRecord,
  caller: Principal,
): Promise<SensorRecord[]> {
  const wanted = 'companions' in condition ? (condition.companions ?? []) : [];
  const found = new Map<string, SensorRecord>();
  for (const companion of wanted) {
    const sensors =
      'sensorId' in companion
        ? [await records.sensors.get(companion.sensorId, caller.within)]
        : (
            await records.sensors.list(
              { limit: LIST_LIMIT_MAX, assetId, quantity: companion.quantity },
              caller.within,
            )
          ).items;
    for (const sensor of sensors) if (sensor !== null && sensor.id !== id) found.set(sensor.id, sensor);
  }
  return [...found.values()];
}
