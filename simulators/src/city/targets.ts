import type { Asset, Sensor } from '@anmai/catalog';
import type { RegistryImport } from './city';

export interface WellPair {
  readonly well: Sensor;
  /** The next well along the same ducts. */
  readonly neighbour: Sensor;
}

export interface MeteredArea {
  readonly flow: Sensor;
  readonly pressures: readonly Sensor[];
}

export interface Underpass {
  readonly lowest: Sensor;
  readonly ramp: Sensor;
}

/** What can go wrong where, read from the registry. */
export interface Targets {
  readonly wells: readonly WellPair[];
  readonly areas: readonly MeteredArea[];
  readonly underpasses: readonly Underpass[];
  readonly manholes: readonly Sensor[];
  readonly gauges: readonly Sensor[];
  readonly rivers: readonly Sensor[];
  /** Crack gauges on buildings of grade C. */
  readonly cracks: readonly Sensor[];
  /** Pressure gauges on mains, which no other incident touches. */
  readonly mains: readonly Sensor[];
}

export function targetsOf(registry: RegistryImport): Targets {
  const assetOf = new Map(registry.assets.map(each => [each.id, each]));
  const find = (quantity: string, kind: string, test: (asset: Asset) => boolean = () => true): Sensor[] =>
    registry.sensors.filter(sensor => {
      const asset = assetOf.get(sensor.assetId);
      return sensor.quantity === quantity && asset?.kind === kind && test(asset);
    });
  const wells = find('gas.combustible', 'gas.well');
  const sensorOfWell = new Map(wells.map(each => [each.assetId, each]));
  return {
    wells: wells.flatMap(well => {
      const next = assetOf.get(well.assetId)?.links[0];
      const neighbour = next === undefined ? undefined : sensorOfWell.get(next);
      return neighbour === undefined ? [] : [{ well, neighbour }];
    }),
    areas: find('water.flow', 'water.dma').map(flow => ({
      flow,
      pressures: find('water.pressure', 'water.dma', asset => asset.id === flow.assetId),
    })),
    underpasses: underpassesOf(find('drainage.ponding', 'drainage.road')),
    manholes: find('drainage.level', 'drainage.manhole'),
    gauges: find('rain.intensity', 'rain.gauge'),
    rivers: find('river.level', 'river'),
    cracks: find('building.crack', 'building', asset => asset.properties.grade === 'C'),
    mains: find('water.pressure', 'water.pipe'),
  };
}

function underpassesOf(sensors: readonly Sensor[]): Underpass[] {
  return sensors.flatMap(lowest => {
    if (!lowest.deviceId.endsWith('.low')) return [];
    const ramp = sensors.find(each => each.assetId === lowest.assetId && each.deviceId.endsWith('.ramp'));
    return ramp === undefined ? [] : [{ lowest, ramp }];
  });
}
