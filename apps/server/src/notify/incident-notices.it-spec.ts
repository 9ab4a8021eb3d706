import type { IncidentChange, IncidentSummary, OverdueStep } from '@anmai/alarms';
import { ok } from '@anmai/kernel';
import type { PlanGap, Route } from '@anmai/notify';
import type { Records } from '@anmai/postgres';
import { fed, gasEngine, stepOn, wellChange, type Batch } from '@anmai/postgres/testing/incident-samples';
import { asset, makeOrgs, SYSTEM } from '@anmai/postgres/testing/samples';
import {
  startTestServer,
  TEST_NOW,
  type TestClock,
  type TestServer,
} from '@anmai/postgres/testing/test-server';
import { NoticeClerk } from './notice-clerk';

let server: TestServer;
let records: Records;
let clock: TestClock;
let gaps: PlanGap[];
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records, clock } = await server.freshRecords());
  gaps = [];
  await makeOrgs(records);
  for (const id of WELLS) await records.assets.create(asset(id, { orgId: 'gas-co' }), SYSTEM);
  await records.assets.create(asset('tank', { orgId: 'water-co', kind: 'water.tank' }), SYSTEM);
  for (const [username, orgId] of PEOPLE) {
    const user = { username, displayName: username, role: 'operator', orgId, passwordHash: 'x' } as const;
    await records.users.create(user, SYSTEM);
    const contacts = [{ channel: 'email', address: `${username}@example.cn`, from: 'blue' }] as const;
    await records.notifyPeople.setContact({ username, language: 'zh', contacts, quiet: [] }, null, SYSTEM);
  }
  await routes([route('all', 'incidents', 'desk', 'head')]);
});
afterEach(() => records.close());

const WELLS = Array.from({ length: 30 }, (_, i) => `w${i}`);
const PEOPLE = [
  ['desk', 'city'],
  ['head', 'city'],
  ['crew', 'gas-co'],
  ['pump', 'water-co'],
] as const;
const person = (recipientId: string) => ({ kind: 'recipient', recipientId }) as const;
const route = (id: string, about: NonNullable<Route['about']>, ...people: string[]): Route => ({
  ...{ id, about, orgId: 'city', groups: [], from: 'blue' },
  tiers: people.map(each => ({ afterMs: 0, audiences: [person(each)] })),
});
const routes = (items: readonly Route[]): Promise<unknown> =>
  records.notifyPeople.setRoutes(items, undefined, null, SYSTEM);
const clerk = (on: Partial<Records> = {}): NoticeClerk =>
  new NoticeClerk({
    records: { ...records, ...on },
    clock,
    utcOffsetMs: 8 * 3_600_000,
    added: () => undefined,
    gaps: found => gaps.push(...found),
    untellable: (_, error) => {
      throw error;
    },
  });
let seq = 0;
const apply = ({ alarms, incidents }: Batch): Promise<unknown> =>
  records.alarms.applyChanges(alarms, { monitor: 'm', seq: ++seq }, incidents);
const toldAll = async (): Promise<string[]> =>
  (await records.notifications.list({ limit: 1_000 }, null)).items
    .map(({ recipientId, notice }) => `${recipientId} ${notice.subjectKind} ${notice.kind}`)
    .reverse();
const step = async (...args: Parameters<typeof stepOn>): Promise<void> => {
  const taken = await records.incidents.take(stepOn(...args), () => ok(true as const), null);
  expect(taken.ok).toBe(true);
};
/** One more change of an incident, made by hand. */
const further = (
  last: IncidentChange,
  kind: IncidentChange['kind'],
  summary: Partial<IncidentSummary> = {},
): IncidentChange => ({
  ...last,
  ...{ id: `${last.incidentId}/${last.n + 1}`, n: last.n + 1, kind, cause: null, otherId: null },
  summary: { ...last.summary, ...summary },
});
async function opened(...wells: string[]): Promise<{ batch: Batch; id: string; last: IncidentChange }> {
  const batch = fed(gasEngine(WELLS), ...wells.map(well => wellChange(well, 1, 'raised')));
  await apply(batch);
  return { batch, id: batch.incidents[0]!.incidentId, last: batch.incidents.at(-1)! };
}

it('a storm of alarms is one message, and again none however often it comes', async () => {
  const { batch } = await opened(...WELLS);
  await clerk().turn();
  await apply(batch);
  await clerk().turn();
  expect(await toldAll()).toEqual(['desk incident start']);
  const [entry] = (await records.notifications.list({ limit: 1 }, 'gas-co')).items;
  expect(entry?.notice).toMatchObject({ group: 'gas', ownerIds: ['gas-co'], orgPath: ['city', 'gas-co'] });
  expect(await records.noticeFeed.waiting()).toBe(0);
});

