import { DEFAULT_LIFE_SETTINGS, type InhibitionRule, type ServiceWindow } from '@anmai/alarms';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@anmai/kernel';
import type { Records } from './records';
import { SYSTEM, action, asset, by, change, makeOrgs, rule } from './testing/samples';
import { startTestServer, TEST_NOW, type TestClock, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
let clock: TestClock;
let seq = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records, clock } = await server.freshRecords());
  await makeOrgs(records);
  await records.assets.create(asset('well-1', { orgId: 'gas-co' }), SYSTEM);
});
afterEach(() => records.close());

const apply = (...changes: ReturnType<typeof change>[]) =>
  records.alarms.applyChanges(changes, { monitor: 'm', seq: (seq += 1) });
const at = (noticedAt: number) => ({ at: noticedAt, noticedAt, onsetAt: noticedAt });
const raised = (id: string, over: object = {}) => change(id, 1, 'raised', { ...at(clock.now()), ...over });
const get = async (id: string) => (await records.alarms.get(id, null))!;
const kinds = async (id: string) => (await get(id)).history.map(item => item.change);
const listed = async (state: 'shelved' | 'suppressed' | 'outOfService' | 'open' | 'closed') =>
  (await records.alarms.list({ state, limit: 9 }, null)).items.map(alarm => alarm.id);
const shelve = (id: string, alarmId: string, untilMs: number) =>
  records.alarms.act(
    action(id, alarmId, 1, {
      kind: 'shelved',
      note: '检修',
      at: clock.now(),
      until: clock.now() + untilMs,
    }),
    null,
  );
/** As the clockwork does; gives how many were looked at. */
const later = (ms: number): Promise<number> => {
  clock.advance(ms);
  return records.alarms.passTime(clock.now(), 100);
};

const HIDES: InhibitionRule = {
  id: 'hides',
  cause: { ruleIds: ['cause'] },
  hides: { ruleIds: ['r1'], severityMax: 'yellow' },
  within: { kind: 'asset' },
  reason: '停电',
};
const WINDOW: ServiceWindow = {
  id: 'w1',
  assetIds: ['well-1'],
  sensorIds: [],
  startAt: TEST_NOW - DAY_MS,
  durationMs: HOUR_MS,
  rrule: 'FREQ=DAILY',
  utcOffsetMs: 8 * HOUR_MS,
  reason: '标定',
};

describe('shelving', () => {
  it('ends at its instant, in the columns of lists as well, and is looked at once', async () => {
    await apply(raised('a'));
    await shelve('x', 'a', 10 * MINUTE_MS);
    expect(await listed('shelved')).toEqual(['a']);
    await later(9 * MINUTE_MS);
    expect(await listed('shelved')).toEqual(['a']);
    const before = await records.alarms.newestRevision();
    expect(await later(MINUTE_MS)).toBe(1);
    expect(await listed('shelved')).toEqual([]);
    expect(await kinds('a')).toEqual(['raised', 'shelved', 'shelveExpired']);
    const [news] = await records.alarms.changedSince(before, 9);
    expect(news).toMatchObject({ id: 'a', state: 'UNACK', isCalling: true, shelvedUntil: null });
    expect(await later(0)).toBe(0);
  });

  it('is of the watch: the next alarm of the same rule and sensor begins with it', async () => {
    await apply(raised('a'));
    await shelve('x', 'a', HOUR_MS);
    clock.advance(MINUTE_MS);
    await apply(change('a', 2, 'cleared', at(clock.now())));
    clock.advance(MINUTE_MS);
    await apply(raised('b'), raised('other', { sensorId: 's2' }));
    expect(await listed('shelved')).toEqual(['b', 'a']);
    expect(await get('other')).toMatchObject({ state: 'UNACK' });
    await later(HOUR_MS);
    expect(await listed('shelved')).toEqual([]);
  });

  it('shows what time did even before the clockwork has looked', async () => {
    await apply(raised('a'));
    await shelve('x', 'a', MINUTE_MS);
    clock.advance(MINUTE_MS);
    expect(await get('a')).toMatchObject({ state: 'UNACK', shelvedUntil: null });
  });
});

