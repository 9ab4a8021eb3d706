import { AT, draftOf } from '@anmai/notify/testing/builders';
import type { Route } from '@anmai/notify';
import type { Records } from './records';
import type { RotaRecord, ToldChange } from './notify-records';
import { action, asset, by, change, device, makeOrgs, sensor, SYSTEM } from './testing/samples';
import { startTestServer, TEST_NOW, type TestClock, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
let clock: TestClock;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records, clock } = await server.freshRecords());
  await makeOrgs(records);
  await records.assets.create(asset('well-1', { orgId: 'gas-co' }), SYSTEM);
  await records.devices.create(device('dev-1', 'well-1'), SYSTEM);
  await records.sensors.create(sensor('s1', 'well-1', 'dev-1'), SYSTEM);
  for (const [username, orgId] of [
    ['zhang', 'gas-co'],
    ['wang', 'water-co'],
    ['boss', 'city'],
  ] as const) {
    const user = { username, displayName: username, role: 'operator', orgId, passwordHash: 'x' } as const;
    await records.users.create(user, SYSTEM);
  }
});
afterEach(() => records.close());

const at = (seq: number): { monitor: string; seq: number } => ({ monitor: 'm', seq });
const taken = async (limit = 100): Promise<readonly ToldChange[] | null> => {
  let seen: readonly ToldChange[] = [];
  const count = await records.noticeFeed.take(limit, async changes => void (seen = changes));
  return count === null ? null : seen;
};
const idsOf = (changes: readonly ToldChange[] | null): string[] | undefined =>
  changes?.map(({ change: { alarmId, n } }) => `${alarmId}.${n}`);

describe('the feed of changes', () => {
  it('hands out each change once, in order, with what the registry says', async () => {
    await records.alarms.applyChanges([change('a', 2, 'escalated'), change('a', 1, 'raised')], at(1));
    await records.alarms.applyChanges([change('a', 2, 'escalated'), change('b', 1, 'raised')], at(2));
    expect(await records.noticeFeed.waiting()).toBe(3);
    const changes = await taken();
    expect(idsOf(changes)).toEqual(['a.1', 'a.2', 'b.1']);
    expect(changes?.[0]).toEqual({
      change: change('a', 1, 'raised'),
      assetName: '井 well-1',
      assetKind: 'gas.well',
      geometry: { type: 'Point', coordinates: [114.3, 34.8] },
      orgPath: ['city', 'gas-co'],
      quantity: 'gas.combustible',
      unit: '%LEL',
      incidentId: null,
    });
    expect(idsOf(await taken())).toEqual([]);
  });

  it('hands out again what was not worked off', async () => {
    await records.alarms.applyChanges([change('a', 1, 'raised'), change('a', 2, 'escalated')], at(1));
    const failing = records.noticeFeed.take(1, () => Promise.reject(new Error('no room')));
    await expect(failing).rejects.toThrow('no room');
    expect(idsOf(await taken(1))).toEqual(['a.1']);
    expect(idsOf(await taken(1))).toEqual(['a.2']);
  });

  it('lets one process at a time take, and the next after it', async () => {
    await records.alarms.applyChanges([change('a', 1, 'raised')], at(1));
    let release = (): void => undefined;
    const held = new Promise<void>(resolve => (release = resolve));
    let isIn = (): void => undefined;
    const entered = new Promise<void>(resolve => (isIn = resolve));
    const first = records.noticeFeed.take(1, async () => {
      isIn();
      await held;
    });
    await entered;
    expect(await taken()).toBeNull();
    release();
    expect(await first).toBe(1);
    expect(idsOf(await taken())).toEqual([]);
  });

  it('gives what is unknown its id for a name and no organisation', async () => {
    await records.alarms.applyChanges([change('a', 1, 'raised', { assetId: 'x', sensorId: 'y' })], at(1));
    expect((await taken())?.[0]).toMatchObject({ assetName: 'x', assetKind: null, orgPath: [], unit: '' });
  });

  it('knows what waits for an answer: open, not cleared, not acknowledged since it became worse', async () => {
    const cleared = [change('c', 1, 'raised'), change('c', 2, 'cleared')];
    await records.alarms.applyChanges(
      [change('a', 1, 'raised'), change('b', 1, 'raised'), ...cleared],
      at(1),
    );
    await records.alarms.act(action('x', 'b', 1), null);
    const unanswered = async (): Promise<string[] | undefined> =>
      idsOf(await records.noticeFeed.unanswered(10));
    expect(await unanswered()).toEqual(['a.1']);
    await records.alarms.applyChanges([change('b', 2, 'escalated'), change('a', 2, 'blinded')], at(2));
    expect(await unanswered()).toEqual(['b.2', 'a.1']);
    expect(idsOf(await records.noticeFeed.unanswered(1))).toEqual(['b.2']);
  });

  it('shows the changes of one alarm to those who may see it', async () => {
    await records.alarms.applyChanges([change('a', 2, 'cleared'), change('a', 1, 'raised')], at(1));
    expect(idsOf(await records.noticeFeed.changesOf('a', 'gas-co'))).toEqual(['a.1', 'a.2']);
    expect(await records.noticeFeed.changesOf('a', 'water-co')).toEqual([]);
  });

  it('keeps each gap once, for those of the organisation', async () => {
    const gap = {
      at: AT,
      changeId: 'chg-1',
      alarmId: 'a',
      incidentId: null,
      orgPath: ['city', 'gas-co'],
      reason: 'no-route',
      recipientId: null,
    } as const;
    await records.noticeFeed.noteGaps([gap, gap, { ...gap, reason: 'unknown', recipientId: 'zhang' }]);
    await records.noticeFeed.noteGaps([gap]);
    expect(await records.noticeFeed.gaps(10, 'gas-co')).toEqual([
      { ...gap, reason: 'unknown', recipientId: 'zhang' },
      gap,
    ]);
    expect(await records.noticeFeed.gaps(10, 'water-co')).toEqual([]);
    expect(await records.noticeFeed.sweepGaps(AT)).toBe(0);
    expect(await records.noticeFeed.sweepGaps(AT + 1)).toBe(2);
  });
});

