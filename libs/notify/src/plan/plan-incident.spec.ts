import type { Notice } from '../notice';
import type { Told } from '../outbox/entry';
import { AT, CHINA_MS, noticeOf, recipientOf } from '../testing/builders';
import { planNotice, type Plan } from './plan';
import { NO_AIM, planIncident, type Aim } from './plan-incident';
import type { Directory, Route, RouteSubject } from './route';

const person = (recipientId: string) => ({ kind: 'recipient', recipientId }) as const;
const route = (about: RouteSubject, ...people: string[]): Route => ({
  id: `${about}-${people.join('-')}`,
  about,
  orgId: 'city',
  groups: [],
  from: 'blue',
  tiers: people.map(id => ({ afterMs: 0, audiences: [person(id)] })),
});
const PEOPLE = [
  recipientOf('a', { orgId: 'city' }),
  recipientOf('b', { orgId: 'city' }),
  recipientOf('c', { orgId: 'gas-co' }),
  recipientOf('d', { orgId: 'gas-co' }),
  recipientOf('mute', { orgId: 'water-co', contacts: [] }),
  recipientOf('desk', { orgId: 'city' }),
];
const directory = (...routes: readonly Route[]): Directory => ({
  recipients: new Map(PEOPLE.map(each => [each.id, each])),
  rotas: new Map(),
  routes,
  fallbackRecipientId: 'desk',
  utcOffsetMs: CHINA_MS,
});
const told = (...ids: string[]): readonly Told[] =>
  ids.map(recipientId => ({ recipientId, channel: 'email' }));
const shown = ({ drafts, gaps }: Plan): string =>
  [
    ...drafts.map(draft => draft.recipientId),
    ...gaps.map(gap => `gap ${gap.reason} ${gap.orgId ?? gap.recipientId ?? ''}`.trim()),
  ].join(', ');
const incident = (fields: Partial<Notice> = {}): Notice =>
  noticeOf({ subjectKind: 'incident', subjectId: 'in-1', alarmCount: 3, rule: null, ...fields });
const alarm = (about: Directory, knowing: readonly string[] | null, fields: Partial<Notice> = {}): string =>
  shown(planNotice(noticeOf(fields), [], about, AT, knowing === null ? null : new Set(knowing)));

