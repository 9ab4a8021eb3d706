import { MINUTE_MS } from '@anmai/kernel';
import type { NewUser, Records } from './records';
import { SYSTEM, by, makeOrgs } from './testing/samples';
import { startTestServer, TEST_NOW, type TestServer } from './testing/test-server';

let server: TestServer;
let records: Records;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ records } = await server.freshRecords());
  await makeOrgs(records);
  await records.users.create(user('li'), SYSTEM);
});
afterEach(() => records.close());

const user = (username: string, orgId = 'gas-co'): NewUser => ({
  username, displayName: `用户 ${username}`, role: 'operator', orgId, passwordHash: '$argon2id$x',
}); // prettier-ignore
const POLICY = { failuresMax: 3, lockMs: 15 * MINUTE_MS };

describe('users', () => {
  it('gives back what was created, to those who may see it', async () => {
    expect(await records.users.get('li', 'city')).toEqual({
      ...user('li'), disabled: false, failedLogins: 0, lockedUntil: null, createdAt: TEST_NOW, version: 1,
    }); // prettier-ignore
    expect(await records.users.get('li', 'water-co')).toBeNull();
    expect((await records.users.list({ limit: 9, q: '用户' }, 'gas-co')).items).toHaveLength(1);
    expect(await records.users.count()).toBe(1);
  });

  it.each([
    ['a name that is taken', () => records.users.create(user('li'), SYSTEM), 'PGR-005'],
    [
      'an organisation out of sight',
      () => records.users.create(user('wu', 'water-co'), by('a', 'gas-co')),
      'PGR-007',
    ],
    [
      'an edit out of sight',
      () => records.users.update('li', { role: 'admin' }, null, by('a', 'water-co')),
      'PGR-004',
    ],
    ['an edit of another version', () => records.users.update('li', { role: 'admin' }, 2, SYSTEM), 'PGR-006'],
    ['a password out of sight', () => records.users.setPassword('li', 'x', by('a', 'water-co')), 'PGR-004'],
  ])('refuses %s', async (_name, work, code) => {
    await expect(work()).rejects.toMatchObject({ code });
    expect(await records.users.get('li', null)).toMatchObject({ ...user('li'), version: 1 });
  });

  it('locks at the limit, not one before, and counts nothing while locked', async () => {
    const fail = (ms: number) => records.users.noteLoginFailure('li', TEST_NOW + ms, POLICY);
    expect([await fail(0), await fail(1)]).toEqual([null, null]);
    await records.users.noteLogin('li', TEST_NOW + 2);
    expect([await fail(3), await fail(4)]).toEqual([null, null]);
    const until = TEST_NOW + 5 + POLICY.lockMs;
    expect([await fail(5), await fail(6), await fail(POLICY.lockMs + 4)]).toEqual([until, until, until]);
    expect(await fail(POLICY.lockMs + 5)).toBeNull();
    expect(await records.users.get('li', null)).toMatchObject({ failedLogins: 1, lockedUntil: null });
    expect(await records.users.noteLoginFailure('nobody', TEST_NOW, POLICY)).toBeNull();
  });

  it('counts every one of many at once', async () => {
    const all = Array.from({ length: 3 }, () => records.users.noteLoginFailure('li', TEST_NOW, POLICY));
    expect((await Promise.all(all)).filter(until => until !== null)).toHaveLength(1);
  });
});

describe('refresh tokens', () => {
  const later = TEST_NOW + 60 * MINUTE_MS;
  const rotate = (from: string, to: string, now = TEST_NOW) =>
    records.refreshTokens.rotate(from, to, later, now);
  beforeEach(() => records.refreshTokens.issue({ hash: 't1', username: 'li', expiresAt: later }));

  it('are exchanged once; a second use ends the whole family', async () => {
    expect(await rotate('t1', 't2')).toEqual({ outcome: 'rotated', username: 'li' });
    expect(await rotate('t2', 't3')).toEqual({ outcome: 'rotated', username: 'li' });
    expect(await rotate('t1', 'x')).toEqual({ outcome: 'reused' });
    expect(await rotate('t3', 'y')).toEqual({ outcome: 'revoked' });
    const trail = await records.audit.list({ limit: 1, subject: 'user/li' });
    expect(trail.items[0]?.action).toBe('session.reused');
  });

  it('rotate for one of two at once', async () => {
    const outcomes = await Promise.all([rotate('t1', 'a'), rotate('t1', 'b')]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['reused', 'rotated']);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['log-out', () => records.refreshTokens.revoke('t1', TEST_NOW), 'revoked'],
    ['log-out everywhere', () => records.refreshTokens.revokeAll('li', TEST_NOW), 'revoked'],
    ['a new password', () => records.users.setPassword('li', 'x', SYSTEM), 'revoked'],
    ['another role', () => records.users.update('li', { role: 'viewer' }, null, SYSTEM), 'revoked'],
    ['being disabled', () => records.users.update('li', { disabled: true }, null, SYSTEM), 'revoked'],
    [
      'another display name not',
      () => records.users.update('li', { displayName: 'x' }, null, SYSTEM),
      'rotated',
    ],
    ['the sweep after its end', () => records.refreshTokens.sweep(later + 1), 'unknown'],
    ['the sweep before its end not', () => records.refreshTokens.sweep(later), 'rotated'],
  ])('end with %s', async (_name, work, outcome) => {
    await work();
    expect(await rotate('t1', 't2')).toMatchObject({ outcome });
  });

  it('expire at their instant', async () => {
    expect(await rotate('t1', 't2', later)).toEqual({ outcome: 'expired' });
    expect(await rotate('t1', 't2', later - 1)).toMatchObject({ outcome: 'rotated' });
    expect(await rotate('never', 't2')).toEqual({ outcome: 'unknown' });
  });
});
