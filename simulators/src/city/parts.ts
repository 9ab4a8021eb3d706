import type { Asset, Device, Geometry, Org, Sensor } from '@anmai/catalog';
import { invariant } from '@anmai/kernel';
import type { MessageForm } from '../feed/feed';
import { seedOf } from '../random';
import type { Model } from './models';
import { reportEverySeconds } from './pace';

/** One channel of a device as the builders describe it. */
export interface ChannelSpec {
  readonly channel: string;
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
  readonly range: { readonly min: number; readonly max: number };
  /** Decimals that the instrument shows. */
  readonly decimals: number;
  readonly model: Model;
}

export interface SensorPlan {
  readonly sensor: Sensor;
  readonly model: Model;
  readonly decimals: number;
}

export interface DevicePlan {
  readonly device: Device;
  readonly form: MessageForm;
  readonly everyMs: number;
  /** Offset of its first report, so that the city does not speak all at once. */
  readonly phaseMs: number;
  readonly sensors: readonly SensorPlan[];
}

export interface DeviceSpec {
  /** Ends the id where an asset has several devices; '' where it has one. */
  readonly suffix: string;
  readonly name: string;
  readonly model: string;
  /** As practised in the field; the pace shortens it. */
  readonly everySeconds: number;
  readonly form: MessageForm;
  readonly channels: readonly ChannelSpec[];
}

export interface AssetSpec {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly geometry: Geometry;
  readonly orgId: string;
  readonly parentId?: string;
  readonly links?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Collects the rows of the registry together with what plays behind each. Ids must be new. */
export class CityBuilder {
  readonly orgs: Org[] = [];
  readonly assets: Asset[] = [];
  readonly plans: DevicePlan[] = [];
  private readonly ids = new Set<string>();

  constructor(
    readonly seed: number,
    readonly pace: number,
  ) {}

  addOrg(org: Org): void {
    this.orgs.push(org);
  }

  addAsset(spec: AssetSpec): Asset {
    this.claim('asset', spec.id);
    const asset = { parentId: null, links: [], properties: {}, ...spec };
    this.assets.push(asset);
    return asset;
  }

  addDevice(asset: Asset, spec: DeviceSpec): void {
    const part = spec.suffix === '' ? '' : `.${spec.suffix}`;
    const id = `dev-${asset.id}${part}`;
    this.claim('device', id);
    const everySeconds = reportEverySeconds(spec.everySeconds, this.pace);
    const sensors = spec.channels.map(each => {
      const sensorId = `${asset.id}${part}.${each.channel.toLowerCase()}`;
      this.claim('sensor', sensorId);
      return plannedSensor(sensorId, asset, id, everySeconds, each);
    });
    const everyMs = everySeconds * 1_000;
    this.plans.push({
      device: { id, name: `${asset.name} ${spec.name}`, assetId: asset.id, model: spec.model },
      form: spec.form,
      everyMs,
      phaseMs: (seedOf(this.seed, 'phase', id) >>> 0) % everyMs,
      sensors,
    });
  }

  private claim(what: string, id: string): void {
    const key = `${what} ${id}`;
    invariant(!this.ids.has(key), `${key} is given twice`);
    this.ids.add(key);
  }
}

function plannedSensor(
  id: string,
  asset: Asset,
  deviceId: string,
  expectedEverySeconds: number,
  { channel, name, quantity, unit, range, decimals, model }: ChannelSpec,
): SensorPlan {
  const sensor = {
    id,
    name: `${asset.name} ${name}`,
    assetId: asset.id,
    deviceId,
    channel,
    quantity,
    unit,
    expectedEverySeconds,
    range,
  };
  return { sensor, model, decimals };
}
