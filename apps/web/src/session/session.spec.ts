import type { TokenReply } from '@anmai/wire';
import { RENEW_BEFORE_MS, Session, type Renew } from './session';

const reply = (name: string): TokenReply => ({
  accessToken: `a-${name}`,
  refreshToken: `r-${name}`,
  expiresIn: 900,
});

function bench(renew: Renew = async () => reply('2'), start: string | null = null) {
  let now = 0;
  let stored = start;
  const rest = { read: () => stored, write: (value: string | null) => void (stored = value) };
  const renews = vi.fn(renew);
  return {
    session: new Session(rest, renews, () => now),
    renews,
    pass: (ms: number) => void (now += ms),
    stored: () => stored,
  };
}

it('uses the token until shortly before its end, then renews once for all who wait', async () => {
  const { session, renews, pass } = bench();
  session.open(reply('1'));
  pass(900_000 - RENEW_BEFORE_MS - 1);
  expect(await session.token()).toBe('a-1');
  pass(1);
  expect(await Promise.all([session.token(), session.token()])).toEqual(['a-2', 'a-2']);
  expect(renews.mock.calls).toEqual([['r-1']]);
});

it('renews a token that the server refused, but not one that was renewed meanwhile', async () => {
  const { session, renews } = bench();
  session.open(reply('1'));
  expect(await session.token('a-1')).toBe('a-2');
  expect(await session.token('a-1')).toBe('a-2');
  expect(renews).toHaveBeenCalledTimes(1);
});

it('closes when the refresh token is refused', async () => {
  const { session, stored } = bench(async () => 'refused');
  session.open(reply('1'));
  expect(await session.token('a-1')).toBeNull();
  expect([session.isOpen(), session.wasRefused(), stored()]).toEqual([false, true, null]);
  session.close();
  expect(session.wasRefused()).toBe(false);
});

it('stays open while the server is out of reach', async () => {
  const { session } = bench(() => Promise.reject(new TypeError('no line')));
  session.open(reply('1'));
  await expect(session.token('a-1')).rejects.toThrow('no line');
  expect(session.isOpen()).toBe(true);
});

it('does not open again when the operator logged out during the renewal', async () => {
  let answer: (value: TokenReply) => void = () => undefined;
  const { session } = bench(() => new Promise(resolve => (answer = resolve)));
  session.open(reply('1'));
  const waiting = session.token('a-1');
  session.close();
  answer(reply('2'));
  expect(await waiting).toBeNull();
  expect(session.isOpen()).toBe(false);
});

it.each([
  ['nothing', null, false],
  ['rubbish', '{', false],
  ['half of it', '{"accessToken":"a"}', false],
  ['a whole log-in', '{"accessToken":"a","refreshToken":"r","endsAt":900000}', true],
])('starts from %s', (_name, stored, open) => {
  expect(bench(undefined, stored).session.isOpen()).toBe(open);
});
