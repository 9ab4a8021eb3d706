import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { asset, change, device, sensor, SYSTEM } from '@anmai/postgres/testing/samples';
import { alarmShape } from '../alarms/alarm-shape';
import { startApiBed, type ApiBed } from '../testing/api-bed';
import { LIVE_LIMITS } from './live-hub';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed({ liveLimits: { ...LIVE_LIMITS, clientsMax: 3, beatMs: 40, healthMs: 50, stallMsMax: 60 } });
  const { records } = bed;
  for (const [name, orgId] of [['gas', 'gas-co'], ['water', 'water-co']] as const) {
    await records.assets.create(asset(`${name}-well`, { orgId }), SYSTEM);
    await records.devices.create(device(`${name}-dev`, `${name}-well`), SYSTEM);
    await records.sensors.create(sensor(`${name}-s`, `${name}-well`, `${name}-dev`), SYSTEM);
  }
  const raised = ['gas', 'water'].map(name => change(`${name}-alarm`, 1, 'raised', { assetId: `${name}-well`, sensorId: `${name}-s` }));
  await records.alarms.applyChanges(raised, { monitor: 'm', seq: 1 });
}); // prettier-ignore
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const stream of open.splice(0)) await stream.close();
  await until(() => streams().then(count => count === 0));
});
afterAll(() => bed.stop());

interface Stream {
  readonly status: number;
  readonly text: () => string;
  readonly events: (name: string) => { id: string | undefined; data: Record<string, unknown> }[];
  readonly response: IncomingMessage;
  readonly hasEnded: () => boolean;
  close(): Promise<void>;
}