const route = (id: string, over: Partial<Route> = {}): Route => ({
  id,
  orgId: 'gas-co',
  groups: [],
  from: 'blue',
  tiers: [{ afterMs: 0, audiences: [{ kind: 'recipient', recipientId: 'zhang' }] }],
  ...over,
});
const rota = (id: string, over: Partial<RotaRecord> = {}): RotaRecord => ({
  id,
  name: id,
  orgId: 'gas-co',
  shifts: [{ weekday: 1, fromMinute: 480, toMinute: 1_200, recipientIds: ['zhang'] }],
  exceptions: [],
  ...over,
});
const GAS = by('zhang', 'gas-co');

describe('people', () => {
  it('keeps how one is reached, version by version', async () => {
    const contacts = [{ channel: 'email', address: 'zhang@example.cn', from: 'blue' }] as const;
    const value = { username: 'zhang', language: 'en', contacts, quiet: [] } as const;
    expect(await records.notifyPeople.contact('zhang', null)).toMatchObject({ version: 0, contacts: [] });
    expect(await records.notifyPeople.setContact(value, 0, GAS)).toEqual({ ...value, version: 1 });
    expect(await records.notifyPeople.contact('zhang', 'gas-co')).toEqual({ ...value, version: 1 });
    await expect(records.notifyPeople.setContact(value, 0, GAS)).rejects.toMatchObject({ code: 'PGR-006' });
    const foreign = by('wang', 'water-co');
    await expect(records.notifyPeople.setContact(value, null, foreign)).rejects.toMatchObject({
      code: 'PGR-004',
    });
    expect(await records.notifyPeople.contact('zhang', 'water-co')).toBeNull();
  });

  it('changes only the routes that one sees', async () => {
    await records.notifyPeople.setRoutes([route('city-all', { orgId: 'city' })], 'boss', 1, SYSTEM);
    const own = await records.notifyPeople.setRoutes([route('gas')], undefined, 2, GAS);
    expect(own).toEqual({ items: [route('gas')], fallback: 'boss', version: 3 });
    expect((await records.notifyPeople.routes(null)).items.map(each => each.id)).toEqual(['city-all', 'gas']);
    expect((await records.notifyPeople.setRoutes([], undefined, null, GAS)).items).toEqual([]);
    expect((await records.notifyPeople.routes(null)).items.map(each => each.id)).toEqual(['city-all']);
  });

  it.each([
    ['an old version', [route('r')], 7, 'PGR-006'],
    ['an organisation above', [route('r', { orgId: 'city' })], null, 'PGR-007'],
    [
      'a person of others',
      [
        route('r', {
          tiers: [{ afterMs: 0, audiences: [{ kind: 'recipient', recipientId: 'wang' }] } as const],
        }),
      ],
      null,
      'PGR-007',
    ],
    [
      'a rota that is not there',
      [route('r', { tiers: [{ afterMs: 0, audiences: [{ kind: 'rota', rotaId: 'x' }] } as const] })],
      null,
      'PGR-007',
    ],
    ['the id of a route of others', [route('city-all')], null, 'PGR-005'],
  ])('refuses %s and leaves all as it was', async (_name, items, version, code) => {
    await records.notifyPeople.setRoutes([route('city-all', { orgId: 'city' })], undefined, null, SYSTEM);
    await records.notifyPeople.setRoutes([route('gas')], undefined, null, GAS);
    const before = await records.notifyPeople.routes(null);
    await expect(records.notifyPeople.setRoutes(items, undefined, version, GAS)).rejects.toMatchObject({
      code,
    });
    expect(await records.notifyPeople.routes(null)).toEqual(before);
  });

  it('keeps a rota that a route names', async () => {
    await records.notifyPeople.setRota([rota('day')], null, GAS);
    const tiers = [{ afterMs: 0, audiences: [{ kind: 'rota', rotaId: 'day' }] } as const];
    await records.notifyPeople.setRoutes([route('r', { tiers })], undefined, null, GAS);
    await expect(records.notifyPeople.setRota([], null, GAS)).rejects.toMatchObject({ code: 'PGR-009' });
    const ghost = rota('day', { shifts: [{ ...rota('x').shifts[0]!, recipientIds: ['nobody'] }] });
    await expect(records.notifyPeople.setRota([ghost], null, GAS)).rejects.toMatchObject({ code: 'PGR-007' });
    expect((await records.notifyPeople.rota('water-co')).items).toEqual([]);
    expect((await records.notifyPeople.rota('gas-co')).items).toEqual([rota('day')]);
  });

  it('gives planning everybody, with the standard for those who set nothing', async () => {
    await records.notifyPeople.setRoutes([route('gas')], 'boss', null, SYSTEM);
    await records.notifyPeople.setRota([rota('day')], null, SYSTEM);
    const people = await records.notifyPeople.people();
    expect([...people.recipients.keys()].sort()).toEqual(['boss', 'wang', 'zhang']);
    expect(people.recipients.get('wang')).toEqual({
      id: 'wang', name: 'wang', orgId: 'water-co', role: 'operator', language: 'zh', contacts: [], quiet: [], disabled: false,
    }); // prettier-ignore
    expect(people).toMatchObject({ routes: [route('gas')], fallbackRecipientId: 'boss' });
    expect(people.rotas.get('day')).toEqual(rota('day'));
  });

  it('writes each edit into the audit trail', async () => {
    await records.notifyPeople.setRoutes([route('gas')], null, null, GAS);
    await records.notifyPeople.setRota([], null, GAS);
    const contacts = [{ channel: 'sms', address: '13800000000', from: 'blue' } as const];
    const value = { username: 'zhang', language: 'zh', contacts, quiet: [] } as const;
    await records.notifyPeople.setContact(value, null, GAS);
    const { items } = await records.audit.list({ limit: 3 });
    expect(items.map(item => [item.action, item.actor])).toEqual([
      ['notify.contactsChanged', 'zhang'],
      ['notify.rotaChanged', 'zhang'],
      ['notify.routesChanged', 'zhang'],
    ]);
    expect(JSON.stringify(items)).not.toContain('13800000000');
  });
});

