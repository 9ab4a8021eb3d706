import type { AssetShape, Problem } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';

let server: ServerProcess;
let api: ApiClient;

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  await api.must('/orgs', { id: 'gas-co', name: '燃气公司', parentId: 'city' });
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

it('imports JSON all or nothing, with every fault by row', async () => {
  const good = { id: 'imp-1', kind: 'gas.well', name: 'a', orgId: 'gas-co' };
  const bad = await api.post<Problem>('/registry/import', {
    assets: [good, { ...good, id: 'IMP 2' }, { ...good, id: 'imp-3', kind: 'gas.balloon' }],
    devices: [{ id: 'imp-d', assetId: 'imp-1' }, { id: 7 }],
  });
  expect([bad.status, bad.body.code]).toEqual([422, 'API-003']);
  expect(bad.body.faults!.map(fault => fault.at)).toEqual(['assets.1.id', 'assets.2.kind', 'devices.1.id']);
  const missing = await api.post<Problem>('/registry/import', {
    assets: [good],
    devices: [{ id: 'imp-d', assetId: 'nowhere' }],
  });
  expect(missing.body.faults!.map(fault => fault.at)).toEqual(['devices.0']);
  expect((await api.get('/assets/imp-1')).status).toBe(404);
  const taken = await api.post('/registry/import', {
    assets: [good],
    devices: [{ id: 'imp-d', assetId: 'imp-1' }],
  });
  expect([taken.status, taken.body]).toEqual([200, { orgs: 0, assets: 1, devices: 1, sensors: 0 }]);
});

it('imports CSV, also with a byte order mark, and names the rows that are wrong', async () => {
  const head =
    'record,id,kind,name,orgId,lon,lat,assetId,deviceId,channel,quantity,unit,expectedEverySeconds';
  const csv = (rows: string[]) =>
    api.call<Problem & { assets: number }>(
      'POST',
      '/registry/import',
      `\ufeff${[head, ...rows].join('\n')}\n`,
      {
        'content-type': 'text/csv',
      },
    );
  const rows = [
    'asset,csv-1,gas.well,"井, 一",gas-co,114.3,34.8,,,,,,',
    'device,csv-d,,,,,,csv-1,,,,,',
    'sensor,csv-s,,,,,,csv-1,csv-d,ch4,gas.combustible,%LEL,60',
  ];
  const bad = await csv([...rows, 'asset,csv-2,gas.well,x,gas-co,east,34.8,,,,,,']);
  expect([bad.status, bad.body.faults![0]!.at]).toEqual([422, expect.stringMatching(/^row 5/)]);
  expect((await api.get('/assets/csv-1')).status).toBe(404);
  expect((await csv(rows)).body).toEqual({ orgs: 0, assets: 1, devices: 1, sensors: 1 });
  expect((await api.get<AssetShape>('/assets/csv-1')).body).toMatchObject({
    name: '井, 一',
    geometry: { coordinates: [114.3, 34.8] },
  });
});
