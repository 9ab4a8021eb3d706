import type { UserRecord } from '@anmai/postgres';
import { FakeClock } from '@anmai/testing';
import { pino } from 'pino';
import { Login } from './login';
import { PasswordHasher } from './password-hasher';

const user = (over: Partial<UserRecord> = {}): UserRecord => ({
  username: 'otto',
  displayName: 'Otto',
  role: 'operator',
  orgId: 'city',
  passwordHash: 'right',
  disabled: false,
  failedLogins: 0,
  lockedUntil: null,
  createdAt: 0,
  version: 1,
  ...over,
});

/** Says how often passwords were really worked on, whoever they belonged to. */
class CountingHasher extends PasswordHasher {
  checks = 0;
  override async matches(hash: string, password: string): Promise<boolean> {
    this.checks += 1;
    return hash === password;
  }
  override async matchesNobody(): Promise<false> {
    this.checks += 1;
    return false;
  }
}

async function attempt(
  known: UserRecord | null,
  password: string,
): Promise<{ outcome: string; checks: number }> {
  const hasher = new CountingHasher();
  const users = {
    get: async () => known,
    noteLogin: async () => undefined,
    noteLoginFailure: async () => null,
  };
  const records = { users, audit: { append: async () => undefined } };
  const login = new Login(records as never, hasher, new FakeClock(1_000), pino({ enabled: false }));
  const outcome = await login.check('otto', password, '10.0.0.1').then(
    () => 'in',
    (error: { code: string }) => error.code,
  );
  return { outcome, checks: hasher.checks };
}

it.each<[string, UserRecord | null, string, string, number]>([
  ['the right password', user(), 'right', 'in', 1],
  ['a wrong one', user(), 'wrong', 'AUT-005', 1],
  ['an unknown user, at the same cost', null, 'right', 'AUT-005', 1],
  [
    'a barred account with the right password, at the same cost',
    user({ disabled: true }),
    'right',
    'AUT-005',
    1,
  ],
  ['a locked account, without looking at the password', user({ lockedUntil: 2_000 }), 'right', 'AUT-006', 0],
  ['an account whose lock just ended', user({ lockedUntil: 1_000 }), 'right', 'in', 1],
])('meets %s', async (_name, known, password, outcome, checks) => {
  expect(await attempt(known, password)).toEqual({ outcome, checks });
});
