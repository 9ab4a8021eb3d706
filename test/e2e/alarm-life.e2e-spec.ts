/* eslint-disable @typescript-eslint/no-unsafe-assignment -- expect.any and its like */
import type { MqttClient } from 'mqtt';
import type { AlarmSettingsShape, AlarmShape, Page, Problem, ServiceWindowShape } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { EventStream } from './event-stream';

let server: ServerProcess;
let api: ApiClient;
let live: EventStream;
const clients: MqttClient[] = [];

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  live = await EventStream.open(server.http, api.token);
});
afterAll(async () => {
  live.close();
  await Promise.all(clients.map(client => client.endAsync(true)));
  await server.stop();
  removeDataDirs();
});

let made = 0;
/** A well with two gas channels, `ch4` and `h2`, each under a rule of its own; `say` sends readings of now. */
async function well(over: object = {}) {
  const id = `l${++made}`;
  const device = await register(api, id, [{ channel: 'ch4' }, { channel: 'h2' }]);
  for (const channel of ['ch4', 'h2']) {
    await api.must('/rules', {
      id: `${id}.${channel}`,
      name: id,
      appliesTo: { sensorIds: [`${id}.${channel}`] },
      condition: {
        type: 'threshold',
        limits: [
          { severity: 'yellow', above: 20 },
          { severity: 'orange', above: 50 },
        ],
      },
      source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
      ...over,
    });
  }
  const client = await connectDevice(server.mqtt, device);
  clients.push(client);
  let last = 0;
  const say = (values: Record<string, number>): Promise<void> => {
    last = Math.max(Date.now(), last + 1);
    return send(client, id, last, values);
  };
  return { id, say };
}

/** The alarm of a channel, once it is as wanted. */
const becomes = (sensorId: string, wanted: (alarm: AlarmShape) => boolean): Promise<AlarmShape> =>
  eventually(async () => {
    const { body } = await api.get<Page<AlarmShape>>(`/alarms?state=all&sensor=${sensorId}`);
    const [newest] = body.items;
    if (newest === undefined || !wanted(newest)) return null;
    return (await api.get<AlarmShape>(`/alarms/${newest.id}`)).body;
  });
/** The newest live picture of the alarm, once it is as wanted. */
const shown = async (id: string, wanted: (alarm: AlarmShape) => boolean): Promise<AlarmShape> => {
  const event = await live.next(({ name, data }) => {
    const alarm = data as unknown as AlarmShape;
    return name === 'alarm' && alarm.id === id && wanted(alarm);
  });
  return event.data as unknown as AlarmShape;
};
const act = (id: string, what: string, body: object = {}) =>
  api.post<AlarmShape>(`/alarms/${id}/${what}`, body);
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();
const listed = async (state: string): Promise<string[]> =>
  (await api.get<Page<AlarmShape>>(`/alarms?state=${state}`)).body.items.map(alarm => alarm.id);

describe('shelving', () => {
  it('ends by itself, and the live stream says so with the system as its author', async () => {
    const { id, say } = await well();
    await say({ ch4: 25 });
    const alarm = await becomes(`${id}.ch4`, a => a.state === 'UNACK');
    const until = inSeconds(3);
    const shelved = await act(alarm.id, 'shelve', { until, reason: '探头检修' });
    expect(shelved.body).toMatchObject({ state: 'SHLVD', shelvedUntil: until, calling: false });
    expect(await listed('shelved')).toContain(alarm.id);
    const back = await shown(alarm.id, a => a.shelvedUntil === null && a.history.some(h => h.change === 'shelveExpired'));
    expect(back).toMatchObject({ state: 'UNACK', calling: true });
    expect(back.history.at(-1)).toEqual({
      at: until,
      actor: 'system',
      change: 'shelveExpired',
      reason: 'the time of the shelving is over',
    });
    expect(back.history.at(-2)).toMatchObject({ actor: 'admin', change: 'shelved', reason: '探头检修' });
    expect(await listed('shelved')).not.toContain(alarm.id);
  }); // prettier-ignore

  it('ends with a rise in severity', async () => {
    const { id, say } = await well();
    await say({ ch4: 25 });
    const alarm = await becomes(`${id}.ch4`, a => a.state === 'UNACK');
    await act(alarm.id, 'shelve', { until: inSeconds(600), reason: '探头检修' });
    await say({ ch4: 60 });
    const risen = await shown(alarm.id, a => a.severity === 'orange');
    expect(risen).toMatchObject({ state: 'UNACK', shelvedUntil: null, calling: true });
    expect(risen.history.map(h => h.change)).toEqual(['raised', 'shelved', 'escalated', 'unshelved']);
  });

  it('is refused where it is too long, and says what to do instead', async () => {
    const { id, say } = await well();
    await say({ ch4: 25 });
    const alarm = await becomes(`${id}.ch4`, a => a.state === 'UNACK');
    const refused = await api.post<Problem>(`/alarms/${alarm.id}/shelve`, {
      until: inSeconds(9 * 3_600),
      reason: 'x',
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'ALM-007']);
    expect(refused.body.remedy).toBe('Choose an earlier end, or plan an out-of-service window.');
    const notShelved = await api.post<Problem>(`/alarms/${alarm.id}/unshelve`);
    expect([notShelved.status, notShelved.body.code]).toEqual([409, 'ALM-009']);
  });
});