describe('messages as operators see them', () => {
  beforeEach(async () => {
    const of = (i: number, orgPath: readonly string[]): ReturnType<typeof draftOf> =>
      draftOf({ notBefore: TEST_NOW }, { changeId: `c${i}`, subjectId: `s${i}`, orgPath });
    await records.notifications.add([of(0, ['city', 'gas-co']), of(1, ['city', 'water-co'])], TEST_NOW);
    await records.notifications.add([of(2, ['city', 'gas-co'])], TEST_NOW);
  });
  const subjects = async (query: object, within: string | null = null): Promise<string[]> =>
    (await records.notifications.list({ limit: 10, ...query }, within)).items.map(e => e.notice.subjectId);

  it('lists newest first, by state and channel, for the own organisation', async () => {
    expect(await subjects({})).toEqual(['s2', 's1', 's0']);
    expect(await subjects({}, 'gas-co')).toEqual(['s2', 's0']);
    expect(await subjects({ state: 'dead' })).toEqual([]);
    expect(await subjects({ channel: 'sms' })).toEqual([]);
    const first = await records.notifications.list({ limit: 2 }, null);
    expect(await subjects({ cursor: first.nextCursor })).toEqual(['s0']);
  });

  it('queues again only what was given up, and only for those who may see it', async () => {
    const ask = { now: TEST_NOW, leaseMs: 1_000, limit: 9, channels: ['email'] };
    const parcels = await records.notifications.claim(ask);
    const { key } = parcels[0]!.entries[0]!;
    await records.notifications.settle(parcels[0]!, { kind: 'dead', reason: 'no such mailbox' });
    const sending = parcels[1]!.entries[0]!.key;
    await expect(records.notifications.requeueOne(key, by('w', 'water-co'))).rejects.toMatchObject({
      code: 'PGR-004',
    });
    await expect(records.notifications.requeueOne(sending, SYSTEM)).rejects.toMatchObject({
      code: 'NTF-004',
    });
    clock.advance(5);
    expect(await records.notifications.requeueOne(key, GAS)).toMatchObject({
      state: 'queued',
      attempts: 0,
      nextAttemptAt: TEST_NOW + 5,
    });
    const { items } = await records.audit.list({ limit: 1 });
    expect(items[0]).toMatchObject({
      action: 'notification.requeued',
      detail: { reason: 'no such mailbox' },
    });
    expect(JSON.stringify(items[0])).not.toContain('example.cn');
  });
});
