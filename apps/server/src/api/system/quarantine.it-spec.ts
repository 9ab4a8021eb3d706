/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */

import { adoptReply, pageOf, quarantineReply, readingsReply, seriesReply } from '@anmai/wire';
import { asset, device, sensor, SYSTEM } from '@anmai/postgres/testing/samples';
import { TEST_NOW } from '@anmai/postgres/testing/test-server';
import { startApiBed, type ApiBed, type Json, type Reply } from '../testing/api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
  const { records } = bed;
  await records.assets.create(asset('well-1', { orgId: 'gas-co' }), SYSTEM);
  await records.devices.create(device('dev-1', 'well-1'), SYSTEM);
  await records.sensors.create(sensor('s1', 'well-1', 'dev-1', { channel: 'ch4' }), SYSTEM);
});
afterAll(() => bed.stop());

const quarantined = (id: string, over: object = {}): Promise<void> =>
  bed.records.quarantine.put([
    {
      id,
      deviceId: 'stranger-1',
      topic: 'anmai/v1/stranger-1/telemetry',
      reason: 'unknown_device',
      detail: 'device stranger-1 is not registered',
      payload: Buffer.from('[{"n":"ch4","u":"%LEL","v":1}]'),
      count: 3,
      firstAt: TEST_NOW,
      lastAt: TEST_NOW + 1_000,
      ...over,
    },
  ]);
const adopt = (id: string, body: unknown, as = 'otto'): Promise<Reply> =>
  bed.call('POST', `/api/v1/quarantine/${id}/adopt`, { as, body });
const CH4 = { channel: 'ch4', quantity: 'gas.combustible', unit: '%LEL', expectedEverySeconds: 60 };

describe('quarantine', () => {
  it('lists what was not taken, with the payload as text or as hex', async () => {
    await quarantined('q-1');
    await quarantined('q-2', { payload: Buffer.from([0xff, 0x00]), reason: 'not_json' });
    const { body } = await bed.call('GET', '/api/v1/quarantine', { as: 'vera' });
    const items = pageOf(quarantineReply).parse(body).items;
    expect(items.find(q => q.id === 'q-1')).toMatchObject({ adoptable: true, payload: '[{"n":"ch4","u":"%LEL","v":1}]' });
    expect(items.find(q => q.id === 'q-2')).toMatchObject({ adoptable: false, payload: '0xff00' });
    expect((await bed.call('GET', '/api/v1/quarantine', { as: 'water-viewer' })).body.items).toEqual([]);
  }); // prettier-ignore

  it('makes the device and its sensors out of it', async () => {
    await quarantined('q-3', { deviceId: 'stranger-2' });
    const reply = await adopt('q-3', { assetId: 'well-1', name: '新设备', sensors: [CH4] });
    expect(reply.status).toBe(200);
    expect(adoptReply.parse(reply.body)).toMatchObject({
      device: { id: 'stranger-2', name: '新设备', assetId: 'well-1' },
      sensors: [{ id: 'stranger-2.ch4', channel: 'ch4', assetId: 'well-1' }],
    });
    const again = await adopt('q-3', { assetId: 'well-1', sensors: [] });
    expect([again.status, again.body.code]).toEqual([409, 'API-006']);
  });

  it.each<[string, object, Json, number]>([
    ['what is no unknown device', { reason: 'not_json' }, { assetId: 'well-1' }, 409],
    ['a device id that cannot be one', { deviceId: 'Bad Id' }, { assetId: 'well-1' }, 409],
    ['an asset that is not there', {}, { assetId: 'nowhere' }, 422],
    ['an unknown unit', {}, { assetId: 'well-1', sensors: [{ ...CH4, unit: 'furlong' }] }, 400],
    ['the id of another device’s sensor', {}, { assetId: 'well-1', sensors: [{ ...CH4, id: 's1' }] }, 409],
    ['a channel twice', {}, { assetId: 'well-1', sensors: [CH4, { ...CH4, id: 'second' }] }, 400],
  ])('refuses %s, and makes nothing', async (name, over, body, status) => {
    const id = `q-${Buffer.from(name).toString('hex').slice(0, 20)}`;
    await quarantined(id, { deviceId: `dev-${id}`, ...over });
    expect((await adopt(id, body)).status).toBe(status);
    expect(await bed.records.devices.get(`dev-${id}`, null)).toBeNull();
    expect((await bed.records.sensors.get('s1', null))?.deviceId).toBe('dev-1');
  });
});

describe('readings', () => {
  const append = (
    rows: readonly (readonly [at: number, value: number, quality?: 1 | 4 | 9])[],
  ): Promise<void> =>
    bed.store.append(
      rows.map(([at, value, quality = 1]) => ({ sensorId: 's1', at: TEST_NOW + at, value, quality })),
    );
  const iso = (at: number): string => new Date(TEST_NOW + at).toISOString();
  const get = (path: string): Promise<Reply> => bed.call('GET', `/api/v1/sensors/s1/${path}`, { as: 'vera' });

  it('come raw, ascending, half-open, and say when some were held back', async () => {
    await append([[2_000, 2], [1_000, 1.5], [3_000, NaN, 9], [4_000, -3, 4]]);
    const all = await get(`readings?from=${iso(1_000)}&to=${iso(4_000)}`);
    expect(readingsReply.parse(all.body)).toEqual({
      rows: [
        { at: iso(1_000), value: 1.5, quality: 1 },
        { at: iso(2_000), value: 2, quality: 1 },
        { at: iso(3_000), value: null, quality: 9 },
      ],
      truncated: false,
    });
    expect((await get(`readings?from=${iso(0)}&to=${iso(9_000)}&limit=2`)).body.truncated).toBe(true);
  }); // prettier-ignore

  it('come as a series that keeps the extremes', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => [10_000 + i * 1_000, i === 3_333 ? 99 : Math.sin(i / 50)] as const);
    await append(rows);
    const { body } = await get(`series?from=${iso(10_000)}&to=${iso(6_000_000)}&points=100`);
    const series = seriesReply.parse(body);
    expect([series.source, series.unit]).toEqual(['raw', '%LEL']);
    expect(series.rows.length).toBeLessThanOrEqual(100);
    expect(series.rows.map(row => row.value)).toContain(99);
  }); // prettier-ignore

  it.each(['readings?limit=50001', 'series?points=3', 'series?from=now', 'series?from=1900-01-01T00:00:00Z', `readings?from=${encodeURIComponent('2026-11-22T00:00:00Z')}&to=${encodeURIComponent('2026-11-22T00:00:00Z')}`])(
    'refuse %s',
    async path => expect((await get(path)).status).toBe(400),
  ); // prettier-ignore

  it('answer 503 with when to come back while the store is away', async () => {
    bed.store.outage = 'switched off';
    const reply = await get('readings');
    bed.store.outage = null;
    expect([reply.status, reply.body.code, reply.headers.get('retry-after')]).toEqual([503, 'RDG-001', '2']);
  });
});

it('tells how the platform is', async () => {
  const { body } = await bed.call('GET', '/api/v1/status', { as: 'vera' });
  expect(body.parts.journal).toBe('up');
});