it('a route for alarms tells of each, but not to who was told of the incident', async () => {
  await routes([
    route('incidents', 'incidents', 'desk'),
    route('alarms', 'alarms', 'desk', 'head'),
    route('crew', 'alarms', 'crew'),
    route('both', 'both', 'pump'),
  ]);
  await opened('w1', 'w2');
  await clerk().turn();
  expect((await toldAll()).sort()).toEqual([
    'crew alarm start',
    'crew alarm start',
    'desk incident start',
    'pump alarm start',
    'pump alarm start',
    'pump incident start',
  ]);
});

it('a rise is told once for each level, up to the next tier of nobody else', async () => {
  const { last } = await opened('w1');
  const orange = further(last, 'escalated', { severity: 'orange', peak: 'orange' });
  const down = further(orange, 'deescalated', { severity: 'yellow' });
  const up = further(down, 'escalated', { severity: 'orange' });
  const red = further(up, 'escalated', { severity: 'red', peak: 'red' });
  await apply({ alarms: [], incidents: [orange, down, up, red] });
  await clerk().turn();
  expect(await toldAll()).toEqual(['desk incident start', 'desk incident worse', 'desk incident worse']);
});

it('the whole life: warned, tasked, answered, released, filed, each to those whom it concerns', async () => {
  const { id, last } = await opened('w1');
  await clerk().turn();
  const seenN = last.n;
  await step(id, 'assessed', { verdict: 'true', note: '', seenN }, { at: TEST_NOW + 1_000 });
  const audience = [{ role: 'owner', orgId: 'gas-co' }, { role: 'authority', orgId: 'gas-east' }] as const;
  await step(id, 'warned', { severity: 'orange', audience, text: '疏散', reason: null }, { at: TEST_NOW + 2_000 });
  const tasks = [{ id: 't1', orgId: 'water-co', what: '关阀', dueAt: TEST_NOW + 3_600_000 }];
  await step(id, 'dispatched', { tasks }, { actor: 'head', at: TEST_NOW + 3_000 });
  await step(id, 'feedback', { taskId: 't1', note: '已关', fileIds: [] }, { actor: 'pump', at: TEST_NOW + 4_000 });
  await step(id, 'resolutionProposed', { note: '完成' }, { at: TEST_NOW + 5_000 });
  await step(id, 'released', { note: '恢复', seenN }, { at: TEST_NOW + 6_000 });
  await step(id, 'archived', { review: {} as never }, { at: TEST_NOW + 7_000 });
  await clerk().turn();
  const all = await toldAll();
  const who = (kind: string): string[] => all.flatMap(line => (line.endsWith(` incident ${kind}`) ? [line.split(' ')[0]!] : [])).sort();
  expect(who('warned')).toEqual(['crew', 'desk']);
  expect(who('dispatched')).toEqual(['pump']);
  expect(who('feedback')).toEqual(['crew', 'desk', 'head']);
  expect(who('end')).toEqual(['crew', 'desk', 'head', 'pump']);
  expect(who('archived')).toEqual(['crew', 'desk', 'head', 'pump']);
  expect(gaps).toMatchObject([{ reason: 'nobody', orgId: 'gas-east' }]);
  expect(await records.noticeFeed.gaps(5, null)).toMatchObject([{ incidentId: id, alarmId: null, orgId: 'gas-east' }]);
}); // prettier-ignore

it('a timer that has run out goes up the tiers with the ladder, each rung once', async () => {
  const { id } = await opened('w1');
  const due = (escalateTo: OverdueStep['escalateTo']): OverdueStep => ({
    ...{ kind: 'identify', taskId: null, dueAt: TEST_NOW + 60_000, overdueMs: 0, escalateTo },
  });
  for (const rung of ['shiftLead', 'ownerDuty', 'ownerDuty', 'authorityDuty'] as const) {
    await records.incidents.noteOverdue(id, [due(rung)], TEST_NOW + 120_000);
    await clerk().turn();
  }
  expect(await toldAll()).toEqual([
    'desk incident start',
    'desk incident overdue',
    ...['head incident overdue', 'head incident overdue'],
  ]);
});

