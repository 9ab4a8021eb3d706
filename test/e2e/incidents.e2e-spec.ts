import type { MqttClient } from 'mqtt';
import type { IncidentDetailShape, IncidentShape, Page, ReviewShape, StepProblem } from '@anmai/wire';
import { incidentDetailReply, incidentReply, kpiReply, reviewReply } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send, type Registered } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { EventStream } from './event-stream';

let server: ServerProcess;
let api: ApiClient;
const clients: MqttClient[] = [];
const streams: EventStream[] = [];

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await Promise.all(clients.splice(0).map(client => client.endAsync(true)));
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

interface Well {
  readonly id: string;
  readonly device: Registered;
}
let made = 0;
const wells = new Map<string, Well>();

/** Neighbours: each is linked to the one before, far from those of other tests. */
async function makeWells(count: number): Promise<Well[]> {
  const group = ++made;
  const out: Well[] = [];
  for (let i = 0; i < count; i++) {
    const id = `g${group}w${i}`;
    const device = await register(api, id, [{ channel: 'ch4' }]);
    const links = i === 0 ? [] : [`g${group}w${i - 1}`];
    const put = await api.call('PATCH', `/assets/${id}`, {
      links,
      geometry: { type: 'Point', coordinates: [100 + group, 30 + i * 0.0005] },
    });
    if (put.status !== 200) throw new Error(JSON.stringify(put.body));
    const well = { id, device };
    wells.set(id, well);
    out.push(well);
  }
  await api.must('/rules', {
    id: `g${group}.rule`,
    name: `g${group}`,
    appliesTo: { sensorIds: out.map(({ id }) => `${id}.ch4`) },
    condition: {
      type: 'threshold',
      limits: [{ severity: 'orange', above: 20, clearBelow: 18 }],
      raiseAfter: { samples: 1 },
      clearAfter: { samples: 1 },
    },
    source: { kind: 'assumption', why: 'test', reviewBy: '2027-06-30' },
  });
  return out;
}

let clockMs = Date.now() - 600_000;
/** Each reading a second after the last one, by device time. */
async function say({ id, device }: Well, ...values: number[]): Promise<void> {
  const client = await connectDevice(server.mqtt, device, { clientId: `t-${id}-${clients.length}` });
  clients.push(client);
  for (const ch4 of values) await send(client, id, (clockMs += 1_000), { ch4 });
}

const follow = async (): Promise<EventStream> => {
  const stream = await EventStream.open(server.http, api.token);
  streams.push(stream);
  return stream;
};
const detail = async (id: string): Promise<IncidentDetailShape> =>
  (await api.get<IncidentDetailShape>(`/incidents/${id}`)).body;
const openOnes = async (): Promise<readonly IncidentShape[]> =>
  (await api.get<Page<IncidentShape>>('/incidents?state=open')).body.items;
const incidentOf = (well: Well, count: number): Promise<IncidentDetailShape> =>
  eventually(async () => {
    for (const { id } of await openOnes()) {
      const found = await detail(id);
      if (found.alarmCount === count && found.alarms.some(alarm => alarm.assetId === well.id)) return found;
    }
    return false;
  });
const step = (id: string, body: object): ReturnType<typeof api.post<IncidentShape & StepProblem>> =>
  api.post<IncidentShape & StepProblem>(`/incidents/${id}/steps`, body);
const must = async (id: string, body: object): Promise<IncidentShape> => {
  const reply = await step(id, body);
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  return reply.body;
};
const refusal = async (id: string, body: object): Promise<StepProblem['refusal'] & { status: number }> => {
  const reply = await step(id, body);
  expect(reply.body.code).toBe('INC-001');
  expect(reply.body.remedy).toBe(reply.body.refusal.instead);
  return { status: reply.status, ...reply.body.refusal };
};

