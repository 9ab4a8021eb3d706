import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isWebhookSignature, SIGNATURE_HEADER } from '@anmai/notify';
import { replies, startHttpTarget, type HttpTarget } from '@anmai/notify/testing/http-target';
import { readCap, type AlarmShape, type IncidentShape, type NotifyOutboxShape, type Page } from '@anmai/wire';
import type { MqttClient } from 'mqtt';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send, type Registered } from '../support/device';
import { eventually } from '../support/eventually';
import { startMailServer, type MailServer } from '../support/mail-server';
import {
  newDataDir,
  removeDataDirs,
  spawnServer,
  startServer,
  type ServerProcess,
} from '../support/server-process';

const SMTP_PASSWORD = 'smtp-secret-0123456789';
const HOOK_SECRET = 'hook-secret-0123456789';
const ROBOT_KEY = 'robot-key-0123456789';

let mail: MailServer;
let hook: HttpTarget;
let robot: HttpTarget;
let dataDir: string;
let server: ServerProcess;
let api: ApiClient;
const logs: string[] = [];
const devices = new Map<string, Registered>();
const clients: MqttClient[] = [];

function settings(): Readonly<Record<string, string>> {
  const file = join(dataDir, 'channels.json');
  const channels = [
    {
      kind: 'webhook',
      name: 'webhook',
      url: `${hook.base}/alarms`,
      secretRef: 'HOOK',
      allow: ['127.0.0.0/8'],
    },
    { kind: 'robot', name: 'robot', maker: 'wecom', urlRef: 'ROBOT_URL', allow: ['127.0.0.0/8'] },
  ];
  const retry = { attemptsMax: 3, firstSeconds: 0.05, mostSeconds: 0.1, leaseSeconds: 5 };
  writeFileSync(file, JSON.stringify({ secrets: { HOOK: HOOK_SECRET }, retry, channels }));
  return {
    ANMAI_NOTIFY_FILE: file,
    ANMAI_NOTIFY_SECRET_ROBOT_URL: `${robot.base}/send?key=${ROBOT_KEY}`,
    ANMAI_SMTP_URL: `smtp+none://anmai:${SMTP_PASSWORD}@127.0.0.1:${mail.port}`,
    ANMAI_SMTP_FROM: 'anmai@example.cn',
    ANMAI_PUBLIC_URL: 'https://anmai.example.cn/',
    ANMAI_CAP_SENDER: 'anmai.example.cn',
    ANMAI_LOG_LEVEL: 'debug',
  };
}

async function start(): Promise<void> {
  server = await startServer({ dataDir, env: settings() });
  api = await ApiClient.login(server.http);
}

beforeAll(async () => {
  mail = await startMailServer('anmai', SMTP_PASSWORD);
  hook = await startHttpTarget();
  robot = await startHttpTarget();
  robot.answer = replies(200, { errcode: 0 });
  dataDir = newDataDir();
  await start();
  const contacts = ['email', 'webhook'].map(channel => ({ channel, address: 'zhang@example.cn' }));
  await put('/notify/contacts/admin', { contacts });
  await routeTo('admin');
});
afterEach(async () => {
  hook.answer = response => void response.end();
  await Promise.all(clients.splice(0).map(client => client.endAsync(true)));
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
  await Promise.all([mail.close(), hook.close(), robot.close()]);
});

async function put(path: string, body: object): Promise<unknown> {
  const reply = await api.call('PUT', path, body);
  if (reply.status !== 200) throw new Error(`PUT ${path}: ${JSON.stringify(reply)}`);
  return reply.body;
}

const routeTo = (...people: readonly string[]): Promise<unknown> => {
  const audiences = people.map(recipientId => ({ kind: 'recipient', recipientId }));
  const items =
    people.length === 0
      ? []
      : [{ id: 'all', about: 'alarms', orgId: 'city', from: 'blue', tiers: [{ audiences }] }];
  return put('/notify/routes', { items, fallback: null });
};

