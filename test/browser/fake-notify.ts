import type { ContactsShape, MessageShape, NotifyOutboxShape, RotaShape, RoutesShape } from '@anmai/wire';
import { absent, list, ok, problem, stale, type Asked, type FakePart, type Reply } from './fake-reply';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();
const RED = 'al-well-0003.ch4-gas-adjacent';

const USERS = [
  ['li', '李值守', 'operator'],
  ['wang', '王值守', 'operator'],
  ['enno', '陈工', 'engineer'],
].map(([username, displayName, role]) => ({
  username, displayName, role, orgId: 'city', disabled: false, lockedUntil: null, createdAt: iso(0), version: 1,
})); // prettier-ignore

function messagesOf(now: number): MessageShape[] {
  const message = (id: string, over: Partial<MessageShape>): MessageShape => ({
    id, recipientId: 'li', channel: 'email', state: 'sent', held: null, attempts: 1,
    addedAt: iso(now - 12 * MINUTE_MS), nextAttemptAt: iso(now - 12 * MINUTE_MS), sentAt: null, reason: null,
    subjectKind: 'alarm', subjectId: RED, kind: 'start', severity: 'red', where: '人民路 12 号电力井',
    ...over,
  }); // prettier-ignore
  return [
    message('m-dead', { state: 'dead', channel: 'sms', attempts: 5, reason: '网关返回 HTTP 502; given up after 5 tries', kind: 'unanswered' }),
    message('m-dead-2', { state: 'dead', recipientId: 'wang', reason: '550 no such mailbox' }),
    message('m-quiet', { state: 'queued', held: 'quiet', recipientId: 'enno', severity: 'yellow', nextAttemptAt: iso(now + 200 * MINUTE_MS) }),
    message('m-wecom', { state: 'queued', channel: 'wecom', recipientId: 'enno' }),
    message('m-retry', { state: 'failed', attempts: 2, reason: 'connect ETIMEDOUT', nextAttemptAt: iso(now + MINUTE_MS) }),
    message('m-sent', { sentAt: iso(now - 11 * MINUTE_MS) }),
  ]; // prettier-ignore
}

const ROUTES: RoutesShape = {
  items: [
    { id: 'city-gas', orgId: 'city', about: 'incidents', groups: ['gas'], from: 'orange', tiers: [
      { afterSeconds: 0, audiences: [{ kind: 'rota', rotaId: 'desk' }] },
      { afterSeconds: 600, audiences: [{ kind: 'role', role: 'engineer', of: 'line' }, { kind: 'recipient', recipientId: 'enno' }] },
    ] },
    { id: 'housing', orgId: 'housing', about: 'both', groups: [], from: 'yellow', tiers: [{ afterSeconds: 0, audiences: [{ kind: 'role', role: 'operator', of: 'owner' }] }] },
  ],
  fallback: null,
  version: 4,
}; // prettier-ignore

const shift = (weekday: number, fromMinute: number, ids: string[]) => ({
  weekday, fromMinute, toMinute: fromMinute + 720, recipientIds: ids,
}); // prettier-ignore
const rotaOf = (now: number): RotaShape => ({
  items: [
    {
      id: 'desk',
      name: '运行中心值班台',
      orgId: 'city',
      shifts: [1, 2, 3, 4, 5, 6].flatMap(day => [shift(day, 480, ['li']), shift(day, 1_200, ['wang'])]),
      exceptions: [
        { from: iso(now + DAY_MS), to: iso(now + 2 * DAY_MS), recipientIds: ['enno'], reason: '换班' },
      ],
      gaps: [{ from: iso(now + DAY_MS), to: iso(now + 1.5 * DAY_MS) }],
    },
  ],
  version: 2,
});

