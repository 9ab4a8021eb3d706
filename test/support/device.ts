import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import type { ApiClient } from './api-client';

/** A registered device with its sensors, one well of the gas company. */
export interface Registered {
  readonly deviceId: string;
  readonly username: string;
  readonly password: string;
}

export interface SensorSpec {
  readonly channel: string;
  readonly quantity?: string;
  readonly unit?: string;
  readonly expectedEverySeconds?: number;
  readonly range?: { readonly min: number; readonly max: number } | null;
}

/** Makes asset `{id}`, device `{id}` and sensors `{id}.{channel}`, and gives the log-in. */
export async function register(
  api: ApiClient,
  id: string,
  sensors: readonly SensorSpec[],
): Promise<Registered> {
  await api.must('/assets', {
    id,
    kind: 'gas.well',
    name: `${id} 号井`,
    orgId: 'city',
    geometry: null,
    parentId: null,
  });
  await api.must('/devices', { id, name: id, assetId: id, model: 'test' });
  for (const sensor of sensors) {
    await api.must('/sensors', {
      id: `${id}.${sensor.channel}`,
      assetId: id,
      deviceId: id,
      channel: sensor.channel,
      quantity: sensor.quantity ?? 'gas.combustible',
      unit: sensor.unit ?? '%LEL',
      expectedEverySeconds: sensor.expectedEverySeconds ?? 60,
      ...(sensor.range === undefined
        ? { range: { min: 0, max: 100 } }
        : sensor.range === null
          ? {}
          : { range: sensor.range }),
    });
  }
  const login = await api.must<{ username: string; password: string }>(`/devices/${id}/credentials`);
  return { deviceId: id, ...login };
}

export const telemetry = (deviceId: string): string => `anmai/v1/${deviceId}/telemetry`;

export function connectDevice(
  mqtt: string,
  device: Registered,
  options: IClientOptions = {},
): Promise<MqttClient> {
  const { username, password } = device;
  return connectAsync(mqtt, {
    username,
    password,
    clientId: `t-${device.deviceId}`,
    reconnectPeriod: 0,
    ...options,
  });
}

/** Publishes `values` at device time `at` and resolves with the PUBACK. */
export async function send(
  client: MqttClient,
  deviceId: string,
  at: number,
  values: Readonly<Record<string, number | null>>,
): Promise<void> {
  await client.publishAsync(telemetry(deviceId), JSON.stringify({ ts: at, values }), { qos: 1 });
}