it('a cause hides its consequence with its reason, and shows it when it has ended', async () => {
  const { id, say } = await well();
  const rule = {
    id: `${id}.hides`,
    cause: { ruleIds: [`${id}.ch4`] },
    hides: { ruleIds: [`${id}.h2`], severityMax: 'yellow' },
    within: { kind: 'asset' },
    reason: '甲烷使氢气探头交叉响应',
  };
  expect((await api.post('/inhibitions', rule)).status).toBe(201);
  await say({ h2: 25 });
  const consequence = await becomes(`${id}.h2`, a => a.state === 'UNACK');
  await say({ ch4: 25 });
  const cause = await becomes(`${id}.ch4`, a => a.state === 'UNACK');
  const hidden = await shown(consequence.id, a => a.state === 'DSUPR');
  expect(hidden).toMatchObject({
    calling: false,
    suppressedBy: { ruleId: rule.id, causeId: cause.id, until: null, reason: rule.reason },
  });
  expect(await listed('suppressed')).toEqual([consequence.id]);
  await say({ ch4: 1 });
  const back = await shown(consequence.id, a => a.state === 'UNACK' && a.history.length > 2);
  expect(back.history.map(h => [h.actor, h.change])).toEqual([
    ['system', 'raised'],
    ['system', 'suppressed'],
    ['system', 'unsuppressed'],
  ]);
});

it('a recurring window keeps alarms from calling, and its end brings them back', async () => {
  const { id, say } = await well();
  const window = await api.post<ServiceWindowShape & Problem>('/service-windows', {
    assetIds: [id],
    startAt: inSeconds(-3_600),
    durationMs: 2 * 3_600_000,
    rrule: 'FREQ=DAILY;COUNT=3',
    reason: '探头标定',
  });
  expect([window.status, window.body.rrule]).toEqual([201, 'FREQ=DAILY;COUNT=3']);
  await say({ ch4: 25 });
  const alarm = await becomes(`${id}.ch4`, a => a.state === 'OOSRV');
  expect(alarm).toMatchObject({ calling: false, outOfService: { windowId: window.body.id, reason: '探头标定' } });
  expect(await listed('outOfService')).toEqual([alarm.id]);
  const gone = await api.call('DELETE', `/service-windows/${window.body.id}`);
  expect(gone.status).toBe(204);
  const back = await shown(alarm.id, a => a.state === 'UNACK');
  expect(back).toMatchObject({ outOfService: null, calling: true });
  expect(back.history.map(h => h.change)).toEqual(['raised', 'outOfService', 'inService']);
  const bad = await api.post<Problem>('/service-windows', {
    assetIds: [id],
    startAt: inSeconds(0),
    durationMs: 1_000,
    rrule: 'FREQ=YEARLY',
    reason: 'x',
  });
  expect(bad.body.faults).toEqual([{ at: 'rrule', message: 'FREQ has to be DAILY, WEEKLY or MONTHLY' }]);
}); // prettier-ignore

