/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-argument */
/* eslint-disable @typescript-eslint/no-unsafe-call -- replies of every shape are looked into here */
import { HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import {
  alarmReply,
  alarmSettingsReply,
  inhibitionReply,
  serviceWindowReply,
  type AlarmShape,
} from '@anmai/wire';
import { asset, change, device, sensor, SYSTEM } from '@anmai/postgres/testing/samples';
import { startApiBed, type ApiBed, type Reply } from '../testing/api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
  const { records } = bed;
  for (const [name, orgId] of [
    ['gas', 'gas-co'],
    ['water', 'water-co'],
  ] as const) {
    await records.assets.create(asset(`${name}-1`, { orgId }), SYSTEM);
    await records.devices.create(device(`${name}-dev`, `${name}-1`), SYSTEM);
    await records.sensors.create(sensor(`${name}-s`, `${name}-1`, `${name}-dev`), SYSTEM);
  }
});
afterAll(() => bed.stop());

const call = (method: string, path: string, as: string, body?: unknown, headers = {}): Promise<Reply> =>
  bed.call(method, `/api/v1${path}`, { as, body, headers });
const iso = (at: number): string => new Date(at).toISOString();
let seq = 0;
let made = 0;
/** An alarm of the gas company, raised now. */
async function raised(): Promise<string> {
  const id = `alarm-${++made}`;
  const now = bed.clock.now();
  const when = { at: now, noticedAt: now, onsetAt: now };
  const over = { ...when, assetId: 'gas-1', sensorId: 'gas-s', ruleId: id };
  await bed.records.alarms.applyChanges([change(id, 1, 'raised', over)], { monitor: 'm', seq: (seq += 1) });
  bed.clock.advance(1_000);
  return id;
}
const heardOf = (id: string): AlarmShape[] =>
  [...bed.live.since('bed-0', { sensorIds: new Set() }, 1_000)].flatMap(event =>
    typeof event !== 'string' && event.name === 'alarm' && event.data.id === id ? [event.data] : [],
  );

it('shelves and unshelves, and everybody hears of it at once', async () => {
  const id = await raised();
  const until = iso(bed.clock.now() + HOUR_MS);
  const shelved = await call('POST', `/alarms/${id}/shelve`, 'gas-operator', { until, reason: '检修' });
  expect([shelved.status, alarmReply.parse(shelved.body).shelvedUntil]).toEqual([200, until]);
  expect(heardOf(id).at(-1)).toEqual(shelved.body);
  const list = await call('GET', '/alarms?state=shelved', 'vera');
  expect(list.body.items).toMatchObject([{ id, state: 'SHLVD', shelvedUntil: until, calling: false }]);
  const back = await call('POST', `/alarms/${id}/unshelve`, 'otto', { note: '修好' });
  expect(back.body).toMatchObject({ shelvedUntil: null, state: 'UNACK', calling: true });
  expect(back.body.revision).toBeGreaterThan(shelved.body.revision);
});

it('does it once where the same request comes twice', async () => {
  const id = await raised();
  const key = { 'idempotency-key': 'once' };
  const body = { verdict: 'biogas' };
  const first = await call('POST', `/alarms/${id}/assess`, 'otto', body, key);
  const second = await call('POST', `/alarms/${id}/assess`, 'otto', body, key);
  expect(second.body).toEqual(first.body);
  expect(first.body.history.filter((item: { change: string }) => item.change === 'assessed')).toHaveLength(1);
});

it.each([
  ['shelve', { until: '2026-11-22T07:00:00Z' }],
  ['shelve', { reason: 'x' }],
  ['shelve', { until: 'soon', reason: 'x' }],
  ['shelve', { until: '2026-11-22T07:00:00Z', reason: '  ' }],
  ['assess', { verdict: 'maybe' }],
  ['assess', {}],
  ['close', { confirmed: 'yes' }],
  ['reset', { force: true }],
])('refuses %s %j as malformed', async (what, body) => {
  const id = await raised();
  const reply = await call('POST', `/alarms/${id}/${what}`, 'otto', body);
  expect([reply.status, reply.body.code]).toEqual([400, 'VAL-001']);
});

it('keeps other organisations and readers from acting', async () => {
  const id = await raised();
  for (const what of ['unshelve', 'confirm', 'close', 'reset']) {
    expect((await call('POST', `/alarms/${id}/${what}`, 'vera', {})).status).toBe(403);
  }
  await bed.records.users.create(
    {
      ...(await bed.records.users.get('otto', null))!,
      username: 'water-operator',
      orgId: 'water-co',
    },
    SYSTEM,
  );
  expect((await call('POST', `/alarms/${id}/close`, 'water-operator', {})).status).toBe(404);
});