/** One more person: ten messages in ten minutes are the most that one gets one by one. */
async function person(username: string, channel: string): Promise<unknown> {
  await api.must('/users', {
    username,
    displayName: username,
    role: 'operator',
    orgId: 'city',
    password: 'long enough 1',
  });
  return put(`/notify/contacts/${username}`, { contacts: [{ channel, address: '13800000000' }] });
}

/** A well with a rule of its own. */
async function well(id: string): Promise<void> {
  devices.set(id, await register(api, id, [{ channel: 'ch4' }]));
  await api.must('/rules', {
    id: `${id}.rule`,
    name: id,
    appliesTo: { sensorIds: [`${id}.ch4`] },
    condition: {
      type: 'threshold',
      limits: [
        { severity: 'yellow', above: 20, clearBelow: 18 },
        { severity: 'orange', above: 50, clearBelow: 45 },
      ],
    },
    source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
  });
}

async function say(id: string, value: number): Promise<void> {
  const client = await connectDevice(server.mqtt, devices.get(id)!, { clientId: `${id}-${clients.length}` });
  clients.push(client);
  await send(client, id, Date.now(), { ch4: value });
}

interface Event {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: {
    readonly link: string;
    readonly notices: readonly { readonly where: string; readonly value: number }[];
  };
}
const events = (): readonly Event[] => hook.seen.map(request => JSON.parse(request.body) as Event);
const alarmOf = (id: string): Promise<AlarmShape> =>
  eventually(async () => (await api.get<Page<AlarmShape>>(`/alarms?state=all&asset=${id}`)).body.items[0]);
const eventsOf = (alarm: AlarmShape): readonly Event[] =>
  events().filter(event => event.subject === `alarms/${alarm.id}`);
const kindsOf = (alarm: AlarmShape): string[] => [...new Set(eventsOf(alarm).map(event => event.type))];
const mailsOf = (alarm: AlarmShape): MailServer['mails'] =>
  mail.mails.filter(each => each.raw.includes(alarm.id));
const outbox = async (query: string): Promise<NotifyOutboxShape> =>
  (await api.get<NotifyOutboxShape>(`/notify/outbox?${query}`)).body;
const told = (alarm: AlarmShape, count: number): Promise<unknown> =>
  eventually(async () => mailsOf(alarm).length >= count && eventsOf(alarm).length >= count);
/** Nothing is on its way and nothing is to come. */
const settled = (): Promise<unknown> =>
  eventually(async () => {
    const { counts, changesWaiting } = await outbox('limit=1');
    return changesWaiting === 0 && counts.every(({ state }) => state === 'sent' || state === 'dead');
  });

it('tells of an alarm by one mail and one signed webhook, and of its end those who were told', async () => {
  await well('w1');
  const sentAt = performance.now();
  await say('w1', 30);
  const alarm = await alarmOf('w1');
  await told(alarm, 1);
  const tookMs = performance.now() - sentAt;
  await settled();
  const [first] = eventsOf(alarm);
  expect(first).toMatchObject({
    type: 'anmai.alarm.start',
    data: { link: `https://anmai.example.cn/alarms/${alarm.id}`, notices: [{ where: 'w1 号井', value: 30 }] },
  });
  const request = hook.seen.find(each => each.body.includes(alarm.id))!;
  const signature = String(request.headers[SIGNATURE_HEADER]);
  expect(isWebhookSignature(HOOK_SECRET, signature, request.body, Date.now())).toBe(true);
  expect(isWebhookSignature(HOOK_SECRET, signature, `${request.body} `, Date.now())).toBe(false);
  expect(mailsOf(alarm).map(each => each.to)).toEqual([['zhang@example.cn']]);
  expect(tookMs).toBeLessThan(5_000);

  await say('w1', 3);
  await told(alarm, 2);
  await settled();
  expect(kindsOf(alarm)).toEqual(['anmai.alarm.start', 'anmai.alarm.end']);
  expect([mailsOf(alarm).length, eventsOf(alarm).length]).toEqual([2, 2]);
  const page = await fetch(`${server.http}/alarms/${alarm.id}`, { redirect: 'manual' });
  expect([page.status, page.headers.get('location')]).toEqual([302, `/?alarm=${alarm.id}`]);
});