interface Case {
  readonly kind: Notice['kind'];
  readonly aim?: Partial<Aim>;
  readonly own?: readonly string[];
  readonly takenIn?: readonly string[];
  readonly routes?: readonly Route[];
}
const INCIDENTS = [route('incidents', 'a', 'b')];
it.each<[string, Case, string]>([
  ['the first tier hears of a start', { kind: 'start' }, 'a'],
  ['who knows of it does not hear of its start again', { kind: 'start', own: ['a'] }, ''],
  ['a route for alarms alone does not tell of incidents', { kind: 'start', routes: [route('alarms', 'a')] }, ''],
  ['a route for both does', { kind: 'start', routes: [route('both', 'a')] }, 'a'],
  ['without a route it goes to the fallback, and is a gap', { kind: 'start', routes: [] }, 'desk, gap no-route'],
  ['and further assets are no further gap', { kind: 'start', routes: [], own: ['desk'] }, ''],
  ['a rise goes to the first tier and to all who were told', { kind: 'worse', own: ['c'] }, 'a, c'],
  ['so does what comes back after its end', { kind: 'again', own: ['a', 'c'] }, 'a, c'],
  ['one that was taken in: its people hear of this one', { kind: 'merged', own: ['a'], takenIn: ['a', 'c'] }, 'c'],
  ['a warning goes to the organisations it is for and to those who know', { kind: 'warned', aim: { orgIds: ['gas-co'] }, own: ['a'] }, 'c, d, a'],
  ['one that nobody can be told of goes to the fallback and names it', { kind: 'warned', aim: { orgIds: ['water-co', 'gas-co'] } }, 'desk, c, d, gap nobody water-co'],
  ['a task goes to its organisation', { kind: 'dispatched', aim: { orgIds: ['gas-co'] }, own: ['a'] }, 'c, d'],
  ['feedback goes to those who know and to who gave the task, not to who gives it', { kind: 'feedback', aim: { recipientIds: ['b', 'mute'], exceptId: 'c' }, own: ['a', 'c'] }, 'a, b'],
  ['a timer that has run out goes to the first tier and to those who know', { kind: 'overdue', own: ['c'] }, 'a, c'],
  ['and up the tiers with the ladder', { kind: 'overdue', aim: { rung: 1 }, own: ['c'] }, 'b'],
  ['whose last one hears of every rung beyond', { kind: 'overdue', aim: { rung: 3 }, own: ['c'] }, 'b'],
  ['each route by its own length', { kind: 'overdue', aim: { rung: 1 }, routes: [route('both', 'd'), ...INCIDENTS] }, 'd, b'],
  ['a rung tells nobody where routes are silent on purpose', { kind: 'overdue', aim: { rung: 2 }, routes: [route('alarms', 'a')] }, ''],
  ['its release goes to those who were told', { kind: 'end', own: ['c', 'd'] }, 'c, d'],
  ['its filing as well', { kind: 'archived', own: ['c'] }, 'c'],
])('%s', (_name, { kind, aim = {}, own = [], takenIn = [], routes = INCIDENTS }, expected) => {
  const given = { notice: incident({ kind }), aim: { ...NO_AIM, ...aim } };
  const knowing = { own: told(...own), takenIn: told(...takenIn) };
  expect(shown(planIncident(given, knowing, directory(...routes), AT))).toBe(expected);
}); // prettier-ignore

it.each<[string, readonly Route[], readonly string[] | null, string]>([
  ['a route for incidents tells of no alarm', INCIDENTS, null, ''],
  ['a route for alarms does', [route('alarms', 'a')], [], 'a'],
  ['not to who was told of its incident', [route('alarms', 'a')], ['a'], ''],
  ['unless the route wants both', [route('both', 'a'), route('alarms', 'b')], ['a', 'b'], 'a'],
  ['that no route covers the place is told of the incident alone', [], [], ''],
  ['an alarm without an incident goes to the fallback', [], null, 'desk, gap no-route'],
])('alarms: %s', (_name, routes, knowing, expected) => {
  expect(alarm(directory(...routes), knowing)).toBe(expected);
});

it('an incident is for the owners and the kinds of all that it affects', () => {
  const owners = { kind: 'role', role: 'operator', of: 'owner' } as const;
  const byOwner: Route = { ...route('incidents'), groups: ['water'], tiers: [{ afterMs: 0, audiences: [owners] }] };
  const fields = { orgPath: ['city', 'gas-co', 'water-co'], ownerIds: ['gas-co', 'water-co'] };
  const plan = (more: Partial<Notice>): string =>
    shown(planIncident({ notice: incident({ ...fields, ...more }), aim: NO_AIM }, { own: [], takenIn: [] }, directory(byOwner), AT));
  expect(plan({ group: 'gas', groups: ['gas', 'water'] })).toBe('c, d, gap no-contact mute');
  expect(plan({ group: 'gas', groups: ['gas'] })).toBe('desk, gap no-route');
}); // prettier-ignore

it('quiet hours hold for incidents as for alarms, and never for red', () => {
  const quiet = [{ fromMinute: 0, toMinute: 1_440, upTo: 'orange' }] as const;
  const asleep = { ...directory(...INCIDENTS), recipients: new Map([['a', recipientOf('a', { quiet })]]) };
  const held = (severity: Notice['severity']): unknown =>
    planIncident({ notice: incident({ severity }), aim: NO_AIM }, { own: [], takenIn: [] }, asleep, AT).drafts[0]?.held;
  expect([held('yellow'), held('red')]).toEqual(['quiet', null]);
}); // prettier-ignore