describe('causes', () => {
  const cause = (over: object = {}) => raised('cause', { ruleId: 'cause', sensorId: 's9', ...over });

  it('hide and show others in the transaction in which they come and go', async () => {
    await records.inhibitions.create(HIDES, SYSTEM);
    await apply(raised('a'));
    clock.advance(SECOND_MS);
    await apply(cause());
    expect(await listed('suppressed')).toEqual(['a']);
    expect(await get('a')).toMatchObject({ suppressedBy: { causeId: 'cause', reason: '停电', to: null } });
    clock.advance(SECOND_MS);
    await apply(change('cause', 2, 'cleared', { ruleId: 'cause', sensorId: 's9', ...at(clock.now()) }));
    expect(await get('a')).toMatchObject({ state: 'UNACK', suppressedBy: null });
    expect(await kinds('a')).toEqual(['raised', 'suppressed', 'unsuppressed']);
  });

  it('stay told after they are closed and after their rule was taken away', async () => {
    await records.inhibitions.create(HIDES, SYSTEM);
    await apply(raised('a'), cause());
    clock.advance(MINUTE_MS);
    await apply(change('cause', 2, 'cleared', { ruleId: 'cause', sensorId: 's9', ...at(clock.now()) }));
    await records.alarms.act(action('x', 'cause', 2, { at: clock.now() + 1 }), null);
    expect((await get('cause')).closedAt).not.toBeNull();
    await records.inhibitions.remove('hides', null, SYSTEM);
    await later(DAY_MS);
    await apply(raised('b', { sensorId: 's3' }));
    await records.inhibitions.create({ ...HIDES, id: 'another' }, SYSTEM);
    await later(MINUTE_MS);
    expect((await kinds('a')).slice(0, 3)).toEqual(['raised', 'suppressed', 'unsuppressed']);
  });

  it('hide no longer from the instant at which their rule was taken away', async () => {
    await records.inhibitions.create(HIDES, SYSTEM);
    await apply(raised('a'), cause());
    clock.advance(MINUTE_MS);
    await records.inhibitions.remove('hides', 1, by('eng'));
    await later(0);
    const { history } = await get('a');
    expect(history.map(item => [item.at - TEST_NOW, item.change])).toEqual([
      [0, 'raised'],
      [0, 'suppressed'],
      [MINUTE_MS, 'unsuppressed'],
    ]);
  });

  it('hide nothing that is worse than their rule says', async () => {
    await records.inhibitions.create(HIDES, SYSTEM);
    await apply(raised('a'), cause());
    clock.advance(MINUTE_MS);
    await apply(change('a', 2, 'escalated', at(clock.now())));
    expect(await get('a')).toMatchObject({ severity: 'orange', state: 'UNACK' });
  });
});

describe('windows', () => {
  it('keep an alarm from calling in each of their turns', async () => {
    await records.serviceWindows.create(WINDOW, SYSTEM);
    await apply(raised('a'));
    expect(await listed('outOfService')).toEqual(['a']);
    await later(HOUR_MS);
    expect(await get('a')).toMatchObject({ state: 'UNACK', outOfService: null });
    await later(DAY_MS - HOUR_MS);
    expect(await listed('outOfService')).toEqual(['a']);
  });

  it('are edited from now on: what was stays as it was', async () => {
    await records.serviceWindows.create(WINDOW, SYSTEM);
    await apply(raised('a'));
    clock.advance(10 * MINUTE_MS);
    await records.serviceWindows.update({ ...WINDOW, sensorIds: ['s7'], assetIds: [] }, 1, SYSTEM);
    await later(MINUTE_MS);
    const { history } = await get('a');
    expect(history.map(item => [item.at - TEST_NOW, item.change])).toEqual([
      [0, 'raised'],
      [0, 'outOfService'],
      [10 * MINUTE_MS, 'inService'],
    ]);
  });

  it('that come after it was closed are not the alarm’s any more', async () => {
    await apply(raised('a'));
    clock.advance(MINUTE_MS);
    await apply(change('a', 2, 'cleared', at(clock.now())));
    await records.alarms.act(action('x', 'a', 2, { at: clock.now() }), null);
    clock.advance(SECOND_MS);
    await records.serviceWindows.create(WINDOW, SYSTEM);
    await later(MINUTE_MS);
    expect(await get('a')).toMatchObject({ state: 'NORM', outOfService: null });
    expect(await kinds('a')).toEqual(['raised', 'cleared', 'acknowledged']);
  });

  it('are seen by who planned them and those above, and edited with their version', async () => {
    await records.serviceWindows.create(WINDOW, by('gas', 'gas-co'));
    expect(await records.serviceWindows.get('w1', 'water-co')).toBeNull();
    expect((await records.serviceWindows.list({ limit: 9 }, 'city')).items).toEqual([
      { ...WINDOW, version: 1 },
    ]);
    const edit = (version: number, within: string) =>
      records.serviceWindows.update(WINDOW, version, by('x', within));
    await expect(edit(1, 'water-co')).rejects.toMatchObject({ code: 'PGR-004' });
    await expect(edit(2, 'gas-co')).rejects.toMatchObject({ code: 'PGR-006' });
    expect(await edit(1, 'city')).toMatchObject({ version: 2 });
    await expect(records.serviceWindows.create(WINDOW, SYSTEM)).rejects.toMatchObject({ code: 'PGR-005' });
    const trail = await records.audit.list({ limit: 9, subject: 'serviceWindow/w1' });
    expect(trail.items.map(row => row.action)).toEqual(['serviceWindow.changed', 'serviceWindow.created']);
  });
});