it('an alarm after the end is told as its return, once, and to all who were told', async () => {
  const engine = gasEngine(WELLS);
  const first = fed(engine, wellChange('w1', 1, 'raised'));
  await apply(first);
  const id = first.incidents[0]!.incidentId;
  await step(id, 'released', { note: '', seenN: first.incidents.at(-1)!.n });
  await clerk().turn();
  await apply(fed(engine, wellChange('w2', 1, 'raised'), wellChange('w3', 1, 'raised')));
  await clerk().turn();
  expect(await toldAll()).toEqual(['desk incident start', 'desk incident end', 'desk incident again']);
});

it('a rise after its return is told anew, whatever it had been before', async () => {
  const engine = gasEngine(WELLS);
  const first = fed(engine, wellChange('w1', 1, 'raised'), wellChange('w1', 2, 'escalated'), wellChange('w1', 3, 'cleared'));
  await apply(first);
  const id = first.incidents[0]!.incidentId;
  await step(id, 'released', { note: '', seenN: first.incidents.at(-1)!.n });
  const late = (n: number, kind: 'raised' | 'escalated') => {
    const change = wellChange('w2', n, kind);
    return { ...change, at: change.at + 90_000, noticedAt: change.noticedAt + 90_000, onsetAt: change.at + 90_000 };
  };
  await apply(fed(engine, late(1, 'raised')));
  await apply(fed(engine, late(2, 'escalated')));
  await clerk().turn();
  expect(await toldAll()).toEqual([
    'desk incident start', 'desk incident worse', 'desk incident end', 'desk incident again', 'desk incident worse',
  ]);
}); // prettier-ignore

it('whoever owns what it reaches later hears of it then', async () => {
  const owners = { kind: 'role', role: 'operator', of: 'owner' } as const;
  await routes([{ ...route('owners', 'incidents'), tiers: [{ afterMs: 0, audiences: [owners] }] }]);
  const { last } = await opened('w1', 'w2');
  await clerk().turn();
  const alarmId = 'al-tank';
  const joined = { ...further(last, 'joined'), alarmId };
  const alarm = { ...wellChange('tank', 1, 'raised'), id: 'chg-tank', alarmId };
  await apply({ alarms: [alarm], incidents: [joined] });
  await clerk().turn();
  expect(await toldAll()).toEqual(['crew incident start', 'pump incident start']);
});

it('of two that become one, the people of the one hear of the other and of its end', async () => {
  const [a, b] = [fed(gasEngine(WELLS), wellChange('w1', 1, 'raised')), fed(gasEngine(WELLS), wellChange('w9', 1, 'raised'))];
  await apply(a);
  await clerk().turn();
  await routes([route('all', 'incidents', 'head')]);
  await apply(b);
  await clerk().turn();
  const [into, from] = [a.incidents.at(-1)!, b.incidents.at(-1)!];
  const merged = { ...further(from, 'merged'), otherId: into.incidentId };
  const absorbed = { ...further(into, 'absorbed'), otherId: from.incidentId };
  await apply({ alarms: [], incidents: [merged, absorbed] });
  await clerk().turn();
  await step(into.incidentId, 'released', { note: '', seenN: absorbed.n });
  await clerk().turn();
  expect(await toldAll()).toEqual([
    'desk incident start', 'head incident start', 'head incident merged', 'desk incident end', 'head incident end',
  ]);
}); // prettier-ignore

it('blindness is told when nothing of it is seen any more, and when something is', async () => {
  const { last } = await opened('w1');
  const one = further(last, 'blinded', { condition: 'active' });
  const all = further(one, 'blinded', { condition: 'blind' });
  const back = further(all, 'restored', { condition: 'active' });
  await apply({ alarms: [], incidents: [one, all, back] });
  await clerk().turn();
  expect(await toldAll()).toEqual(['desk incident start', 'desk incident blind', 'desk incident restored']);
});

it('loses and doubles nothing when it ends after the plan is kept', async () => {
  await opened('w1');
  const noticeFeed: Records['noticeFeed'] = Object.create(records.noticeFeed) as never;
  noticeFeed.take = (limit, work) =>
    records.noticeFeed.take(limit, async (changes, incidents) => {
      await work(changes, incidents);
      throw new Error('killed');
    });
  await expect(clerk({ noticeFeed }).turn()).rejects.toThrow('killed');
  expect(await records.noticeFeed.waiting()).toBeGreaterThan(0);
  await Promise.all([clerk().turn(), clerk().turn()]);
  expect(await toldAll()).toEqual(['desk incident start']);
});

it('without a route it is one gap, however many alarms it has', async () => {
  await routes([]);
  await opened('w1', 'w2', 'w3');
  await clerk().turn();
  expect(await records.noticeFeed.gaps(9, null)).toMatchObject([{ reason: 'no-route', alarmId: null }]);
});