it('gives the alarm as CAP: Alert, Update with references, Cancel', async () => {
  await well('w2');
  for (const value of [30, 60, 3]) await say('w2', value);
  const { id } = await alarmOf('w2');
  const changes = ['raised', 'escalated', 'cleared'];
  await eventually(async () => {
    const { history } = (await api.get<AlarmShape>(`/alarms/${id}`)).body;
    return history.length === changes.length;
  });
  const caps = await Promise.all(
    ['?n=1', '?n=2', ''].map(async query => {
      const reply = await api.get<string>(`/alarms/${id}/cap${query}`);
      expect(reply.headers.get('content-type')).toContain('application/cap+xml');
      const read = readCap(reply.body);
      if (!read.ok) throw new Error(read.error.join());
      return read.value;
    }),
  );
  expect(caps.map(cap => [cap.messageType, cap.status, cap.references.map(each => each.identifier)])).toEqual(
    [
      ['Alert', 'Actual', []],
      ['Update', 'Actual', [caps[0]!.identifier]],
      ['Cancel', 'Actual', [caps[0]!.identifier, caps[1]!.identifier]],
    ],
  );
  expect(caps[2]!.infos.map(info => [info.language, info.urgency])).toEqual([
    ['zh-CN', 'Past'],
    ['en-US', 'Past'],
  ]);
  expect((await api.get('/alarms/unknown/cap')).status).toBe(404);
});

it('tells every change over kills, and what comes twice has the same id', async () => {
  await well('w3');
  // One change after the other, with the program killed right after it was published.
  const values = [30, 60, 30, 60, 3];
  for (const value of values) {
    await say('w3', value);
    logs.push(...server.log);
    await server.kill();
    await start();
  }
  const alarm = await alarmOf('w3');
  await eventually(async () => kindsOf(alarm).includes('anmai.alarm.end'), 60_000);
  await eventually(async () => (await settled(), mailsOf(alarm).length >= values.length), 60_000);
  const { history } = (await api.get<AlarmShape>(`/alarms/${alarm.id}`)).body;
  expect(history.map(each => each.change)).toEqual([
    'raised',
    'escalated',
    'deescalated',
    'escalated',
    'cleared',
  ]);
  // The end is a message of its own; of the others each has its own id, however often it came.
  expect(new Set(eventsOf(alarm).map(event => event.id)).size).toBe(values.length);
  expect(new Set(mailsOf(alarm).map(each => each.messageId)).size).toBe(values.length);
  const { items } = await outbox('limit=1000');
  const ofAlarm = items.filter(item => item.subjectId === alarm.id);
  expect(ofAlarm.length).toBe(2 * values.length);
  const twice = eventsOf(alarm).length + mailsOf(alarm).length - ofAlarm.length;
  // A second time comes only what was on its way when the program died.
  expect(twice).toBeGreaterThanOrEqual(0);
  expect(twice).toBeLessThanOrEqual(ofAlarm.reduce((sum, item) => sum + item.attempts - 1, 0));
});

it('tries again while the receiver is down, gives up, lists it, and sends it again by hand', async () => {
  await well('w4');
  await person('wang', 'webhook');
  await routeTo('wang');
  hook.answer = replies(503);
  await say('w4', 30);
  const alarm = await alarmOf('w4');
  const dead = await eventually(async () => {
    const { items } = await outbox('state=dead');
    return items.find(item => item.subjectId === alarm.id);
  });
  expect(dead).toMatchObject({ channel: 'webhook', attempts: 3, state: 'dead' });
  expect(dead.reason).toContain('HTTP 503');
  expect(eventsOf(alarm).length).toBe(3);
  hook.answer = response => void response.end();
  expect((await api.post(`/notify/outbox/${dead.id}/requeue`)).status).toBe(200);
  await eventually(async () => (await outbox('state=sent')).items.some(item => item.id === dead.id));
  expect(new Set(eventsOf(alarm).map(event => event.id)).size).toBe(1);
  expect((await api.post(`/notify/outbox/${dead.id}/requeue`)).body).toMatchObject({ code: 'NTF-004' });
});