describe('settings', () => {
  it('hold from now on, and the clockwork looks at every open alarm in bounded turns', async () => {
    await apply(raised('a'), raised('b', { sensorId: 's2' }), raised('c', { sensorId: 's3' }));
    await records.alarms.act(action('x', 'a', 1, { at: clock.now() }), null);
    clock.advance(SECOND_MS);
    const reAlarmMs = { ...DEFAULT_LIFE_SETTINGS.reAlarmMs, yellow: MINUTE_MS };
    await records.lifeSettings.put({ ...DEFAULT_LIFE_SETTINGS, reAlarmMs }, 1, SYSTEM);
    expect(await records.alarms.passTime(clock.now(), 2)).toBe(2);
    expect(await records.alarms.passTime(clock.now(), 2)).toBe(1);
    expect(await records.alarms.passTime(clock.now(), 2)).toBe(0);
    clock.advance(2 * MINUTE_MS);
    // Acknowledged under the settings of then.
    expect(await get('a')).toMatchObject({ acknowledged: true });
    await records.alarms.act(action('y', 'b', 1, { at: clock.now() }), null);
    await later(MINUTE_MS);
    expect(await get('b')).toMatchObject({ acknowledged: false, state: 'UNACK' });
    expect(await kinds('b')).toEqual(['raised', 'acknowledged', 'reAlarmed']);
  });

  it('begin with the defaults as version 1', async () => {
    expect(await records.lifeSettings.get()).toEqual({ ...DEFAULT_LIFE_SETTINGS, version: 1 });
    await expect(records.lifeSettings.put(DEFAULT_LIFE_SETTINGS, 2, SYSTEM)).rejects.toMatchObject({
      code: 'PGR-006',
    });
  });
});

it('a latch comes from the version of the rule that judged', async () => {
  await records.rules.create({ ...rule('r1'), latched: true }, SYSTEM);
  await records.rules.update(rule('r1'), 1, SYSTEM);
  await apply(raised('a', { ruleVersion: 1 }), raised('b', { ruleVersion: 2, sensorId: 's2' }));
  clock.advance(MINUTE_MS);
  const cleared = (id: string, over: object) => change(id, 2, 'cleared', { ...at(clock.now()), ...over });
  await apply(cleared('a', { ruleVersion: 1 }), cleared('b', { ruleVersion: 2, sensorId: 's2' }));
  expect(await get('a')).toMatchObject({ latched: true, state: 'LATCH_UNACK' });
  expect(await get('b')).toMatchObject({ latched: false, state: 'RTNUN' });
});

it('of several actions the last decides: refused, nothing of them is kept', async () => {
  await apply(raised('a'));
  clock.advance(MINUTE_MS);
  await apply(change('a', 2, 'cleared', at(clock.now())));
  const both = (readings: number) => [
    action('confirm', 'a', 2, { kind: 'confirmed', at: clock.now() + 1 }),
    action('close', 'a', 2, { kind: 'closed', at: clock.now() + 1, clearReadings: readings }),
  ];
  await expect(records.alarms.act(both(2), null)).rejects.toMatchObject({
    code: 'ALM-018',
    message: 'refused as it stands: 2 of 3 normal readings in a row',
  });
  expect(await kinds('a')).toEqual(['raised', 'cleared']);
  expect(await records.alarms.act(both(3), null)).toMatchObject({ state: 'NORM' });
  expect(await kinds('a')).toEqual(['raised', 'cleared', 'confirmed', 'closed']);
  expect(await listed('closed')).toEqual(['a']);
});

it('what two people do at one instant is kept in the order in which it was judged', async () => {
  await apply(raised('a'));
  const now = clock.now();
  await records.alarms.act(action('zz', 'a', 1, { kind: 'shelved', note: 'x', at: now, until: now + HOUR_MS }), null);
  await records.alarms.act(action('aa', 'a', 1, { kind: 'unshelved', at: now }), null);
  expect(await kinds('a')).toEqual(['raised', 'shelved', 'unshelved']);
  expect(await get('a')).toMatchObject({ state: 'UNACK' });
}); // prettier-ignore

it('hides 1,000 consequences of one cause in one transaction in well under two seconds', async () => {
  await records.inhibitions.create(HIDES, SYSTEM);
  await apply(...Array.from({ length: 1_000 }, (_, n) => raised(`a-${n}`, { sensorId: `s-${n}` })));
  const started = performance.now();
  await apply(raised('cause', { ruleId: 'cause', sensorId: 's9' }));
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(await records.alarms.changedSince(0, 2_000)).toHaveLength(1_000);
  const { items } = await records.alarms.list({ state: 'suppressed', limit: 1_000 }, null);
  expect(items).toHaveLength(1_000);
});
