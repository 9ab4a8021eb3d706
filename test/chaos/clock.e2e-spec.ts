import { join } from 'node:path';
import { LmdbJournal, openLmdbEnv } from '@anmai/lmdb';
import { journalCodec, type AlarmShape, type JournalBody, type Page } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';

const HOUR_MS = 3_600_000;
const MAP_BYTES = 16 * 1024 ** 3;

let server: ServerProcess;
afterAll(async () => {
  await server.kill();
  removeDataDirs();
});

/** As if the program had run with a clock that was an hour ahead of the one of now. */
async function writeFromTheFuture(dataDir: string): Promise<number> {
  const env = openLmdbEnv(join(dataDir, 'journal'), MAP_BYTES);
  const journal = new LmdbJournal<JournalBody>({ env, codec: journalCodec, bytesMax: MAP_BYTES });
  const at = Date.now() + HOUR_MS;
  await journal.append(at, { kind: 'tick' });
  await journal.close();
  await env.root.close();
  return at;
}

it('notices silence after the wall clock was set back by an hour while the program was away', async () => {
  server = await startServer();
  const device = await register(await ApiClient.login(server.http), 'dev', [{ channel: 'x' }]);
  expect(await server.stop()).toBe(0);
  const future = await writeFromTheFuture(server.dataDir);

  server = await startServer({ dataDir: server.dataDir });
  const api = await ApiClient.login(server.http);
  const client = await connectDevice(server.mqtt, device);
  await send(client, 'dev', Date.now(), { x: 1 });
  await api.must('/rules', {
    id: 'silent',
    name: 'silent',
    appliesTo: {},
    condition: { type: 'noData', after: { seconds: 2 } },
    source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
  });
  const alarm = await eventually(async () => {
    const { body } = await api.get<Page<AlarmShape>>('/alarms?state=all');
    return body.items[0];
  });
  expect(alarm).toMatchObject({ ruleId: 'silent', sensorId: 'dev.x', condition: 'active' });
  // Journal time went on from where it was.
  expect(Date.parse(alarm.raisedAt)).toBeGreaterThanOrEqual(future);
  await client.endAsync();
});
