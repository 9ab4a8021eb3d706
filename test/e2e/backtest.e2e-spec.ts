import { backtestReply, type AlarmShape, type BacktestReply, type Page, type Problem } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { connectDevice, register, send } from '../support/device';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { RULE } from './contract-bodies';

let server: ServerProcess;
let api: ApiClient;
beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

const MINUTE = 60_000;
const start = Math.floor((Date.now() - 3 * 3_600_000) / MINUTE) * MINUTE;
const VALUES = [1, 25, 26, 1, 1, 1, 60, 61, 1, 1, 1, 15, 1, 1];
const iso = (minute: number): string => new Date(start + minute * MINUTE).toISOString();
const window = { from: iso(0), to: iso(VALUES.length) };
const draftOf = (yellow: number): object => ({
  ...RULE,
  condition: { type: 'threshold', limits: [{ severity: 'yellow', above: yellow }] },
});
const backtest = async (body: object): Promise<BacktestReply> => {
  const reply = await api.post<BacktestReply>('/rules/backtest', { ...window, ...body });
  expect([reply.status, reply.body]).toMatchObject([200, {}]);
  return backtestReply.parse(reply.body);
};
const onsets = (spells: BacktestReply['alarms']): string[] => spells.map(spell => spell.onsetAt);

it('agrees with what was raised live, and says what a draft would change', async () => {
  const device = await register(api, 'well-1', [{ channel: 'ch4' }]);
  await api.must('/rules', { ...RULE, condition: { ...RULE.condition, clearAfter: undefined } });
  const client = await connectDevice(server.mqtt, device);
  for (const [minute, value] of VALUES.entries())
    await send(client, 'well-1', start + minute * MINUTE, { ch4: value });
  await client.endAsync();
  const live = await eventually(async () => {
    const { items } = (await api.get<Page<AlarmShape>>('/alarms?state=cleared')).body;
    return items.length === 2 && items;
  });

  const same = await backtest({ rule: { ...RULE, condition: { ...RULE.condition, clearAfter: undefined } } });
  expect(same).toMatchObject({ sensors: 1, readings: VALUES.length, truncated: false, faults: [] });
  expect(onsets(same.alarms)).toEqual(live.map(alarm => alarm.onsetAt).sort());
  expect(same.alarms.map(spell => spell.severity)).toEqual(['yellow', 'orange']);
  expect(same.against).toMatchObject({ ruleVersion: 1, came: [], gone: [], changed: [], same: 2 });
  expect(same.perDay.reduce((sum, day) => sum + day.count, 0)).toBe(2);

  const lower = await backtest({ rule: draftOf(15) });
  expect(onsets(lower.alarms)).toEqual([iso(1), iso(6), iso(11)]);
  expect(onsets(lower.against!.came)).toEqual([iso(11)]);
  // The second was orange; the draft has no such level.
  expect(lower.against!.changed.map(({ before, after }) => [before.severity, after.severity])).toEqual([
    ['orange', 'yellow'],
  ]);
  expect(lower.against!.same).toBe(1);

  const higher = await backtest({ rule: draftOf(30) });
  expect(onsets(higher.against!.gone)).toEqual([iso(1)]);
});

it('tries a draft on sensors that are named, and says where it cannot judge', async () => {
  const rule = { ...RULE, id: 'other', appliesTo: {}, condition: { ...RULE.condition, unit: 'MPa' } };
  const reply = await backtest({ rule, sensorIds: ['well-1.ch4'] });
  expect(reply.against).toBeNull();
  expect(reply.alarms).toEqual([]);
  expect(reply.faults).toEqual([
    { sensorId: 'well-1.ch4', reason: expect.stringContaining('MPa') as string },
  ]);
});

it('tries a composite draft over what is stored of the sensors of its parts', async () => {
  const base = { ...RULE, condition: { ...RULE.condition, clearAfter: undefined } };
  for (const id of ['pair-a', 'pair-b']) {
    const device = await register(api, id, [{ channel: 'ch4' }]);
    await api.must('/rules', { ...base, id: `${id}.gas`, appliesTo: { sensorIds: [`${id}.ch4`] } });
    const client = await connectDevice(server.mqtt, device);
    const values = id === 'pair-a' ? [1, 30, 30, 1, 1, 30, 1, 1] : [1, 1, 30, 1, 1, 1, 1, 30];
    for (const [minute, ch4] of values.entries()) await send(client, id, start + minute * MINUTE, { ch4 });
    await client.endAsync();
  }
  expect((await api.call('PATCH', '/assets/pair-b', { links: ['pair-a'] })).status).toBe(200);
  const rule = {
    ...{ id: 'pair', name: '相邻两井', source: RULE.source },
    condition: {
      ...{ type: 'composite', need: 'all', related: 'neighbours', withinSeconds: 120, severity: 'red' },
      of: [{ ruleId: 'pair-a.gas' }, { ruleId: 'pair-b.gas' }],
    },
  };
  const found = await eventually(async () => {
    const reply = await backtest({ rule });
    return reply.readings === 16 && reply;
  });
  expect(found).toMatchObject({ sensors: 2, against: null, faults: [] });
  expect(found.alarms).toMatchObject([{ sensorId: 'pair-a.ch4', raisedAt: iso(2), clearedAt: iso(3), severity: 'red' }]);

  await api.must('/rules', rule);
  const wider = { ...rule, condition: { ...rule.condition, need: 'any', severity: 'yellow' } };
  const { against } = await backtest({ rule: wider });
  expect(onsets(against!.came).length).toBeGreaterThan(0);
  expect(against!.ruleVersion).toBe(1);
  const alone = await backtest({ rule, sensorIds: ['pair-a.ch4'] });
  expect([alone.sensors, alone.alarms]).toEqual([1, []]);
  expect((await api.post<Problem>('/rules/backtest', { ...window, rule: { ...RULE, id: 'pair' } })).body.code).toBe('API-015');
  const parts = [{ ruleId: 'nobody' }];
  const deaf = { ...rule, id: 'deaf', condition: { ...rule.condition, of: parts } };
  expect((await api.post('/rules/backtest', { ...window, rule: deaf })).status).toBe(404);
}); // prettier-ignore

it.each([
  ['a sensor that is not there', { rule: RULE, sensorIds: ['nobody'] }, 404],
  ['a window that ends before it begins', { rule: RULE, from: window.to, to: window.from }, 400],
  ['a rule with a fault', { rule: { ...RULE, condition: { type: 'fortune' } } }, 400],
])('refuses %s', async (_name, body, status) => {
  const reply = await api.post<Problem>('/rules/backtest', { ...window, ...body });
  expect(reply.status).toBe(status);
  expect(reply.body.remedy.length).toBeGreaterThan(10);
});
