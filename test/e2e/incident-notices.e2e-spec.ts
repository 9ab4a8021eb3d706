import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHttpTarget, type HttpTarget } from '@anmai/notify/testing/http-target';
import {
  readCap,
  type CapAlert,
  type IncidentDetailShape,
  type IncidentShape,
  type NotifyOutboxShape,
  type Page,
  type RoutesShape,
} from '@anmai/wire';
import type { MqttClient } from 'mqtt';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send } from '../support/device';
import { eventually } from '../support/eventually';
import { startMailServer, type MailServer } from '../support/mail-server';
import { newDataDir, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';

let mail: MailServer;
let hook: HttpTarget;
let server: ServerProcess;
let api: ApiClient;
const clients: MqttClient[] = [];

beforeAll(async () => {
  mail = await startMailServer('anmai', 'smtp-secret-1');
  hook = await startHttpTarget();
  const dataDir = newDataDir();
  const file = join(dataDir, 'channels.json');
  const channel = { kind: 'webhook', name: 'webhook', url: `${hook.base}/in`, secretRef: 'HOOK', allow: ['127.0.0.0/8'] };
  writeFileSync(file, JSON.stringify({ secrets: { HOOK: 'hook-secret-0123456789' }, channels: [channel] }));
  const env = {
    ANMAI_NOTIFY_FILE: file,
    ANMAI_SMTP_URL: `smtp+none://anmai:smtp-secret-1@127.0.0.1:${mail.port}`,
    ANMAI_SMTP_FROM: 'anmai@example.cn',
    ANMAI_PUBLIC_URL: 'https://anmai.example.cn/',
    ANMAI_CAP_SENDER: 'anmai.example.cn',
  };
  server = await startServer({ dataDir, env });
  api = await ApiClient.login(server.http);
  for (const [id, name] of [['crew-co', '抢修公司'], ['bureau', '主管部门']])
    await api.must('/orgs', { id, name, parentId: 'city' });
  await person('duty', 'city', 'email', 'webhook');
  await person('boss', 'city', 'email');
  await person('crew', 'crew-co', 'email');
  await person('chief', 'bureau', 'email');
}, 120_000); // prettier-ignore
afterAll(async () => {
  await Promise.all(clients.map(client => client.endAsync(true)));
  await server.stop();
  removeDataDirs();
  await Promise.all([mail.close(), hook.close()]);
});

async function put(path: string, body: object): Promise<unknown> {
  const reply = await api.call('PUT', path, body);
  if (reply.status !== 200) throw new Error(`PUT ${path}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}
async function person(username: string, orgId: string, ...channels: string[]): Promise<void> {
  const password = 'long enough 1';
  await api.must('/users', { username, displayName: username, role: 'operator', orgId, password });
  const contacts = channels.map(channel => ({ channel, address: `${username}@example.cn` }));
  await put(`/notify/contacts/${username}`, { contacts });
}
const tier = (recipientId: string) => ({ audiences: [{ kind: 'recipient', recipientId }] });
const routes = (...items: readonly object[]): Promise<unknown> => put('/notify/routes', { items });
const ALL = { id: 'all', orgId: 'city', from: 'blue' };

/** Neighbouring wells at one place of the map, with a rule of their own. */
async function wells(group: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => `${group}w${i}`);
  for (const [i, id] of ids.entries()) {
    const device = await register(api, id, [{ channel: 'ch4' }]);
    clients.push(await connectDevice(server.mqtt, device, { clientId: id }));
    const coordinates = [group.charCodeAt(0), 30 + i * 0.0001];
    const put = await api.call('PATCH', `/assets/${id}`, { geometry: { type: 'Point', coordinates } });
    if (put.status !== 200) throw new Error(JSON.stringify(put.body));
  }
  await api.must('/rules', {
    id: `${group}.rule`,
    name: group,
    appliesTo: { sensorIds: ids.map(id => `${id}.ch4`) },
    condition: {
      type: 'threshold',
      limits: [
        { severity: 'orange', above: 20, clearBelow: 18 },
        { severity: 'red', above: 50, clearBelow: 45 },
      ],
    },
    source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
  });
  return ids;
}
let clockMs = Date.now() - 600_000;
async function say(id: string, ...values: number[]): Promise<void> {
  const client = clients.find(each => each.options.clientId === id)!;
  for (const ch4 of values) await send(client, id, (clockMs += 1_000), { ch4 });
}
const incidentOf = (well: string, count: number): Promise<IncidentDetailShape> =>
  eventually(async () => {
    const { items } = (await api.get<Page<IncidentShape>>('/incidents?state=open')).body;
    for (const { id } of items) {
      const { body } = await api.get<IncidentDetailShape>(`/incidents/${id}`);
      if (body.alarmCount === count && body.alarms.some(alarm => alarm.assetId === well)) return body;
    }
    return false;
  });
async function take(id: string, body: object): Promise<IncidentShape> {
  const reply = await api.post<IncidentShape>(`/incidents/${id}/steps`, body);
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  return reply.body;
}
/** Who was told what of it, sorted: one line for each mail. */
async function told(id: string): Promise<string[]> {
  const { items } = (await api.get<NotifyOutboxShape>('/notify/outbox?limit=1000')).body;
  return items
    .filter(item => item.subjectId === id && item.channel === 'email')
    .map(item => `${item.kind} ${item.recipientId}`)
    .sort();
}
const settled = (): Promise<unknown> =>
  eventually(async () => {
    const { counts, changesWaiting } = (await api.get<NotifyOutboxShape>('/notify/outbox?limit=1')).body;
    return changesWaiting === 0 && counts.every(({ state }) => state === 'sent');
  });
async function cap(id: string, n?: number): Promise<CapAlert> {
  const reply = await api.get<string>(`/incidents/${id}/cap${n === undefined ? '' : `?n=${n}`}`);
  expect(reply.headers.get('content-type')).toContain('application/cap+xml');
  const read = readCap(reply.body);
  if (!read.ok) throw new Error(read.error.join());
  return read.value;
}

it('tells of an incident from its start to the archive, each to those whom it concerns', async () => {
  await routes({ ...ALL, tiers: [tier('duty'), tier('boss')] });
  expect((await api.get<RoutesShape>('/notify/routes')).body.items).toMatchObject([{ about: 'incidents' }]);
  const [a, b] = (await wells('a', 2)) as [string, string];
  await say(a, 25);
  await say(b, 25);
  const { id, lastN, alarms } = await incidentOf(a, 2);
  await settled();
  expect(await told(id)).toEqual(['start duty']);
  for (const alarm of alarms) expect(await told(alarm.id)).toEqual([]);
  expect((await api.get<{ code: string }>(`/incidents/${id}/cap`)).body.code).toBe('INC-003');

  await say(b, 60);
  await eventually(async () => (await told(id)).includes('worse duty'));
  await take(id, { kind: 'assess', verdict: 'true', seenN: (await incidentOf(a, 2)).lastN });
  const audience = ['owner', 'authority', 'government'].map(role => ({ role, orgId: 'bureau' }));
  await take(id, { kind: 'warn', severity: 'red', text: '燃气泄漏，立即疏散', audience });
  const dueAt = new Date(Date.now() + 3_600_000).toISOString();
  await take(id, { kind: 'dispatch', tasks: [{ id: 'a-task', orgId: 'crew-co', what: '关阀', dueAt }] });
  await take(id, { kind: 'feedback', taskId: 'a-task', note: '阀门已关' });
  await take(id, { kind: 'proposeEnd', note: '处置完毕' });
  for (const well of [a, b]) await say(well, 5, 5, 5, 5, 5);
  const seenN = (await incidentOf(a, 2)).lastN;
  expect(seenN).toBeGreaterThan(lastN);
  await eventually(async () => (await api.post(`/incidents/${id}/steps`, { kind: 'release', note: '读数正常', seenN })).status === 200);
  await take(id, { kind: 'archive' });
  await eventually(async () => (await told(id)).includes('archived duty'));
  await settled();
  const timely = (await told(id)).filter(line => !line.startsWith('overdue'));
  expect(timely).toEqual([
    'archived chief', 'archived crew', 'archived duty', 'dispatched crew', 'end chief', 'end crew', 'end duty',
    'feedback chief', 'feedback crew', 'feedback duty', 'start duty', 'warned chief', 'warned duty', 'worse duty',
  ]);
  const mails = mail.mails.filter(each => each.raw.includes(id));
  expect(mails.length).toBe((await told(id)).length);
  expect(new Set(mails.map(each => each.messageId)).size).toBe(mails.length);
  const types = hook.seen.map(each => JSON.parse(each.body) as { type: string; subject: string; data: { link: string } });
  const ofIncident = types.filter(each => each.subject === `incidents/${id}`);
  expect(ofIncident.map(each => each.type)).toEqual(expect.arrayContaining(['anmai.incident.start', 'anmai.incident.warned', 'anmai.incident.end']));
  expect(ofIncident[0]?.data.link).toBe(`https://anmai.example.cn/incidents/${id}`);
  const page = await fetch(`${server.http}/incidents/${id}`, { redirect: 'manual' });
  expect([page.status, page.headers.get('location')]).toEqual([302, `/?incident=${id}`]);

  const [alert, end] = [await cap(id, 1), await cap(id)];
  expect(alert).toMatchObject({ messageType: 'Alert', status: 'Actual', references: [], incidents: [id] });
  expect(alert.infos[0]).toMatchObject({ severity: 'Extreme', description: '燃气泄漏，立即疏散', language: 'zh-CN' });
  expect(alert.infos[0]?.areas[0]?.polygons).toHaveLength(1);
  expect(end).toMatchObject({ messageType: 'Cancel', references: [{ identifier: alert.identifier }] });
  expect((await api.get('/incidents/unknown/cap')).status).toBe(404);
}); // prettier-ignore

it('a duty that is not done in time goes up the tiers', async () => {
  const [a] = (await wells('b', 1)) as [string];
  await say(a, 25);
  const { id } = await incidentOf(a, 1);
  await eventually(async () => (await told(id)).includes('overdue boss'), 180_000);
  expect(await told(id)).toEqual(expect.arrayContaining(['start duty', 'overdue duty', 'overdue boss']));
}, 240_000);

it('a storm is few messages, and a route for both says each alarm', async () => {
  await routes(
    { ...ALL, tiers: [tier('duty')] },
    { ...ALL, id: 'each', about: 'both', tiers: [tier('crew')] },
  );
  const ids = await wells('c', 8);
  for (const id of ids) await say(id, 25);
  const { id, alarms } = await incidentOf(ids[0]!, 8);
  await settled();
  expect((await told(id)).filter(line => !line.startsWith('overdue'))).toEqual(['start crew', 'start duty']);
  const ofAlarms = (await Promise.all(alarms.map(alarm => told(alarm.id)))).flat();
  expect(ofAlarms).toEqual(Array<string>(8).fill('start crew'));
});