const countsOf = (messages: readonly MessageShape[]): NotifyOutboxShape['counts'] => {
  const keys = [...new Set(messages.map(({ channel, state }) => `${channel} ${state}`))];
  return keys.map(key => {
    const fitting = messages.filter(({ channel, state }) => `${channel} ${state}` === key);
    const { channel, state, nextAttemptAt } = fitting[0]!;
    const waits = state === 'queued' || state === 'failed';
    return { channel, state, count: fitting.length, oldestAt: waits ? nextAttemptAt : null, configured: channel !== 'wecom' };
  }); // prettier-ignore
};

/** Routes, rotas, contacts and messages. One instance holds one state. */
export function fakeNotify(now: number): FakePart {
  let messages = messagesOf(now);
  let routes = ROUTES;
  let rota = rotaOf(now);
  const contacts = new Map<string, ContactsShape>([
    ['li', { username: 'li', language: 'zh', contacts: [{ channel: 'email', address: 'li@example.cn', from: 'blue' }, { channel: 'wecom', address: '值班群', from: 'orange' }], quiet: [{ fromMinute: 1_320, toMinute: 1_860, upTo: 'yellow' }], unconfigured: ['wecom'], version: 1 }],
  ]); // prettier-ignore
  const outbox = ({ query }: Asked): Reply =>
    ok({
      items: messages.filter(({ state }) => query.get('state') === null || query.get('state') === state),
      nextCursor: null,
      counts: countsOf(messages),
      changesWaiting: 3,
      gaps: [{ at: iso(now - 20 * MINUTE_MS), alarmId: RED, reason: 'nobody', recipientId: null }],
    });
  const requeue = (id: string): Reply => {
    const found = messages.find(each => each.id === id);
    if (found === undefined) return absent();
    if (found.state !== 'dead') return problem(409, 'NTF-004', 'only what was given up', 'Look again.');
    const next = { ...found, state: 'queued' as const, reason: null };
    messages = messages.map(each => (each.id === id ? next : each));
    return ok(next);
  };
  const test = ({ body }: Asked): Reply => {
    const { channel, username } = body as { channel: string; username: string };
    if (!contacts.get(username)?.contacts.some(each => each.channel === channel)) return absent();
    if (channel === 'wecom')
      return problem(409, 'NTF-005', 'this platform has no channel wecom', 'Configure it.');
    return ok({ sent: true, reason: null });
  };
  const putList = <T extends { version: number }>(before: T, { body, version }: Asked): T | null =>
    version === before.version ? { ...before, ...(body as object), version: version + 1 } : null;
  const person = (asked: Asked): Reply => {
    const username = asked.parts[2] ?? '';
    const before = contacts.get(username) ?? { username, language: 'zh', contacts: [], quiet: [], unconfigured: [], version: 0 };
    if (username !== 'li' && asked.role !== 'admin') return absent();
    if (asked.method === 'GET') return ok(before);
    if (asked.version !== before.version) return stale();
    const next = { ...before, ...(asked.body as object), version: before.version + 1 };
    contacts.set(username, next);
    return ok(next);
  }; // prettier-ignore
  return asked => {
    const [thing, part, id] = asked.parts;
    if (thing === 'users')
      return asked.role === 'admin' ? list(USERS) : problem(403, 'AUT-004', 'no', 'Ask.');
    if (thing !== 'notify') return null;
    switch (part) {
      case 'outbox':
        return asked.method === 'GET' ? outbox(asked) : requeue(id ?? '');
      case 'test':
        return test(asked);
      case 'contacts':
        return person(asked);
      case 'routes':
      case 'rota': {
        const isRoutes = part === 'routes';
        if (asked.method === 'GET') return ok(isRoutes ? routes : rota);
        const next = isRoutes ? putList(routes, asked) : putList(rota, asked);
        if (next === null) return stale();
        if (isRoutes) routes = next as RoutesShape;
        else rota = withGaps(next as RotaShape);
        return ok(isRoutes ? routes : rota);
      }
      default:
        return null;
    }
  };
}

/** What was sent has no gaps; the platform tells them. */
const withGaps = (rota: RotaShape): RotaShape => ({
  ...rota,
  items: rota.items.map(each => ({ ...each, gaps: each.gaps ?? [] })),
});
