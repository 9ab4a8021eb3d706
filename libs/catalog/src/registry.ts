import type { LimitSource } from './limits';

/** An organisation. `path` holds its ancestors and itself, root first: access is by prefix. */
export interface Org {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
}

export type Position = readonly [lon: number, lat: number, ...rest: number[]];
/** GeoJSON (RFC 7946) geometry of an asset, WGS 84. */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] };

/** A thing under watch: a pipe, a well, a building. */
export interface Asset {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly geometry: Geometry | null;
  readonly parentId: string | null;
  readonly orgId: string;
  /** Ids of the assets downstream of this one. */
  readonly links: readonly string[];
  /** Free; `grade` (A, B, C, D) of a building is read by rules. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One MQTT client. */
export interface Device {
  readonly id: string;
  readonly name: string;
  readonly assetId: string | null;
  readonly model: string | null;
}

/** One channel of a device, bound to a quantity of an asset. */
export interface Sensor {
  readonly id: string;
  readonly name: string;
  readonly assetId: string;
  readonly deviceId: string;
  /** Name of the value in the device's messages. */
  readonly channel: string;
  readonly quantity: string;
  /** Readings are kept in this unit; what a device sends in another of the same dimension is converted. */
  readonly unit: string;
  readonly expectedEverySeconds: number;
  /** What the instrument can measure; outside is bad quality. */
  readonly range: { readonly min: number; readonly max: number } | null;
}

export type { LimitSource };
