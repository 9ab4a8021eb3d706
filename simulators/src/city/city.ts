import type { Asset, Device, Org, Sensor } from '@anmai/catalog';
import { addBuildings } from './buildings';
import { addDrainage } from './drainage';
import { addGas } from './gas';
import { CITY_ORGS } from './orgs';
import { PACE_DEMO } from './pace';
import { CityBuilder, type DevicePlan } from './parts';
import { addWater } from './water';

/** Body of POST /api/v1/registry/import. */
export interface RegistryImport {
  readonly orgs: readonly Org[];
  readonly assets: readonly Asset[];
  readonly devices: readonly Device[];
  readonly sensors: readonly Sensor[];
}

export interface CityOptions {
  /** The same seed builds the same city. */
  readonly seed?: number;
  /** See pace.ts: 1 is the field, 30 the demonstration. */
  readonly pace?: number;
}

export interface City {
  readonly seed: number;
  readonly pace: number;
  readonly registry: RegistryImport;
  readonly plans: readonly DevicePlan[];
}

export const SEED_DEFAULT = 20_261_122;

/** The demonstration district: what stands where, what measures it, and how each measurement behaves. Pure. */
export function buildCity({ seed = SEED_DEFAULT, pace = PACE_DEMO }: CityOptions = {}): City {
  const builder = new CityBuilder(seed, pace);
  for (const org of CITY_ORGS) builder.addOrg(org);
  addGas(builder);
  addWater(builder);
  addDrainage(builder);
  addBuildings(builder);
  const registry = {
    orgs: builder.orgs,
    assets: parentsFirst(builder.assets),
    devices: builder.plans.map(plan => plan.device),
    sensors: builder.plans.flatMap(plan => plan.sensors.map(each => each.sensor)),
  };
  return { seed, pace, registry, plans: builder.plans };
}

/** A reader that goes row by row finds every parent before its children. */
function parentsFirst(assets: readonly Asset[]): readonly Asset[] {
  return [...assets.filter(each => each.parentId === null), ...assets.filter(each => each.parentId !== null)];
}