it('counts the monitor’s normal readings when somebody closes', async () => {
  const id = await raised();
  const over = { assetId: 'gas-1', sensorId: 'gas-s', ruleId: id, noticedAt: bed.clock.now() };
  await bed.records.alarms.applyChanges([change(id, 2, 'cleared', over)], {
    monitor: 'm',
    seq: (seq += 1),
  });
  bed.clock.advance(1_000);
  const unconfirmed = await call('POST', `/alarms/${id}/close`, 'otto');
  expect([unconfirmed.status, unconfirmed.body.remedy]).toEqual([409, 'Confirm after checking on the spot.']);
  expect((await call('POST', `/alarms/${id}/confirm`, 'otto', { note: '已复测' })).status).toBe(200);
  const closed = await call('POST', `/alarms/${id}/close`, 'otto');
  expect([closed.status, closed.body.state]).toEqual([200, 'NORM']);
  expect(closed.body.closedAt).not.toBeNull();
  const [entry] = (await bed.records.audit.list({ limit: 1, subject: `alarm/${id}` })).items;
  expect(entry).toMatchObject({ action: 'alarm.closed', detail: { clearReadings: 3 } });
});

const HIDES = {
  cause: { assetKinds: ['gas.well'], severityMin: 'orange' },
  hides: { ruleIds: ['r1'], severityMax: 'yellow' },
  within: { kind: 'downstream', hops: 3 },
  maxMs: HOUR_MS,
  reason: '停电',
};

it('keeps rules of what hides what, for the whole platform alone', async () => {
  const path = '/inhibitions/hides-1';
  const posted = await call('POST', '/inhibitions', 'enno', { id: 'hides-1', ...HIDES });
  expect([posted.status, inhibitionReply.parse(posted.body)]).toEqual([
    201,
    { id: 'hides-1', ...HIDES, version: 1 },
  ]);
  expect((await call('POST', '/inhibitions', 'gas-engineer', HIDES)).body.code).toBe('API-014');
  expect((await call('POST', '/inhibitions', 'otto', HIDES)).body.code).toBe('AUT-004');
  const put = await call('PUT', path, 'enno', { ...HIDES, reason: '断电' }, { 'if-match': '"1"' });
  expect(put.body).toMatchObject({ version: 2, reason: '断电' });
  expect((await call('PUT', path, 'enno', HIDES, { 'if-match': '"1"' })).status).toBe(412);
  expect((await call('GET', '/inhibitions', 'vera')).body.items).toEqual([put.body]);
  expect((await call('DELETE', path, 'enno')).status).toBe(204);
  expect((await call('GET', path, 'vera')).status).toBe(404);
  const noSeverity = { ...HIDES, hides: { ruleIds: ['r1'] } };
  expect((await call('POST', '/inhibitions', 'enno', noSeverity)).body.faults[0].at).toBe(
    'hides.severityMax',
  );
});

it('keeps windows of the own organisation', async () => {
  const window = (over: object = {}) => ({
    assetIds: ['gas-1'],
    startAt: iso(bed.clock.now()),
    durationMs: HOUR_MS,
    rrule: 'FREQ=WEEKLY;BYDAY=MO,TH',
    reason: '标定',
    ...over,
  });
  const posted = await call('POST', '/service-windows', 'gas-engineer', window({ id: 'w-1' }));
  expect([posted.status, serviceWindowReply.parse(posted.body)]).toEqual([
    201,
    { ...window(), id: 'w-1', sensorIds: [], version: 1 },
  ]);
  expect((await call('GET', '/service-windows/w-1', 'water-viewer')).status).toBe(404);
  expect((await call('GET', '/service-windows', 'gas-operator')).body.items).toEqual([posted.body]);
  const foreign = window({ assetIds: ['water-1'] });
  expect((await call('POST', '/service-windows', 'gas-engineer', foreign)).status).toBe(404);
  const both = window({ assetIds: [], sensorIds: ['water-s'] });
  expect((await call('PUT', '/service-windows/w-1', 'gas-engineer', both)).status).toBe(404);
  expect((await call('PUT', '/service-windows/w-1', 'gas-engineer', window())).body.version).toBe(2);
  expect((await call('DELETE', '/service-windows/w-1', 'enno')).status).toBe(204);
  for (const over of [{ durationMs: 0 }, { rrule: 'FREQ=HOURLY' }, { assetIds: [] }, { reason: '' }]) {
    expect((await call('POST', '/service-windows', 'enno', window(over))).status).toBe(400);
  }
});

it('keeps settings, and refuses those that cannot be met', async () => {
  const got = await call('GET', '/alarm-settings', 'vera');
  const { version, ...settings } = alarmSettingsReply.parse(got.body);
  expect(version).toBe(1);
  const put = (over: object, as = 'enno') => call('PUT', '/alarm-settings', as, { ...settings, ...over });
  expect((await put({}, 'gas-engineer')).body.code).toBe('API-014');
  const short = await put({ dutyMs: { identify: MINUTE_MS, respond: 1_000, feedback: HOUR_MS } });
  expect([short.status, short.body.faults[0].at]).toEqual([400, 'dutyMs.respond']);
  // More than the monitor remembers could never be counted.
  expect((await put({ clearReadingsMin: 13 })).status).toBe(400);
  expect((await put({ clearReadingsMin: 12 })).body).toMatchObject({ version: 2, clearReadingsMin: 12 });
});
