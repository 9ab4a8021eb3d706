import type { CompositeCondition, RegistryChange, Rule } from '@anmai/alarms';
import { AppError } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import type { AssetRecord, Records } from '@anmai/postgres';
import { BACKTEST_SENSORS_MAX } from '@anmai/wire';
import { absent } from '../absent';
import { API_ERRORS } from '../errors';
import { coveredSensors, type Covered } from './covered-sensors';

/** Assets without a place stand where their parent does; as far up as that is looked for. */
const PARENTS_MAX = 4;

/** A composite rule's world: the rules that it asks about, each on the sensors that it covers, and where they stand. */
export interface CompositeParts {
  readonly covered: readonly Covered[];
  readonly registry: readonly RegistryChange[];
}

/** Of all conditions together. Rejects with PGR-004 when a part is not there, with API-010 when they cover too much. */
export async function compositeParts(
  records: Records,
  conditions: readonly CompositeCondition[],
  sensorIds: readonly string[] | undefined,
  caller: Principal,
): Promise<CompositeParts> {
  const partIds = new Set(conditions.flatMap(({ of }) => of.map(part => part.ruleId)));
  const bySensor = new Map<string, Covered>();
  const rules: Rule[] = [];
  for (const id of [...partIds].sort()) {
    const rule = (await records.rules.get(id)) ?? absent('rule', id);
    const wanted = await coveredSensors(records, within(rule, sensorIds), undefined, caller);
    for (const each of wanted) bySensor.set(each.sensor.id, merged(bySensor.get(each.sensor.id), each));
    // As it is, on these sensors alone: what it covers beyond them belongs to others, or was not asked for.
    rules.push({ ...rule, appliesTo: { sensorIds: wanted.map(({ sensor }) => sensor.id) } });
  }
  if (bySensor.size > BACKTEST_SENSORS_MAX)
    throw new AppError(API_ERRORS.backtestTooWide, { max: BACKTEST_SENSORS_MAX });
  const covered = [...bySensor.values()];
  const registry: RegistryChange[] = [
    ...(await withParents(records, covered)).map(
      value => ({ kind: 'asset', op: 'put', id: value.id, value }) as const,
    ),
    ...sensorsOf(covered),
    ...rules.map(value => ({ kind: 'rule', op: 'put', id: value.id, value }) as const),
  ];
  return { covered, registry };
}

/** On these sensors at most; a part is never tried where it does not apply. */
function within(rule: Rule, sensorIds: readonly string[] | undefined): Rule {
  if (sensorIds === undefined) return rule;
  const own = rule.appliesTo.sensorIds;
  const both = sensorIds.filter(id => own?.includes(id) ?? true);
  return { ...rule, appliesTo: { ...rule.appliesTo, sensorIds: both } };
}

/** Two parts may want other companions beside the same sensor. */
function merged(before: Covered | undefined, found: Covered): Covered {
  if (before === undefined) return found;
  const companions = new Map([...before.companions, ...found.companions].map(each => [each.id, each]));
  return { ...before, companions: [...companions.values()] };
}

function sensorsOf(covered: readonly Covered[]): RegistryChange[] {
  const all = covered.flatMap(({ sensor, companions }) => [...companions, sensor]);
  return [...new Map(all.map(each => [each.id, each])).values()].map(({ version: _, ...value }) => {
    return { kind: 'sensor', op: 'put', id: value.id, value } as const;
  });
}

/** Their assets, and those above: distances are between places, whoever owns what is above. */
async function withParents(records: Records, covered: readonly Covered[]): Promise<AssetRecord[]> {
  const assets = new Map(covered.map(({ asset }) => [asset.id, asset]));
  let edge = [...assets.values()];
  for (let level = 0; level < PARENTS_MAX && edge.length > 0; level++) {
    const ids = new Set(edge.flatMap(({ parentId }) => (parentId === null ? [] : [parentId])));
    edge = [];
    for (const id of ids) {
      const parent = assets.has(id) ? null : await records.assets.get(id, null);
      if (parent === null) continue;
      assets.set(id, parent);
      edge.push(parent);
    }
  }
  return [...assets.values()];
}