async function follow(as: string, query = '', lastEventId?: string): Promise<Stream> {
  const headers: Record<string, string> = { authorization: `Bearer ${await bed.token(as)}` };
  if (lastEventId !== undefined) headers['last-event-id'] = lastEventId;
  const asked: ClientRequest = request(`${bed.url}/api/v1/live${query}`, { headers }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  let ended = false;
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  response.on('close', () => (ended = true)).on('error', () => (ended = true));
  asked.on('error', () => undefined);
  const stream: Stream = {
    status: response.statusCode ?? 0,
    response,
    text: () => text,
    hasEnded: () => ended,
    events: name =>
      text.split('\n\n').flatMap(block => {
        if (!block.startsWith(`event: ${name}\n`)) return [];
        const id = /^id: (.*)$/m.exec(block)?.[1];
        return [
          { id, data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') as Record<string, unknown> },
        ];
      }),
    close: async () => {
      if (!ended) asked.destroy();
      await until(() => ended);
    },
  };
  open.push(stream);
  return stream;
}

/** Asks again every few milliseconds, for three seconds at most. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 3_000; performance.now() < end;) {
    if (await holds()) return;
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  throw new Error('it did not come to hold within 3 s');
}

async function streams(): Promise<number> {
  const { text } = await bed.call('GET', '/metrics');
  return Number(/^anmai_live_streams (\d+)$/m.exec(text)?.[1]);
}
async function publishAlarm(name: 'gas' | 'water'): Promise<void> {
  const alarm = await bed.records.alarms.get(`${name}-alarm`, null);
  if (alarm !== null) bed.live.publish({ name: 'alarm', orgId: alarm.orgId, data: alarmShape(alarm) });
}
const publishReading = (sensorId: string, value: number): void =>
  bed.live.publish({
    name: 'reading',
    data: { sensorId, at: '2026-11-22T06:00:00.000Z', value, quality: 1 },
  });
const ids = (stream: Stream): unknown[] => stream.events('alarm').map(e => e.data['id']);

it('starts with health, then beats, tells health again, and tells how soon to come back', async () => {
  const stream = await follow('vera');
  expect([stream.status, stream.response.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
  expect(stream.response.headers['content-security-policy']).toBeDefined();
  await until(() => stream.text().includes(': beat\n\n') && stream.events('health').length > 1);
  expect(stream.text().startsWith('retry: 1000\n\nevent: health\n')).toBe(true);
}); // prettier-ignore

it('sends alarms of one’s organisation, and only the readings that were asked for', async () => {
  const gas = await follow('gas-operator', '?sensors=gas-s');
  const city = await follow('vera');
  publishReading('water-s', 1);
  publishReading('gas-s', 2);
  await publishAlarm('water');
  await publishAlarm('gas');
  await until(() => ids(gas).length === 1 && ids(city).length === 2);
  expect(ids(gas)).toEqual(['gas-alarm']);
  expect(gas.events('reading').map(e => e.data['value'])).toEqual([2]);
  expect(ids(city)).toEqual(['water-alarm', 'gas-alarm']);
  expect(city.events('reading')).toEqual([]);
});

it('shows what an operator does to the others', async () => {
  const stream = await follow('vera');
  await bed.call('POST', '/api/v1/alarms/gas-alarm/acknowledge', { as: 'otto' });
  await until(() => stream.events('alarm').length === 1);
  expect(stream.events('alarm')[0]?.data).toMatchObject({ id: 'gas-alarm', acknowledged: true });
  await bed.call('POST', '/api/v1/alarms/gas-alarm/acknowledge', { as: 'otto' });
  await publishAlarm('water');
  await until(() => ids(stream).includes('water-alarm'));
  expect(ids(stream)).toEqual(['gas-alarm', 'water-alarm']);
});

it('resumes after the last event that was seen, without holes or repeats', async () => {
  const first = await follow('vera', '?sensors=gas-s');
  publishReading('gas-s', 10);
  await until(() => first.events('reading').length === 1);
  const last = first.events('reading')[0]?.id;
  await first.close();
  for (let i = 11; i < 600; i += 1) publishReading('gas-s', i);
  await publishAlarm('gas');
  const second = await follow('vera', '?sensors=gas-s', last);
  publishReading('gas-s', 600);
  await until(() => second.events('reading').length === 590);
  expect(second.events('reading').map(e => e.data['value'])).toEqual(Array.from({ length: 590 }, (_, i) => i + 11));
  expect(ids(second)).toEqual(['gas-alarm']);
}); // prettier-ignore

it.each(['other-5', 'bed-999999999', 'nonsense'])(
  'says reset to the id %s, and goes on from now',
  async id => {
    const stream = await follow('vera', '', id);
    await until(() => stream.events('reset').length === 1);
    expect(stream.events('reset')[0]?.id).toBe(bed.live.lastId());
    await publishAlarm('gas');
    await until(() => ids(stream).length === 1);
  },
);

it('refuses one stream more than it takes', async () => {
  for (let i = 0; i < 3; i += 1) await follow('vera');
  const fourth = await follow('vera');
  expect(fourth.status).toBe(503);
  await until(() => fourth.text().includes('API-007'));
});

it('cuts a client that takes nothing, says so, and disturbs nobody', async () => {
  const slow = await follow('vera', '?sensors=gas-s');
  const quick = await follow('otto', '?sensors=gas-s');
  slow.response.pause();
  const cut = async (): Promise<boolean> => {
    for (let i = 0; i < 2_000; i += 1) publishReading('gas-s', i);
    bed.clock.advance(10);
    return (await bed.call('GET', '/metrics')).text.includes('anmai_live_streams_cut_total{why="slow"} 1');
  };
  await until(cut);
  expect(bed.logLines.some(line => line.includes('live stream cut') && line.includes('"user":"vera"'))).toBe(
    true,
  );
  const before = quick.events('reading').length;
  publishReading('gas-s', 1);
  await until(() => quick.events('reading').length > before);
  expect(quick.hasEnded()).toBe(false);
  slow.response.resume();
});

it('ends the stream of someone who is barred meanwhile', async () => {
  const stream = await follow('ines');
  await bed.call('PATCH', '/api/v1/users/ines', { as: 'root', body: { disabled: true } });
  await until(() => stream.hasEnded());
});

it.each([
  ['?sensors=Bad%20Id', 400],
  ['?sensors=no-such-sensor', 404],
  [`?sensors=${Array.from({ length: 201 }, (_, i) => `s${i}`).join(',')}`, 400],
])('refuses %s', async (query, status) => {
  expect((await follow('vera', query)).status).toBe(status);
});
