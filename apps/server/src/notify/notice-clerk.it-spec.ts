import { AppError, MINUTE_MS } from '@anmai/kernel';
import type { PlanGap, Route } from '@anmai/notify';
import { POSTGRES_ERRORS, type Records, type ToldChange, type ToldIncident } from '@anmai/postgres';
import { action, asset, change, device, makeOrgs, sensor, SYSTEM } from '@anmai/postgres/testing/samples';
import {
  startTestServer,
  TEST_NOW,
  type TestClock,
  type TestServer,
} from '@anmai/postgres/testing/test-server';
import { CHANGES_AT_ONCE, NoticeClerk, REMIND_EVERY_MS } from './notice-clerk';

let server: TestServer;
let records: Records;
let clock: TestClock;
let gaps: PlanGap[];
let untellable: (ToldChange | ToldIncident | null)[];
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records, clock } = await server.freshRecords());
  [gaps, untellable] = [[], []];
  await makeOrgs(records);
  await records.assets.create(asset('well-1', { orgId: 'gas-co' }), SYSTEM);
  await records.devices.create(device('dev-1', 'well-1'), SYSTEM);
  await records.sensors.create(sensor('s1', 'well-1', 'dev-1'), SYSTEM);
  for (const username of ['zhang', 'boss']) {
    const user = {
      username,
      displayName: username,
      role: 'operator',
      orgId: 'city',
      passwordHash: 'x',
    } as const;
    await records.users.create(user, SYSTEM);
    const contacts = [{ channel: 'email', address: `${username}@example.cn`, from: 'blue' }] as const;
    await records.notifyPeople.setContact({ username, language: 'zh', contacts, quiet: [] }, null, SYSTEM);
  }
  await routes([ROUTE]);
});
afterEach(() => records.close());

const person = (recipientId: string) => ({ kind: 'recipient', recipientId }) as const;
const ROUTE: Route = {
  id: 'all',
  orgId: 'city',
  groups: ['gas'],
  from: 'blue',
  tiers: [
    { afterMs: 0, audiences: [person('zhang')] },
    { afterMs: 10 * MINUTE_MS, audiences: [person('boss')] },
  ],
};
const routes = (items: readonly Route[]): Promise<unknown> =>
  records.notifyPeople.setRoutes(items, undefined, null, SYSTEM);
const clerk = (on: Partial<Records> = {}): NoticeClerk =>
  new NoticeClerk({
    records: { ...records, ...on },
    clock,
    utcOffsetMs: 8 * 3_600_000,
    added: () => undefined,
    gaps: found => gaps.push(...found),
    untellable: told => untellable.push(told),
  });
const apply = (...args: Parameters<typeof change>[]): Promise<unknown> =>
  records.alarms.applyChanges(
    args.map(each => change(...each)),
    { monitor: 'm', seq: 1 },
  );
/** Who is told what, in the order in which it was planned. */
const told = async (): Promise<string[]> =>
  (await records.notifications.list({ limit: 1_000 }, null)).items
    .map(({ recipientId, notice }) => `${recipientId} ${notice.subjectId} ${notice.kind}`)
    .reverse();

it('plans each change once, with names, value and limit', async () => {
  await apply(['a', 1, 'raised']);
  const desk = clerk();
  expect(await desk.turn()).toBe('idle');
  await desk.turn();
  expect(await told()).toEqual(['zhang a start']);
  const { items } = await records.notifications.list({ limit: 1 }, 'gas-co');
  expect(items[0]?.notice).toMatchObject({
    where: '井 well-1',
    what: { zh: '可燃气体浓度', en: 'Combustible gas' },
    group: 'gas',
    value: 53.1,
    unit: '%LEL',
    limit: { side: 'above', value: 21 },
    rule: { id: 'r1', version: 1 },
  });
});

it('tells the end to those who were told, whatever the routes say by then', async () => {
  await apply(['a', 1, 'raised']);
  await clerk().turn();
  await routes([{ ...ROUTE, tiers: [{ afterMs: 0, audiences: [person('boss')] }] }]);
  await apply(['a', 2, 'cleared'], ['b', 1, 'raised']);
  await clerk().turn();
  expect(await told()).toEqual(['zhang a start', 'zhang a end', 'boss b start']);
});

it('goes on with the next tier while nobody acknowledges, and with nobody after that', async () => {
  await apply(['a', 1, 'raised'], ['b', 1, 'raised'], ['c', 1, 'raised'], ['c', 2, 'cleared']);
  await records.alarms.act(action('x', 'b', 1), null);
  const desk = clerk();
  await desk.turn();
  clock.advance(10 * MINUTE_MS);
  await desk.turn();
  expect((await told()).filter(each => each.startsWith('boss'))).toEqual([]);
  clock.advance(REMIND_EVERY_MS);
  await desk.turn();
  clock.advance(REMIND_EVERY_MS);
  await Promise.all([desk.turn(), clerk().turn()]);
  expect((await told()).filter(each => each.startsWith('boss'))).toEqual(['boss a unanswered']);
});

