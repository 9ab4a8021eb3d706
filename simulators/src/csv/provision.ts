import {
  findAssetKind,
  findQuantity,
  findUnit,
  type Asset,
  type Device,
  type Position,
  type Sensor,
} from '@anmai/catalog';
import { err, ID_PATTERN, ok, type Result } from '@anmai/kernel';
import type { ColumnMapping } from './mapping';
import type { Scan } from './scan';

export interface ReplayProvisionOptions {
  readonly assetId: string;
  readonly assetName: string;
  /** null: taken from the quantities. */
  readonly assetKind: string | null;
  readonly orgId: string;
  readonly place: Position | null;
  /** `column=quantity`, or `quantity` for all columns. */
  readonly quantities: readonly string[];
  /** How much faster than recorded the times run. */
  readonly speedup: number;
}

export interface ReplayRegistry {
  readonly assets: readonly Asset[];
  readonly devices: readonly Device[];
  readonly sensors: readonly Sensor[];
}

const KIND_OF: Readonly<Record<string, string>> = {
  gas: 'gas.station',
  water: 'water.dma',
  drainage: 'drainage.manhole',
  river: 'river',
  rain: 'rain.gauge',
  building: 'building',
};
const KIND_ELSE = 'water.pump';
const EVERY_SECONDS_ELSE = 300;

/** One asset with a device and a sensor for all that speaks in the file. The error lists every fault. */
export function replayRegistry(
  { channels, stepMs }: Scan,
  mappings: readonly ColumnMapping[],
  options: ReplayProvisionOptions,
): Result<ReplayRegistry, string[]> {
  const quantityOf = quantityLookup(options.quantities);
  const everySeconds =
    stepMs === null ? EVERY_SECONDS_ELSE : Math.max(1, Math.round(stepMs / 1_000 / options.speedup));
  const faults: string[] = [];
  const sensors = [...channels.values()].map(({ deviceId, channel, column }): Sensor => {
    const quantity = quantityOf(column);
    const known = findQuantity(quantity);
    const unit = mappings.find(each => each.column === column)?.unit ?? known?.unit ?? '/';
    const id = `${deviceId}.${channel.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-')}`;
    if (known === null) faults.push(`--quantity: "${quantity}" of column ${column} is not in the catalogue`);
    if (findUnit(unit) === null)
      faults.push(`--map: unit "${unit}" of column ${column} is not in the catalogue`);
    if (!ID_PATTERN.test(id)) faults.push(`"${id}" is no sensor id: ${ID_PATTERN.source}`);
    return {
      id,
      name: `${options.assetName} ${channel}`,
      assetId: options.assetId,
      deviceId,
      channel,
      quantity,
      unit,
      expectedEverySeconds: everySeconds,
      range: null,
    };
  });
  const kind = options.assetKind ?? kindOf(sensors[0]?.quantity ?? '');
  if (findAssetKind(kind) === null) faults.push(`--asset-kind: "${kind}" is not in the catalogue`);
  if (!ID_PATTERN.test(options.assetId))
    faults.push(`--asset: "${options.assetId}" is no id: ${ID_PATTERN.source}`);
  if (faults.length > 0) return err([...new Set(faults)]);
  const deviceIds = [...new Set(sensors.map(each => each.deviceId))];
  return ok({
    assets: [assetOf(options, kind)],
    devices: deviceIds.map(id => deviceOf(id, options)),
    sensors,
  });
}

function quantityLookup(specs: readonly string[]): (column: string) => string {
  const byColumn = new Map<string, string>();
  let all = 'generic.value';
  for (const spec of specs) {
    const equals = spec.lastIndexOf('=');
    if (equals < 0) all = spec.trim();
    else byColumn.set(spec.slice(0, equals).trim(), spec.slice(equals + 1).trim());
  }
  return column => byColumn.get(column) ?? all;
}

const kindOf = (quantity: string): string => KIND_OF[quantity.split('.', 1)[0] ?? ''] ?? KIND_ELSE;

function assetOf({ assetId, assetName, orgId, place }: ReplayProvisionOptions, kind: string): Asset {
  const isPlace = findAssetKind(kind)?.geometries.includes('Point') ?? false;
  const geometry = place !== null && isPlace ? ({ type: 'Point', coordinates: place } as const) : null;
  return { id: assetId, kind, name: assetName, geometry, parentId: null, orgId, links: [], properties: {} };
}

const deviceOf = (id: string, { assetId }: ReplayProvisionOptions): Device => ({
  id,
  name: id,
  assetId,
  model: 'replay',
});
