import type { HealthShape } from '@anmai/wire';
import type { ApiClient } from '../support/api-client';
import { eventually } from '../support/eventually';
import type { LoadDevice } from './load-messages';

/** Rows of one import; its body has to stay below the limit of the platform. */
const IMPORT_ROWS = 10_000;
const LOG_INS_AT_ONCE = 16;

export interface CityPlan {
  readonly devices: number;
  readonly channels: readonly string[];
  readonly prefix?: string;
  readonly expectedEverySeconds?: number;
}

/** Registers the devices, one asset each and a sensor for each channel, and gives their log-ins. */
export async function registerCity(api: ApiClient, plan: CityPlan): Promise<LoadDevice[]> {
  const { prefix = 'bench', expectedEverySeconds = 60 } = plan;
  const ids = Array.from({ length: plan.devices }, (_, i) => `${prefix}-${i}`);
  const assets = ids.map((id, i) => ({
    id,
    kind: 'gas.well',
    name: `${i} 号井`,
    orgId: 'city',
    geometry: { type: 'Point', coordinates: [114.3 + (i % 100) / 1_000, 34.8 + i / 1_000_000] },
  }));
  const sensors = ids.flatMap(id =>
    plan.channels.map(channel => ({
      id: `${id}.${channel}`,
      assetId: id,
      deviceId: id,
      channel,
      quantity: 'gas.combustible',
      unit: '%LEL',
      expectedEverySeconds,
      range: { min: 0, max: 100 },
    })),
  );
  await importAll(api, 'assets', assets);
  await importAll(
    api,
    'devices',
    ids.map(id => ({ id, name: id, assetId: id, model: 'bench' })),
  );
  await importAll(api, 'sensors', sensors);
  return logIns(api, ids);
}

async function importAll(api: ApiClient, list: string, rows: readonly object[]): Promise<void> {
  for (let i = 0; i < rows.length; i += IMPORT_ROWS)
    await api.must('/registry/import', { [list]: rows.slice(i, i + IMPORT_ROWS) });
}

async function logIns(api: ApiClient, ids: readonly string[]): Promise<LoadDevice[]> {
  const out: LoadDevice[] = [];
  for (let i = 0; i < ids.length; i += LOG_INS_AT_ONCE) {
    const some = ids.slice(i, i + LOG_INS_AT_ONCE).map(async id => {
      const login = await api.must<{ username: string; password: string }>(`/devices/${id}/credentials`);
      return { clientId: id, ...login, topic: `anmai/v1/${id}/telemetry` };
    });
    out.push(...(await Promise.all(some)));
  }
  return out;
}

/** A threshold in two levels and a no-data rule, on every sensor. */
export async function makeRules(api: ApiClient): Promise<void> {
  const source = { kind: 'assumption', why: 'benchmark', reviewBy: '2027-06-30' };
  const limits = [
    { severity: 'yellow', above: 20, clearBelow: 18 },
    { severity: 'orange', above: 50, clearBelow: 45 },
  ];
  await api.must('/rules', {
    id: 'bench-limit',
    name: '可燃气体',
    appliesTo: { quantity: 'gas.combustible' },
    condition: { type: 'threshold', limits },
    source,
  });
  await api.must('/rules', {
    id: 'bench-silence',
    name: '无数据',
    appliesTo: {},
    condition: { type: 'noData', after: { missed: 10 } },
    source,
  });
}

export const statusOf = async (api: ApiClient): Promise<HealthShape> =>
  (await api.get<HealthShape>('/status')).body;

/** Waits until monitor and archiver have dealt with all that was journaled. */
export async function caughtUp(api: ApiClient, msMax = 300_000): Promise<void> {
  await eventually(async () => {
    const { monitorLagMs, archiverLagMs } = await statusOf(api);
    return monitorLagMs === 0 && archiverLagMs === 0;
  }, msMax);
}
