import { alarmViewAt, PLAIN_CONTEXT, type AlarmChange, type OperatorAction } from '@anmai/alarms';
import fc from 'fast-check';
import type { Records } from './records';
import type { AlarmQuery } from './record-shapes';
import { SYSTEM, action, asset, by, change, device, makeOrgs, rule, sensor } from './testing/samples';
import { startTestServer, TEST_NOW, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
let schema: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records, schema } = await server.freshRecords());
  await makeOrgs(records);
  await records.assets.create(asset('well-1', { orgId: 'gas-co' }), SYSTEM);
});
afterEach(() => records.close());

const at = (seq: number, monitor = 'm1') => ({ monitor, seq });
const list = async (query: Partial<AlarmQuery> = {}, within: string | null = null) =>
  (await records.alarms.list({ state: 'all', limit: 100, ...query }, within)).items.map(alarm => alarm.id);

describe('applyChanges', () => {
  it('is idempotent by change, and its position never goes back', async () => {
    expect(await records.alarms.position('m1')).toBe(0);
    const changes = [change('a', 1, 'raised'), change('a', 2, 'escalated')];
    expect((await records.alarms.applyChanges(changes, at(7))).fresh).toEqual(changes);
    const before = await records.alarms.get('a', null);
    const more = [...changes, change('a', 3, 'cleared')];
    expect((await records.alarms.applyChanges(more, at(5))).fresh).toEqual([more[2]]);
    expect(await records.alarms.position('m1')).toBe(7);
    expect(before).toMatchObject({ severity: 'orange', condition: 'active', lastN: 2, acknowledged: false });
    expect(await records.alarms.get('a', null)).toMatchObject({
      condition: 'cleared',
      clearedAt: TEST_NOW + 3_000,
      closedAt: null,
      evidence: { limit: { above: 22 } },
      history: [{ change: 'raised', actor: 'system' }, { change: 'escalated' }, { change: 'cleared' }],
    });
    await records.alarms.applyChanges([], at(9));
    expect(await records.alarms.position('m1')).toBe(9);
  });

  it('takes nothing when one change cannot be taken', async () => {
    const bad = { ...change('b', 1, 'raised'), reason: 'a\0b' };
    await expect(records.alarms.applyChanges([change('a', 1, 'raised'), bad], at(3))).rejects.toMatchObject({
      code: 'PGR-008',
    });
    expect(await list()).toEqual([]);
    expect(await records.alarms.position('m1')).toBe(0);
  });

  it('takes 1,000 changes in one transaction of a second or two at most, on a busy machine', async () => {
    const changes = Array.from({ length: 1_000 }, (_, n) =>
      change(`a-${n}`, 1, 'raised', { at: TEST_NOW + n }),
    );
    const started = performance.now();
    const { fresh } = await records.alarms.applyChanges(changes, at(1));
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(fresh).toHaveLength(1_000);
    expect(await records.alarms.countOpen()).toBe(1_000);
  });

  it('refuses more than its maximum, as a rejection', async () => {
    const changes = Array.from({ length: 10_001 }, () => change('a', 1, 'raised'));
    await expect(records.alarms.applyChanges(changes, at(1))).rejects.toMatchObject({ code: 'PGR-016' });
  });

  it('agrees with the fold of both tracks, whatever came in whatever order', async () => {
    const kinds = fc.array(fc.constantFrom('escalated', 'deescalated', 'blinded', 'restored', 'cleared'), {
      maxLength: 6,
    });
    let run = 0;
    const property = fc.asyncProperty(kinds, fc.array(fc.nat(7), { maxLength: 4 }), async (rest, seens) => {
      const id = `p-${(run += 1)}`;
      const track = ['raised' as const, ...rest].map((kind, index) => change(id, index + 1, kind));
      const actions: OperatorAction[] = [];
      // An acknowledgement between two batches, of what was there by then.
      const cut = Math.ceil(track.length / 2);
      await records.alarms.applyChanges(track.slice(0, cut).reverse(), at(1));
      const act = async (seen: number, index: number, have: readonly AlarmChange[]): Promise<void> => {
        const made = action(`${id}-${actions.length}`, id, Math.min(Math.max(seen, 1), have.length), {
          at: TEST_NOW + 100_000 + index,
        });
        // What is refused is no part of the track.
        const taken = await records.alarms.act(made, null).then(
          () => true,
          () => false,
        );
        if (taken) actions.push(made);
      };
      for (const [index, seen] of seens.slice(0, 2).entries()) await act(seen, index, track.slice(0, cut));
      await records.alarms.applyChanges(track, at(2));
      for (const [index, seen] of seens.slice(2).entries()) await act(seen, index + 2, track);
      const view = alarmViewAt({ changes: track, actions }, PLAIN_CONTEXT, TEST_NOW);
      const { history: _h, ...folded } = view;
      expect(await records.alarms.get(id, null)).toMatchObject(folded);
    });
    await fc.assert(property, { numRuns: 40, endOnFailure: true });
  }, 60_000);
});

