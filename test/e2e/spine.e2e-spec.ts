import type { AlarmShape, Page, ReadingsReply } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';

let server: ServerProcess;
let api: ApiClient;

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
});
afterAll(async () => {
  await server.kill();
  removeDataDirs();
});

const RULE = {
  id: 'gas-adjacent',
  name: '相邻地下空间可燃气体',
  appliesTo: { quantity: 'gas.combustible', assetKind: 'gas.well' },
  condition: {
    type: 'threshold',
    limits: [
      { severity: 'yellow', above: 20, clearBelow: 18 },
      { severity: 'orange', above: 50, clearBelow: 45 },
    ],
    raiseAfter: { samples: 1 },
    clearAfter: { seconds: 60 },
  },
  source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
};

const alarmsOf = async (asset: string): Promise<readonly AlarmShape[]> =>
  (await api.get<Page<AlarmShape>>(`/alarms?state=all&asset=${asset}`)).body.items;

it('goes from a reading to an alarm to its end, and explains itself', async () => {
  const device = await register(api, 'well-1', [{ channel: 'ch4' }]);
  await api.must('/rules', RULE);
  const client = await connectDevice(server.mqtt, device);
  const start = Date.now() - 200_000;
  await send(client, 'well-1', start, { ch4: 5 });
  await send(client, 'well-1', start + 60_000, { ch4: 53.1 });

  const raised = await eventually(async () => (await alarmsOf('well-1'))[0]);
  expect(raised).toMatchObject({
    ruleId: 'gas-adjacent',
    ruleVersion: 1,
    sensorId: 'well-1.ch4',
    severity: 'orange',
    condition: 'active',
    acknowledged: false,
    onsetAt: new Date(start + 60_000).toISOString(),
    evidence: { limit: { above: 50, unit: '%LEL' }, source: RULE.source },
  });
  expect(raised.evidence.readings.at(-1)).toMatchObject({ value: 53.1, quality: 1 });

  const acknowledged = await api.must<AlarmShape>(`/alarms/${raised.id}/acknowledge`, { note: '值班员已知' });
  expect(acknowledged.acknowledged).toBe(true);

  await send(client, 'well-1', start + 120_000, { ch4: 3 });
  await send(client, 'well-1', start + 180_000, { ch4: 3 });
  const closed = await eventually(async () => {
    const { body } = await api.get<AlarmShape>(`/alarms/${raised.id}`);
    return body.closedAt !== null && body;
  });
  expect(closed.condition).toBe('cleared');
  expect(closed.history.map(item => item.change)).toEqual(['raised', 'acknowledged', 'cleared']);
  await client.endAsync();
});

it('keeps every reading, in order, with its quality', async () => {
  const device = await register(api, 'well-2', [{ channel: 'ch4' }]);
  const client = await connectDevice(server.mqtt, device);
  const start = Date.now() - 600_000;
  for (const [i, value] of [1, 101, null, 4].entries())
    await send(client, 'well-2', start + i * 60_000, { ch4: value });
  const path = `/sensors/well-2.ch4/readings?from=${new Date(start).toISOString()}&to=${new Date().toISOString()}`;
  const { rows } = await eventually(async () => {
    const { body } = await api.get<ReadingsReply>(path);
    return body.rows.length === 4 && body;
  });
  expect(rows.map(row => [row.value, row.quality])).toEqual([
    [1, 1],
    [101, 4],
    [null, 9],
    [4, 1],
  ]);
  await client.endAsync();
});

it('stops in order on SIGTERM and goes on where it was', async () => {
  const device = await register(api, 'well-3', [{ channel: 'ch4' }]);
  const client = await connectDevice(server.mqtt, device);
  const start = Date.now() - 300_000;
  await send(client, 'well-3', start, { ch4: 30 });
  const [raised] = await eventually(async () => {
    const alarms = await alarmsOf('well-3');
    return alarms.length === 1 && alarms;
  });
  await client.endAsync();
  expect(await server.stop()).toBe(0);

  server = await startServer({ dataDir: server.dataDir });
  api = await ApiClient.login(server.http);
  const again = await connectDevice(server.mqtt, device);
  await send(again, 'well-3', start + 60_000, { ch4: 60 });
  const escalated = await eventually(async () => {
    const alarms = await alarmsOf('well-3');
    return alarms[0]?.severity === 'orange' && alarms;
  });
  expect(escalated.map(alarm => alarm.id)).toEqual([raised!.id]);
  await again.endAsync();
});
