/* eslint-disable @typescript-eslint/no-unsafe-assignment */
import type { MqttClient } from 'mqtt';
import type {
  AlarmShape,
  AssetShape,
  HealthShape,
  Page,
  Problem,
  ReadingsReply,
  SensorShape,
} from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send, type Registered, type SensorSpec } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';

let server: ServerProcess;
let api: ApiClient;
const clients: MqttClient[] = [];

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.endAsync(true)));
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

const SOURCE = { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' };
const LIMITS = [
  { severity: 'yellow', above: 20, clearBelow: 18 },
  { severity: 'orange', above: 50, clearBelow: 45 },
];

let made = 0;
interface Well {
  readonly id: string;
  readonly sensorId: string;
  readonly device: Registered;
  readonly client: MqttClient;
}

/** A well with one channel, online, and a rule for its sensor alone. */
async function well(
  spec: Partial<SensorSpec> = {},
  condition: object | null = { limits: LIMITS },
): Promise<Well> {
  const id = `w${++made}`;
  const device = await register(api, id, [{ channel: 'ch4', ...spec }]);
  if (condition !== null) await rule(id, condition);
  const client = await connectDevice(server.mqtt, device);
  clients.push(client);
  return { id, sensorId: `${id}.ch4`, device, client };
}

const ruleBody = (id: string, condition: object, over: object = {}): object => ({
  id: `${id}.rule`,
  name: id,
  appliesTo: { sensorIds: [`${id}.ch4`] },
  condition: { type: 'threshold', ...condition },
  source: SOURCE,
  ...over,
});
const rule = (id: string, condition: object): Promise<unknown> => api.must('/rules', ruleBody(id, condition));

const say = ({ client, id }: Well, at: number, ch4: number | null): Promise<void> =>
  send(client, id, at, { ch4 });

const alarmsOf = async (id: string): Promise<readonly AlarmShape[]> =>
  (await api.get<Page<AlarmShape>>(`/alarms?state=all&asset=${id}&limit=1000`)).body.items;
const alarm = async (id: string): Promise<AlarmShape> => (await api.get<AlarmShape>(`/alarms/${id}`)).body;
/** The newest alarm of the asset, once it is as wanted. */
const becomes = (id: string, wanted: (alarm: AlarmShape) => boolean, ms?: number): Promise<AlarmShape> =>
  eventually(async () => {
    const [newest] = await alarmsOf(id);
    return newest !== undefined && wanted(newest) && alarm(newest.id);
  }, ms);
const kinds = ({ history }: AlarmShape): string[] => history.map(item => item.change);

const sensor = async (id: string): Promise<SensorShape> =>
  (await api.get<SensorShape>(`/sensors/${id}`)).body;
const asset = async (id: string): Promise<AssetShape> => (await api.get<AssetShape>(`/assets/${id}`)).body;
const blindSensors = async (): Promise<number> => (await api.get<HealthShape>('/status')).body.sensorsBlind;

/** Everything that was acknowledged has been judged. */
const judged = (sensorId: string, at: number): Promise<unknown> =>
  eventually(async () => Date.parse((await sensor(sensorId)).latest?.at ?? '') === at);

describe('silence', () => {
  const NO_DATA = { type: 'noData', after: { missed: 2.5 }, severity: 'blue' };

  it('raises, shows as blind everywhere, and ends when the sensor is heard again', async () => {
    const w = await well({ expectedEverySeconds: 1 }, null);
    await api.must('/rules', ruleBody(w.id, NO_DATA));
    const before = await blindSensors();
    const spokenAt = Date.now();
    await say(w, spokenAt, 5);
    await judged(w.sensorId, spokenAt);
    expect((await sensor(w.sensorId)).state).toEqual({ severity: null, blind: false, unacknowledged: false });

    const raised = await becomes(w.id, found => found.condition === 'active', 8_000);
    expect(raised).toMatchObject({ severity: 'blue', ruleId: `${w.id}.rule`, sensorId: w.sensorId });
    expect(Math.abs(Date.parse(raised.onsetAt) - spokenAt)).toBeLessThan(1_000);
    const silentMs = Date.parse(raised.raisedAt) - spokenAt;
    expect(silentMs).toBeGreaterThanOrEqual(2_400);
    expect(silentMs).toBeLessThan(6_000);
    expect((await sensor(w.sensorId)).state).toEqual({ severity: 'blue', blind: true, unacknowledged: true });
    expect((await asset(w.id)).state).toMatchObject({ severity: 'blue', blind: true });
    await eventually(async () => (await blindSensors()) >= before + 1);

    await say(w, Date.now(), 5);
    const ended = await becomes(w.id, found => found.condition === 'cleared');
    expect(kinds(ended)).toEqual(['raised', 'cleared']);
    expect((await sensor(w.sensorId)).state).toMatchObject({ severity: null, blind: false });
    expect((await asset(w.id)).state.blind).toBe(false);
  });

  it('of a sensor that never spoke raises as well', async () => {
    const w = await well({ expectedEverySeconds: 2 }, null);
    await api.must('/rules', ruleBody(w.id, NO_DATA));
    const raised = await becomes(w.id, found => found.condition === 'active', 12_000);
    expect(raised.evidence.readings).toEqual([]);
    expect((await sensor(w.sensorId)).state.blind).toBe(true);
  });

  it('never clears an alarm: it makes it blind, and seeing again makes it active', async () => {
    const w = await well({ expectedEverySeconds: 1 });
    await say(w, Date.now(), 60);
    const blind = await becomes(w.id, found => found.condition === 'blind', 8_000);
    expect([blind.severity, blind.clearedAt]).toEqual(['orange', null]);
    expect((await asset(w.id)).state).toMatchObject({ severity: 'orange', blind: true });
    await say(w, Date.now(), 60);
    const active = await becomes(w.id, found => found.condition === 'active');
    expect(kinds(active)).toEqual(['raised', 'blinded', 'restored']);
  });

  it.each([
    ['says "no value"', null],
    ['gives what its instrument cannot measure', 500],
  ])('a sensor that %s is blind at once', async (_name, value) => {
    const w = await well();
    const start = Date.now() - 10_000;
    await say(w, start, 30);
    await becomes(w.id, found => found.condition === 'active');
    await say(w, start + 1_000, value);
    await becomes(w.id, found => found.condition === 'blind');
    expect((await sensor(w.sensorId)).state.blind).toBe(true);
    await say(w, start + 2_000, 1);
    const cleared = await becomes(w.id, found => found.condition === 'cleared');
    expect(kinds(cleared)).toEqual(['raised', 'blinded', 'restored', 'cleared']);
  });
});

describe('people', () => {
  it('an escalation takes the acknowledgement back; easing does not', async () => {
    const w = await well();
    const start = Date.now() - 100_000;
    await say(w, start, 25);
    const raised = await becomes(w.id, found => found.severity === 'yellow');
    await api.must(`/alarms/${raised.id}/acknowledge`, { note: 'on my way' });
    expect((await sensor(w.sensorId)).state.unacknowledged).toBe(false);
    await say(w, start + 1_000, 55);
    const escalated = await becomes(w.id, found => found.severity === 'orange');
    expect(escalated.acknowledged).toBe(false);
    await eventually(async () => (await sensor(w.sensorId)).state.unacknowledged);
    await api.must(`/alarms/${raised.id}/acknowledge`);
    await say(w, start + 2_000, 30);
    const eased = await becomes(w.id, found => found.severity === 'yellow');
    expect([eased.id, eased.acknowledged]).toEqual([raised.id, true]);
    await say(w, start + 3_000, 1);
    const closed = await becomes(w.id, found => found.closedAt !== null);
    expect(kinds(closed)).toEqual([
      'raised', 'acknowledged', 'escalated', 'acknowledged', 'deescalated', 'cleared',
    ]); // prettier-ignore
  });

  it('who acknowledges what they saw does not acknowledge what came since', async () => {
    const w = await well();
    const start = Date.now() - 100_000;
    await say(w, start, 25);
    const seen = await becomes(w.id, found => found.severity === 'yellow');
    await say(w, start + 1_000, 55);
    await becomes(w.id, found => found.severity === 'orange');
    const reply = await api.post<Problem>(`/alarms/${seen.id}/acknowledge`, { seenN: seen.lastN });
    expect([reply.status, reply.body.code]).toEqual([409, 'ALM-003']);
    expect((await alarm(seen.id)).acknowledged).toBe(false);
    expect((await api.post(`/alarms/${seen.id}/acknowledge`, { seenN: 99 })).status).toBe(422);
  });

  it('an alarm that is cleared stays open until somebody has seen it', async () => {
    const w = await well();
    const start = Date.now() - 100_000;
    await say(w, start, 25);
    await say(w, start + 1_000, 1);
    const cleared = await becomes(w.id, found => found.condition === 'cleared');
    expect(cleared.closedAt).toBeNull();
    const open = await api.get<Page<AlarmShape>>(`/alarms?state=open&asset=${w.id}`);
    expect(open.body.items.map(item => item.id)).toEqual([cleared.id]);
    const closed = await api.must<AlarmShape>(`/alarms/${cleared.id}/acknowledge`);
    expect(closed.closedAt).not.toBeNull();
    const left = await api.get<Page<AlarmShape>>(`/alarms?state=open&asset=${w.id}`);
    expect(left.body.items).toEqual([]);
  });
});

describe('delivery', () => {
  const readings = async (w: Well, from: number): Promise<ReadingsReply['rows']> => {
    const [since, to] = [from, Date.now() + 60_000].map(at => new Date(at).toISOString());
    return (await api.get<ReadingsReply>(`/sensors/${w.sensorId}/readings?from=${since}&to=${to}`)).body.rows;
  };
  const spell = (start: number): [number, number][] => [
    [start, 5], [start + 1_000, 25], [start + 2_000, 55], [start + 3_000, 30], [start + 4_000, 2],
  ]; // prettier-ignore

  it.each([
    ['each twice', (all: [number, number][]) => all.flatMap(each => [each, each])],
    ['all of it twice', (all: [number, number][]) => [...all, ...all]],
    ['neighbours swapped', ([a, b, c, d, e]: [number, number][]) => [a!, c!, b!, e!, d!]],
  ])('%s: one alarm, the same one', async (_name, order) => {
    const w = await well();
    const start = Date.now() - 100_000;
    for (const [at, value] of order(spell(start))) await say(w, at, value);
    await eventually(async () => (await readings(w, start)).length === 5);
    const ended = await becomes(w.id, found => found.condition === 'cleared');
    expect((await alarmsOf(w.id)).length).toBe(1);
    expect(ended).toMatchObject({ clearedAt: new Date(start + 4_000).toISOString() });
  });

  it('backwards: nothing stays open, and the worst is told', async () => {
    const w = await well();
    const start = Date.now() - 100_000;
    for (const [at, value] of spell(start).toReversed()) await say(w, at, value);
    await eventually(async () => (await readings(w, start)).length === 5);
    // What came to light late may be more than one alarm; the newest is not the last that is written.
    const told = await eventually(async () => {
      const found = await alarmsOf(w.id);
      return found.some(each => each.severity === 'orange') && found;
    });
    expect(told.every(each => each.condition === 'cleared')).toBe(true);
    expect((await sensor(w.sensorId)).state.severity).toBeNull();
  });

  it('a late back-fill is archived and raises nothing anew that was dealt with', async () => {
    const w = await well();
    const start = Date.now() - 3_600_000;
    const all = spell(start);
    for (const [at, value] of all) await say(w, at, value);
    const dealtWith = await becomes(w.id, found => found.condition === 'cleared');
    await api.must(`/alarms/${dealtWith.id}/acknowledge`);
    // Live data, more than the monitor can still put right.
    for (let i = 0; i < 20; i++) await say(w, start + 600_000 + i * 60_000, 3);
    // What the logger had kept meanwhile: the same spell, in finer steps, and quiet hours before it.
    const late: [number, number][] = [
      ...Array.from({ length: 10 }, (_, i): [number, number] => [start - 600_000 + i * 30_000, 4]),
      ...all.flatMap(([at, value]): [number, number][] => [[at, value], [at + 500, value]]).slice(0, -1),
    ]; // prettier-ignore
    for (const [at, value] of late) await say(w, at, value);
    const newest = start + 600_000 + 20 * 60_000;
    await say(w, newest, 3);
    await judged(w.sensorId, newest);
    await eventually(async () => (await readings(w, start - 700_000)).length === 10 + 9 + 20 + 1);
    const after = await alarmsOf(w.id);
    expect(after.map(each => [each.id, each.condition, each.closedAt !== null])).toEqual([
      [dealtWith.id, 'cleared', true],
    ]);
    expect((await sensor(w.sensorId)).state).toEqual({ severity: null, blind: false, unacknowledged: false });
  });
});

describe('rules', () => {
  it('an edit keeps an open alarm until readings end it under the new version', async () => {
    const w = await well();
    const start = Date.now() - 100_000;
    await say(w, start, 30);
    const raised = await becomes(w.id, found => found.condition === 'active');
    const patch = {
      condition: { type: 'threshold', limits: [{ severity: 'yellow', above: 40, clearBelow: 35 }] },
    };
    const edited = await api.call<{ version: number }>('PATCH', `/rules/${w.id}.rule`, patch);
    expect([edited.status, edited.body.version]).toEqual([200, 2]);
    expect(await alarm(raised.id)).toMatchObject({ condition: 'active', ruleVersion: 1 });
    await say(w, start + 1_000, 36);
    await judged(w.sensorId, start + 1_000);
    expect((await alarm(raised.id)).condition).toBe('active');
    await say(w, start + 2_000, 34);
    const cleared = await becomes(w.id, found => found.condition === 'cleared');
    expect([cleared.id, cleared.ruleVersion]).toEqual([raised.id, 2]);
    await say(w, start + 3_000, 38);
    await judged(w.sensorId, start + 3_000);
    expect((await alarmsOf(w.id)).length).toBe(1);
  });

  it.each<[string, (w: Well) => Promise<{ status: number }>]>([
    ['switched off', w => api.call('PATCH', `/rules/${w.id}.rule`, { enabled: false })],
    ['removed', w => api.call('DELETE', `/rules/${w.id}.rule`)],
    [
      'turned to other sensors',
      w => api.call('PATCH', `/rules/${w.id}.rule`, { appliesTo: { sensorIds: ['x'] } }),
    ],
  ])('a rule that is %s ends its alarms, and says so', async (_name, change) => {
    const w = await well();
    await say(w, Date.now() - 10_000, 30);
    await becomes(w.id, found => found.condition === 'active');
    expect((await change(w)).status).toBeLessThan(300);
    const ended = await becomes(w.id, found => found.condition === 'cleared');
    expect(ended.history.at(-1)).toMatchObject({ actor: 'system', reason: expect.stringMatching(/rule/) });
  });

  it('a rule that comes later judges the next reading', async () => {
    const w = await well({}, null);
    const start = Date.now() - 10_000;
    await say(w, start, 30);
    await judged(w.sensorId, start);
    await rule(w.id, { limits: LIMITS });
    await say(w, start + 1_000, 30);
    const raised = await becomes(w.id, found => found.condition === 'active');
    expect(raised.onsetAt).toBe(new Date(start + 1_000).toISOString());
  });

  it.each([
    ['%LEL', '%VOL', 1, 19.9, 20],
    ['%LEL', 'ppm', 10_000, 19.9, 20],
    ['ppm', '%LEL', 20, 9_999, 10_000],
  ])('a sensor in %s, a limit in %s', async (unit, ruleUnit, above, below, at) => {
    const w = await well(
      { unit, range: null },
      { unit: ruleUnit, limits: [{ severity: 'yellow', above }], clearAfter: { samples: 1 } },
    );
    const start = Date.now() - 10_000;
    await say(w, start, below);
    await judged(w.sensorId, start);
    expect(await alarmsOf(w.id)).toEqual([]);
    await say(w, start + 1_000, at + 1);
    const raised = await becomes(w.id, found => found.condition === 'active');
    expect(raised.evidence.limit).toMatchObject({ unit });
    expect(raised.evidence.limit['above']).toBeCloseTo(at, 6);
  });

  it('holds: k of n samples to raise, seconds of device time to clear', async () => {
    const limits = [{ severity: 'yellow', above: 20, clearBelow: 18 }];
    const w = await well({}, { limits, raiseAfter: { samples: 2, of: 3 }, clearAfter: { seconds: 60 } });
    const start = Date.now() - 600_000;
    const values = [30, 5, 30, 5, 5, 25, 5, 5];
    for (const [i, value] of values.entries()) await say(w, start + i * 30_000, value);
    const raised = await becomes(w.id, found => found.raisedAt === new Date(start + 60_000).toISOString());
    expect(raised.onsetAt).toBe(new Date(start).toISOString());
    expect(raised.condition).toBe('active');
    await say(w, start + 8 * 30_000, 5);
    const cleared = await becomes(w.id, found => found.condition === 'cleared');
    expect(cleared.clearedAt).toBe(new Date(start + 8 * 30_000).toISOString());
  });
});