describe('act', () => {
  beforeEach(async () => {
    await records.alarms.applyChanges([change('a', 1, 'raised'), change('a', 2, 'escalated')], at(1));
  });

  it('acknowledges what was seen, not what came after', async () => {
    await expect(records.alarms.act(action('x1', 'a', 1), null)).rejects.toMatchObject({
      code: 'ALM-003',
      status: 409,
      message: 'refused as it stands: it rose to orange (change 2), change 1 was seen',
      remedy: 'Look at the alarm as it is now, then decide again.',
    });
    expect(await records.alarms.get('a', null)).toMatchObject({ acknowledged: false });
    expect(await records.alarms.act(action('x2', 'a', 2), null)).toMatchObject({
      acknowledged: true,
      closedAt: null,
    });
    await records.alarms.applyChanges([change('a', 3, 'escalated')], at(2));
    expect(await records.alarms.get('a', null)).toMatchObject({ acknowledged: false });
  });

  it('closes with whichever of clear and acknowledgement comes later', async () => {
    await records.alarms.act(action('x', 'a', 2), null);
    await records.alarms.applyChanges([change('a', 3, 'cleared', { noticedAt: TEST_NOW + 90_000 })], at(2));
    expect(await records.alarms.get('a', null)).toMatchObject({
      condition: 'cleared',
      closedAt: TEST_NOW + 90_000,
    });
    await records.alarms.applyChanges([change('b', 1, 'raised'), change('b', 2, 'cleared')], at(3));
    expect(await list({ state: 'cleared' })).toEqual(['b']);
    expect(await records.alarms.act(action('y', 'b', 2), null)).toMatchObject({
      closedAt: TEST_NOW + 60_000,
    });
    expect(await list({ state: 'open' })).toEqual([]);
    expect(await list({ state: 'closed' })).toEqual(['b', 'a']);
  });

  it('is idempotent, and a second acknowledgement changes nothing', async () => {
    const first = await records.alarms.act(action('x', 'a', 2, { note: 'on my way' }), null);
    expect(await records.alarms.act(action('x', 'a', 2, { note: 'on my way' }), null)).toEqual(first);
    expect(await records.alarms.act(action('z', 'a', 2, { actor: 'other' }), null)).toEqual(first);
    const at = TEST_NOW + 61_000;
    const comment = action('c', 'a', 2, { kind: 'commented', note: '现场无味', at });
    const noted = await records.alarms.act(comment, null);
    expect(await records.alarms.act(comment, null)).toEqual(noted);
    expect(noted.history.map(item => [item.actor, item.change, item.reason])).toEqual([
      ['system', 'raised', 'raised 1'],
      ['system', 'escalated', 'escalated 2'],
      ['op', 'acknowledged', 'on my way'],
      ['op', 'commented', '现场无味'],
    ]);
    const trail = await records.audit.list({ limit: 9, subject: 'alarm/a' });
    expect(trail.items.map(row => [row.actor, row.action])).toEqual([['op', 'alarm.commented'], ['op', 'alarm.acknowledged']]); // prettier-ignore
  });

  it.each([
    ['an unknown alarm', action('x', 'no', 1), null, 'PGR-004'],
    ['an alarm of another organisation', action('x', 'a', 1), 'water-co', 'PGR-004'],
    ['more than there is to see', action('x', 'a', 3), null, 'PGR-014'],
  ])('refuses %s', async (_name, given, within, code) => {
    await expect(records.alarms.act(given, within)).rejects.toMatchObject({ code });
    expect(await records.alarms.get('a', null)).toMatchObject({ acknowledged: false });
  });

  it('loses no acknowledgement that runs against the monitor', async () => {
    const rounds = Array.from({ length: 12 }, (_, n) => n);
    for (const n of rounds) await records.alarms.applyChanges([change(`r${n}`, 1, 'raised')], at(10));
    await Promise.all(
      rounds.flatMap(n => [
        records.alarms.applyChanges([change(`r${n}`, 2, 'cleared')], at(11 + n)),
        records.alarms.act(action(`ack${n}`, `r${n}`, 1), null),
      ]),
    );
    for (const n of rounds) {
      expect(await records.alarms.get(`r${n}`, null)).toMatchObject({
        condition: 'cleared',
        acknowledged: true,
      });
    }
    expect(await list({ state: 'closed' })).toHaveLength(12);
  });
});