it('alarms on neighbouring assets become one incident on the live stream', async () => {
  const [a, b, far] = [...(await makeWells(2)), ...(await makeWells(1))] as [Well, Well, Well];
  const stream = await follow();
  await say(a, 5, 25);
  const first = await stream.next(event => event.name === 'incident' && event.data['alarmCount'] === 1);
  await say(b, 5, 30);
  const second = await stream.next(event => event.name === 'incident' && event.data['alarmCount'] === 2);
  expect(second.data['id']).toBe(first.data['id']);
  expect(second.data).toMatchObject({ familyId: 'gas', severity: 'orange', openCount: 2, assetCount: 2, stage: 'detected' });
  incidentReply.parse(second.data);
  await say(far, 5, 25);
  const other = await incidentOf(far, 1);
  expect(other.id).not.toBe(first.data['id']);

  const found = incidentDetailReply.parse(await detail(String(first.data['id'])));
  expect(found.alarms.map(alarm => alarm.assetId).sort()).toEqual([a.id, b.id]);
  expect(found.causes[0]).toMatchObject({ code: 'gas.leakNeighbours' });
  expect(found.nextSteps).toEqual(['assess']);
  expect(found.timers.map(timer => timer.kind)).toEqual(['identify', 'respond']);
  const again = await EventStream.open(server.http, api.token, { lastEventId: first.id! });
  streams.push(again);
  expect((await again.next(event => event.name === 'incident')).data['alarmCount']).toBeGreaterThanOrEqual(1);
}); // prettier-ignore

it('goes from detection to the archive only on what the sensors say, and says what is missing', async () => {
  const [a, b] = (await makeWells(2)) as [Well, Well];
  await say(a, 5, 25);
  await say(b, 5, 25);
  const { id, lastN } = await incidentOf(a, 2);
  expect(await refusal(id, { kind: 'release', note: 'over', seenN: lastN })).toMatchObject({
    status: 409,
    code: 'step.outOfOrder',
    instead: 'Possible now: assessed.',
  });
  expect((await refusal(id, { kind: 'assess', verdict: 'true', seenN: 1 })).code).toBe('step.unseen');
  expect((await refusal(id, { kind: 'assess', verdict: 'false', seenN: lastN })).code).toBe('assess.noteMissing');
  expect((await step(id, { kind: 'assess', verdict: 'maybe', seenN: lastN })).status).toBe(400);
  expect((await step(id, { kind: 'explode' })).status).toBe(400);
  expect(await must(id, { kind: 'assess', verdict: 'true', note: '闻到气味', seenN: lastN })).toMatchObject({
    stage: 'assessed',
    verdict: 'true',
  });
  const owner = { role: 'owner', orgId: 'city' };
  const warn = { kind: 'warn', severity: 'orange', text: '燃气泄漏', audience: [owner] };
  expect((await refusal(id, warn)).code).toBe('warn.audience');
  await must(id, { ...warn, audience: [owner, { role: 'authority', orgId: 'city' }] });
  const dueAt = new Date(Date.now() + 3_600_000).toISOString();
  const task = { id: `${a.id}-task`, orgId: 'city', what: '关阀', dueAt };
  expect((await step(id, { kind: 'dispatch', tasks: [{ ...task, orgId: 'nobody' }] })).status).toBe(404);
  await must(id, { kind: 'dispatch', tasks: [task] });
  expect((await refusal(id, { kind: 'feedback', taskId: 'other', note: 'x' })).code).toBe('feedback.unknownTask');
  const photo = await step(id, { kind: 'feedback', taskId: task.id, note: '阀门已关', fileIds: ['ab'.repeat(32)] });
  expect([photo.status, (photo.body as { code?: string }).code]).toEqual([422, 'FIL-012']);
  await must(id, { kind: 'feedback', taskId: task.id, note: '阀门已关' });

  // The crew says that it is done while the gas is still there.
  await must(id, { kind: 'proposeEnd', note: '处置完毕' });
  const early = await refusal(id, { kind: 'release', seenN: lastN });
  expect(early.code).toBe('release.sensors');
  expect(early.missing.map(each => [each.sensorId, each.reason])).toEqual([
    [`${a.id}.ch4`, 'alarmOpen'],
    [`${b.id}.ch4`, 'alarmOpen'],
  ]);
  await say(a, 5, 5, 5, 5, 5);
  await say(b, 5, 5, 5, 5);
  const nearly = await eventually(async () => {
    const answer = await refusal(id, { kind: 'release', seenN: lastN });
    return answer.missing.length === 1 && answer.missing[0]!.normalRun === 4 && answer;
  });
  expect(nearly.missing).toMatchObject([
    { sensorId: `${b.id}.ch4`, reason: 'tooFewReadings', normalRun: 4, needed: 5 },
  ]);
  await say(b, 5);
  // What reads normal on a bench says nothing of the place.
  const startAt = new Date(Date.now() - 60_000).toISOString();
  const window = { id: `${b.id}-plan`, assetIds: [b.id], startAt, durationMs: 3_600_000, reason: '标定' };
  await api.must('/service-windows', window);
  const onBench = await eventually(async () => {
    const answer = await refusal(id, { kind: 'release', seenN: lastN });
    return answer.missing[0]?.reason === 'outOfService' && answer;
  });
  expect(onBench.missing).toMatchObject([{ sensorId: `${b.id}.ch4`, instead: expect.stringContaining('planned window') as string }]);
  expect((await api.call('DELETE', `/service-windows/${b.id}-plan`)).status).toBe(204);
  const released = await eventually(async () => {
    const reply = await step(id, { kind: 'release', note: '读数正常', seenN: lastN });
    return reply.status === 200 && reply.body;
  });
  expect(released).toMatchObject({ stage: 'released', nextSteps: ['archive'], timers: [] });
  expect((await detail(id)).review).toBeNull();
  await must(id, { kind: 'archive' });
  const { review } = incidentDetailReply.parse(await detail(id));
  expect(review).toMatchObject({ incidentId: id, doneTooEarly: 1, inTime: { identify: true, respond: true } });
  expect(reviewReply.parse((await api.get<ReviewShape>(`/incidents/${id}/review`)).body)).toEqual(review);
  expect((await openOnes()).map(each => each.id)).not.toContain(id);
  expect((await refusal(id, { kind: 'proposeEnd', note: 'again' })).code).toBe('step.outOfOrder');
}); // prettier-ignore