it('shows what waits for a channel that is not there, and what nobody was told of', async () => {
  expect(await person('li', 'sms')).toMatchObject({ unconfigured: ['sms'] });
  await routeTo('li');
  await well('w5');
  await say('w5', 30);
  await eventually(async () =>
    (await outbox('state=queued')).counts.some(each => each.channel === 'sms' && !each.configured),
  );
  await routeTo();
  await well('w6');
  await say('w6', 30);
  const { id } = await alarmOf('w6');
  const incidents = (await api.get<Page<IncidentShape>>('/incidents?state=open')).body.items;
  const incidentId = incidents.find(each => each.cause?.alarmId === id)?.id;
  // Once for what happened, not for the alarm as well.
  await eventually(async () =>
    (await outbox('limit=1')).gaps.some(gap => gap.incidentId === incidentId && gap.reason === 'no-route'),
  );
  const metrics = await (await fetch(`${server.http}/metrics`)).text();
  expect(metrics).toContain('anmai_notify_entries{channel="sms",state="queued",configured="0"} 1');
  expect(metrics).toMatch(/anmai_notify_gaps_total\{reason="no-route"\} 1/);
  expect(metrics).toMatch(/anmai_notify_messages_total\{channel="webhook",result="sent"\} \d/);
});

it('sends a test message by each channel, and says when it was not taken', async () => {
  const contacts = ['email', 'webhook', 'robot'].map(channel => ({ channel, address: 'zhang@example.cn' }));
  await put('/notify/contacts/admin', { contacts });
  for (const { channel } of contacts)
    expect((await api.post('/notify/test', { channel, username: 'admin' })).body).toEqual({
      sent: true,
      reason: null,
    });
  expect(robot.seen.at(-1)?.body).toContain('测试');
  robot.answer = replies(200, { errcode: 93_000, errmsg: `invalid webhook url key=${ROBOT_KEY}` });
  const refused = await api.post<{ reason: string }>('/notify/test', { channel: 'robot', username: 'admin' });
  expect(refused.body).toMatchObject({ sent: false });
  expect(refused.body.reason).not.toContain(ROBOT_KEY);
  expect((await api.post('/notify/test', { channel: 'sms', username: 'admin' })).status).toBe(404);
  expect((await api.post('/notify/test', { channel: 'sms', username: 'li' })).body).toMatchObject({
    code: 'NTF-005',
  });
});

it('keeps secrets and addresses out of the log, and stops cleanly', async () => {
  const stoppedAt = performance.now();
  expect(await server.stop()).toBe(0);
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
  logs.push(...server.log);
  const text = logs.join('\n');
  expect(text).toContain('message sent');
  for (const secret of [SMTP_PASSWORD, HOOK_SECRET, ROBOT_KEY, 'zhang@example.cn', '13800000000'])
    expect(text).not.toContain(secret);
  await start();
});

it('does not start with channels that cannot be made, and names all faults without a value', async () => {
  const file = join(dataDir, 'bad.json');
  const channels = [
    { kind: 'webhook', name: 'a', url: 'ftp://x', secretRef: 'HOOK' },
    { kind: 'robot', name: 'b', maker: 'feishu', urlRef: 'MISSING' },
  ];
  writeFileSync(file, JSON.stringify({ secrets: { HOOK: HOOK_SECRET }, channels }));
  const env = {
    ANMAI_NOTIFY_FILE: file,
    ANMAI_SMTP_URL: `smtps://u:${SMTP_PASSWORD}@h`,
    ANMAI_HTTP_PORT: 'x',
  };
  const spawned = spawnServer({ env });
  expect(await spawned.exited).toBe(78);
  const { faults } = JSON.parse(spawned.log.at(-1) ?? '') as { faults: { key: string; fault: string }[] };
  expect(faults.map(fault => fault.key)).toEqual([
    'ANMAI_HTTP_PORT',
    'ANMAI_SMTP_FROM',
    'ANMAI_NOTIFY_FILE',
    'ANMAI_NOTIFY_FILE',
  ]);
  expect(spawned.log.join()).not.toMatch(new RegExp(`${SMTP_PASSWORD}|${HOOK_SECRET}`));
});