it('a close is refused with all that is missing, then accepted', async () => {
  const { id, say } = await well();
  await say({ ch4: 25 });
  const alarm = await becomes(`${id}.ch4`, a => a.state === 'UNACK');
  const early = await api.post<Problem>(`/alarms/${alarm.id}/close`, { confirmed: true });
  expect([early.status, early.body.code]).toEqual([409, 'ALM-018']);
  expect(early.body.detail).toContain(
    'the condition is still on; 0 of 3 normal readings in a row; nobody has confirmed that it is over',
  );
  await say({ ch4: 1 });
  await becomes(`${id}.ch4`, a => a.state === 'RTNUN');
  const few = await api.post<Problem>(`/alarms/${alarm.id}/close`, { confirmed: true });
  expect(few.body.detail).toBe('refused as it stands: 1 of 3 normal readings in a row');
  expect(few.body.remedy).toBe('Wait for the missing readings.');
  await say({ ch4: 2 });
  await say({ ch4: 2 });
  const unconfirmed = await eventually(async () => {
    const { body } = await api.post<Problem>(`/alarms/${alarm.id}/close`, {});
    return body.detail.includes('readings') ? null : body;
  });
  expect(unconfirmed.remedy).toBe('Confirm after checking on the spot.');
  const closed = await act(alarm.id, 'close', { confirmed: true, note: '现场复测正常' });
  expect(closed.body).toMatchObject({ state: 'NORM', closedAt: expect.any(String) });
  expect(closed.body.history.slice(-2).map(h => [h.actor, h.change, h.reason])).toEqual([
    ['admin', 'confirmed', '现场复测正常'],
    ['admin', 'closed', '现场复测正常'],
  ]);
  expect((await act(alarm.id, 'close')).body.history).toEqual(closed.body.history);
});

it('a latched alarm stays after its return until somebody resets it', async () => {
  const { id, say } = await well({ latched: true });
  await say({ ch4: 25 });
  const alarm = await becomes(`${id}.ch4`, a => a.latched === true);
  await say({ ch4: 1 });
  await becomes(`${id}.ch4`, a => a.state === 'LATCH_UNACK');
  const refused = await api.post<Problem>(`/alarms/${alarm.id}/reset`);
  expect([refused.status, refused.body.code]).toEqual([409, 'ALM-014']);
  expect((await act(alarm.id, 'acknowledge')).body).toMatchObject({ state: 'LATCH_ACKED', closedAt: null });
  expect((await act(alarm.id, 'reset', { note: '阀室已检查' })).body).toMatchObject({
    state: 'NORM',
    closedAt: expect.any(String),
  });
});

it('settings hold from now on: an acknowledged alarm calls again, one that nobody looks at is unattended', async () => {
  const { body: settings, headers } = await api.get<AlarmSettingsShape>('/alarm-settings');
  const { version, ...body } = settings;
  expect([version, headers.get('etag')]).toEqual([1, '"1"']);
  const quick = {
    ...body,
    reAlarmMs: { ...body.reAlarmMs, yellow: 2_000 },
    dutyMs: { ...body.dutyMs, identify: 1_000 },
  };
  const put = await api.call<AlarmSettingsShape>('PUT', '/alarm-settings', quick, { 'if-match': '"1"' });
  expect([put.status, put.body.version]).toEqual([200, 2]);
  expect((await api.call('PUT', '/alarm-settings', quick, { 'if-match': '"1"' })).status).toBe(412);
  const { id, say } = await well();
  await say({ ch4: 25 });
  const alarm = await becomes(`${id}.ch4`, a => a.state === 'UNACK');
  expect((await shown(alarm.id, a => (a.unattendedSince ?? null) !== null)).state).toBe('UNACK');
  await act(alarm.id, 'acknowledge');
  const again = await shown(alarm.id, a => a.history.some(h => h.change === 'reAlarmed'));
  expect(again).toMatchObject({ acknowledged: false, calling: true, state: 'UNACK' });
  expect(again.history.at(-1)).toMatchObject({ actor: 'system', reason: 'acknowledged, and still on' });
  await api.call('PUT', '/alarm-settings', body);
});

it('an assessment and a comment are kept with their author', async () => {
  const { id, say } = await well();
  await say({ ch4: 25 });
  const alarm = await becomes(`${id}.ch4`, a => a.state === 'UNACK');
  const bare = await api.post<Problem>(`/alarms/${alarm.id}/assess`, { verdict: 'other' });
  expect([bare.status, bare.body.code]).toEqual([409, 'ALM-011']);
  const assessed = await act(alarm.id, 'assess', { verdict: 'biogas', note: '沼气，非管网气' });
  expect(assessed.body.assessment).toMatchObject({ verdict: 'biogas', by: 'admin', coversRise: true });
  expect(assessed.body.history.at(-1)).toMatchObject({ change: 'assessed', reason: '沼气，非管网气' });
});