describe('list', () => {
  beforeEach(async () => {
    await records.assets.create(asset('east-1', { orgId: 'gas-east' }), SYSTEM);
    await records.devices.create(device('d', 'well-1'), SYSTEM);
    await records.sensors.create(sensor('s1', 'well-1', 'd', { name: '甲烷' }), SYSTEM);
    await records.rules.create(rule('r1'), SYSTEM);
    const raised = (id: string, second: number, over: Partial<AlarmChange> = {}): AlarmChange =>
      change(id, 1, 'raised', { at: TEST_NOW + second * 1_000, ...over });
    const changes = [
      raised('a', 10),
      raised('b', 20, { severity: 'red', sensorId: 's2' }),
      change('b', 2, 'blinded', { severity: 'red' }),
      raised('c', 20, { assetId: 'east-1' }),
      raised('d', 30, { assetId: 'gone', ruleId: 'r2' }),
    ];
    await records.alarms.applyChanges(changes, at(1));
  });

  it.each<[string, Partial<AlarmQuery>, string | null, string]>([
    ['newest raised first', {}, null, 'd c b a'],
    ['one severity', { severity: 'red' }, null, 'b'],
    ['one asset', { assetId: 'east-1' }, null, 'c'],
    ['one sensor', { sensorId: 's2' }, null, 'b'],
    ['one rule', { ruleId: 'r2' }, null, 'd'],
    ['blind ones', { state: 'blind' }, null, 'b'],
    ['active ones', { state: 'active' }, null, 'd c a'],
    ['from taken in, to left out', { from: TEST_NOW + 10_000, to: TEST_NOW + 20_000 }, null, 'a'],
    ['of an organisation and below', {}, 'gas-co', 'c b a'],
    ['of one organisation', {}, 'gas-east', 'c'],
    ['none of another', {}, 'water-co', ''],
    ['not what has no known asset, even for the root', {}, 'city', 'c b a'],
  ])('gives %s', async (_name, query, within, expected) => {
    expect((await list(query, within)).join(' ')).toBe(expected);
  });

  it('pages without holes over equal instants', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await records.alarms.list({ state: 'all', limit: 1, cursor }, null);
      seen.push(...page.items.map(item => item.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.join(' ')).toBe('d c b a');
    await expect(records.alarms.list({ state: 'all', limit: 1, cursor: '%%' }, null)).rejects.toMatchObject({
      code: 'PGR-013',
    });
  });

  it('names what is there, and the id of what is gone', async () => {
    const [d, , , a] = (await records.alarms.list({ state: 'all', limit: 9 }, null)).items;
    expect(a).toMatchObject({
      ruleName: '规则 r1',
      sensorName: '甲烷',
      assetName: '井 well-1',
      orgId: 'gas-co',
    });
    expect(d).toMatchObject({ ruleName: 'r2', assetName: 'gone', orgId: null });
    expect((await records.alarms.byIds(['a', 'd', 'no'])).map(alarm => alarm.id).sort()).toEqual(['a', 'd']);
  });

  it('stays with its organisation when the asset is removed', async () => {
    await records.assets.remove('east-1', null, by('eng'));
    expect(await list({}, 'gas-east')).toEqual(['c']);
    expect(schema).toMatch(/^test_/);
  });
});
