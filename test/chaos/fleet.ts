import type { ReadingsReply, HealthShape } from '@anmai/wire';
import type { ApiClient } from '../support/api-client';
import { register, type Registered } from '../support/device';
import { eventually } from '../support/eventually';
import { ChaosDevice, type Address } from './chaos-device';
import { planOf } from './plan';

const READINGS_PAGE = 10_000;

export const RULES = [
  {
    id: 'first-sample',
    name: 'two severities, at once',
    appliesTo: { quantity: 'gas.combustible' },
    condition: {
      type: 'threshold',
      limits: [
        { severity: 'yellow', above: 20, clearBelow: 18 },
        { severity: 'orange', above: 50, clearBelow: 45 },
      ],
      raiseAfter: { samples: 1 },
      clearAfter: { samples: 2 },
    },
    source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
  },
  {
    id: 'k-of-n',
    name: '3 of 5, clear after a time',
    appliesTo: { quantity: 'gas.combustible' },
    condition: {
      type: 'threshold',
      limits: [{ severity: 'red', above: 40, clearBelow: 35 }],
      raiseAfter: { samples: 3, of: 5 },
      clearAfter: { seconds: 60 },
    },
    source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
  },
];

/** Makes `count` devices with channels `a` and `b`. Ids are the same in every run, and so are those of the alarms. */
export async function registerFleet(api: ApiClient, count: number): Promise<Registered[]> {
  for (const rule of RULES) await api.must('/rules', rule);
  const out: Registered[] = [];
  // An hour between reports: what silence alone does would depend on the wall clock.
  const sensors = ['a', 'b'].map(channel => ({ channel, expectedEverySeconds: 3_600 }));
  for (let i = 0; i < count; i++) out.push(await register(api, `dev-${i}`, sensors));
  return out;
}

export const fleetOf = (
  registered: readonly Registered[],
  seed: number,
  startsAt: number,
  address: Address,
): ChaosDevice[] =>
  registered.map((device, i) => new ChaosDevice(device, planOf(seed + i, startsAt), address));

/** Both followers have come to the end of the journal. */
export async function caughtUp(api: ApiClient, ms = 60_000): Promise<void> {
  await eventually(async () => {
    const { body } = await api.get<HealthShape>('/status');
    return body.monitorLagMs === 0 && body.archiverLagMs === 0 && body.parts.readings === 'up';
  }, ms);
}

/** What has to be in the store of one channel: one row for each instant, in order. */
export function expectedRows(device: ChaosDevice, channel: string): string[] {
  const rows = new Map<number, string>();
  for (const n of device.acknowledged) {
    const { at, values } = device.sent[n]!;
    const value = values[channel] ?? null;
    rows.set(at, rowText(at, value, value === null ? 9 : value > 100 ? 4 : 1));
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, text]) => text);
}

export async function storedRows(api: ApiClient, sensorId: string, from: number): Promise<string[]> {
  const out: string[] = [];
  const to = new Date(Date.now() + 86_400_000).toISOString();
  for (let at = from; ;) {
    const query = `from=${new Date(at).toISOString()}&to=${to}&limit=${READINGS_PAGE}`;
    const { body, status } = await api.get<ReadingsReply>(`/sensors/${sensorId}/readings?${query}`);
    if (status !== 200) throw new Error(`readings: ${status} ${JSON.stringify(body)}`);
    for (const row of body.rows) out.push(rowText(Date.parse(row.at), row.value, row.quality));
    if (!body.truncated) return out;
    at = Date.parse(body.rows.at(-1)!.at) + 1;
  }
}

const rowText = (at: number, value: number | null, quality: number): string => `${at} ${value} ${quality}`;