it('loses and doubles nothing when the records go away between two changes', async () => {
  await apply(['a', 1, 'raised'], ['b', 1, 'raised']);
  const notifications: Records['notifications'] = Object.create(records.notifications) as never;
  let left = 1;
  notifications.add = async (drafts, now) => {
    if (left-- <= 0) throw new AppError(POSTGRES_ERRORS.away, { reason: 'test' });
    return records.notifications.add(drafts, now);
  };
  await expect(clerk({ notifications }).turn()).rejects.toMatchObject({ code: 'PGR-001' });
  expect([await told(), await records.noticeFeed.waiting()]).toEqual([['zhang a start'], 2]);
  await clerk().turn();
  expect(await told()).toEqual(['zhang a start', 'zhang b start']);
  expect([await records.noticeFeed.waiting(), untellable]).toEqual([0, []]);
});

it('loses and doubles nothing when it ends after the plan is kept and before the changes are forgotten', async () => {
  await apply(['a', 1, 'raised'], ['b', 1, 'raised']);
  const noticeFeed: Records['noticeFeed'] = Object.create(records.noticeFeed) as never;
  noticeFeed.take = (limit, work) =>
    records.noticeFeed.take(limit, async (changes, incidents) => {
      await work(changes, incidents);
      throw new Error('killed');
    });
  await expect(clerk({ noticeFeed }).turn()).rejects.toThrow('killed');
  expect(await records.noticeFeed.waiting()).toBe(2);
  await clerk().turn();
  expect(await told()).toEqual(['zhang a start', 'zhang b start']);
  expect(await records.noticeFeed.waiting()).toBe(0);
});

it('tells each change once when several work at the same time', async () => {
  const ids = Array.from({ length: 2 * CHANGES_AT_ONCE + 1 }, (_, i) => `alarm-${i}`);
  await apply(...ids.map(id => [id, 1, 'raised'] as Parameters<typeof change>));
  const drain = async (desk: NoticeClerk): Promise<void> => {
    while ((await records.noticeFeed.waiting()) > 0) await desk.turn();
  };
  await Promise.all([drain(clerk()), drain(clerk()), drain(clerk())]);
  expect((await told()).sort()).toEqual(ids.map(id => `zhang ${id} start`).sort());
});

it('keeps and counts what nobody could be told of', async () => {
  await routes([]);
  await apply(['a', 1, 'raised']);
  await clerk().turn();
  expect(gaps).toEqual([{ changeId: change('a', 1, 'raised').id, reason: 'no-route', recipientId: null }]);
  expect(await records.noticeFeed.gaps(10, 'gas-co')).toMatchObject([
    { alarmId: 'a', reason: 'no-route', at: TEST_NOW },
  ]);
});

/** A feed that gives changes as they are, but for those of that alarm, which are broken. */
function feedWithBroken(alarmId: string): Records['noticeFeed'] {
  const noticeFeed: Records['noticeFeed'] = Object.create(records.noticeFeed) as never;
  const broken = (told: ToldChange): ToldChange =>
    told.change.alarmId === alarmId ? { ...told, change: { ...told.change, evidence: null as never } } : told;
  noticeFeed.take = (limit, work) =>
    records.noticeFeed.take(limit, (changes, incidents) => work(changes.map(broken), incidents));
  return noticeFeed;
}

it('passes over a change of which no message can be planned, names it, and tells the others', async () => {
  await apply(['a', 1, 'raised'], ['b', 1, 'raised']);
  await clerk({ noticeFeed: feedWithBroken('a') }).turn();
  expect(untellable).toMatchObject([{ change: { alarmId: 'a' } }]);
  expect([await told(), await records.noticeFeed.waiting()]).toEqual([['zhang b start'], 0]);
});

it.each<[string, keyof Records['notifications'], Error]>([
  ['refused for good', 'known', new AppError(POSTGRES_ERRORS.refused, { sqlState: '53100' })],
  ['refused while it is written', 'add', new AppError(POSTGRES_ERRORS.refused, { sqlState: '42501' })],
  ['an error of the outbox itself', 'recentCounts', new TypeError('a bug')],
])(
  'passes over nothing that the records would not take, and tells it later: %s',
  async (_name, call, error) => {
    await apply(['a', 1, 'raised'], ['b', 1, 'raised']);
    const notifications: Records['notifications'] = Object.create(records.notifications) as never;
    Object.assign(notifications, { [call]: () => Promise.reject(error) });
    await expect(clerk({ notifications }).turn()).rejects.toBe(error);
    expect([untellable, await records.noticeFeed.waiting()]).toEqual([[], 2]);
    await clerk().turn();
    expect([await told(), await records.noticeFeed.waiting()]).toEqual([
      ['zhang a start', 'zhang b start'],
      0,
    ]);
  },
);

it('does not let a fault in the reminders hold up what is new, and tries them again', async () => {
  await apply(['a', 1, 'raised']);
  const noticeFeed: Records['noticeFeed'] = Object.create(records.noticeFeed) as never;
  const error = new AppError(POSTGRES_ERRORS.refused, { sqlState: '42501' });
  let looks = 0;
  noticeFeed.unanswered = most =>
    looks++ === 0 ? Promise.reject(error) : records.noticeFeed.unanswered(most);
  const desk = clerk({ noticeFeed });
  await expect(desk.turn()).rejects.toBe(error);
  expect([untellable, await told(), await records.noticeFeed.waiting()]).toEqual([[], ['zhang a start'], 0]);
  expect([await desk.turn(), looks]).toEqual(['idle', 2]);
});