it('a step with the same Idempotency-Key is taken once', async () => {
  const [a] = (await makeWells(1)) as [Well];
  await say(a, 5, 25);
  const { id, lastN } = await incidentOf(a, 1);
  const body = { kind: 'assess', verdict: 'test', note: '标定', seenN: lastN };
  const key = { 'idempotency-key': `assess-${id}` };
  const replies = [
    await api.post<IncidentShape>(`/incidents/${id}/steps`, body, key),
    await api.post<IncidentShape>(`/incidents/${id}/steps`, body, key),
  ];
  expect(replies.map(reply => reply.status)).toEqual([200, 200]);
  expect((await detail(id)).steps).toHaveLength(1);
});

it('tells of a deadline that passed, once, on the stream and in the file', async () => {
  const [a] = (await makeWells(1)) as [Well];
  await say(a, 5, 25);
  const { id } = await incidentOf(a, 1);
  const file = await eventually(async () => {
    const found = await detail(id);
    return found.overdue.length > 0 && found;
  }, 90_000);
  expect(file.overdue).toMatchObject([{ kind: 'identify', escalateTo: 'shiftLead' }]);
  expect(file.timers[0]).toMatchObject({ kind: 'identify', escalateTo: 'shiftLead' });
});

it('keeps its incidents when it is killed in between', async () => {
  const [a, b] = (await makeWells(2)) as [Well, Well];
  await say(a, 5, 25);
  const before = await incidentOf(a, 1);
  const others = (await openOnes()).map(each => each.id);
  const { dataDir } = server;
  await server.kill();
  server = await startServer({ dataDir });
  api = await ApiClient.login(server.http);
  await say(b, 5, 25);
  const after = await incidentOf(b, 2);
  expect([after.id, after.openedAt]).toEqual([before.id, before.openedAt]);
  expect((await openOnes()).map(each => each.id)).toEqual(others);
});

it('gives figures with their targets, and says where there are none', async () => {
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const { body } = await api.get<unknown>(`/kpi/alarms?from=${from}`);
  const { items } = kpiReply.parse(body);
  const of = (name: string) => items.find(item => item.name === name)!;
  expect(of('rate').status).not.toBe('noData');
  // Presence is looked at each half minute: two looks make a stretch.
  await eventually(async () => {
    const now = kpiReply.parse((await api.get(`/kpi/alarms?from=${from}`)).body).items;
    const online = now.find(item => item.name === 'online' && item.of === 'city');
    return online?.value?.['devices'] === wells.size;
  }, 90_000);
  expect(items.every(item => item.target.text !== '' && item.target.grade !== undefined)).toBe(true);
  const quiet = kpiReply.parse(
    (await api.get(`/kpi/alarms?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z`)).body,
  );
  expect(new Set(quiet.items.map(item => item.status))).toEqual(new Set(['noData']));
  expect((await api.get(`/kpi/alarms?from=2020-01-01T00:00:00Z`)).status).toBe(422);
});
