import { MINUTE_MS } from '@anmai/kernel';
import { BoundedMap, OncePer } from './bounded-map';
import { LoginThrottle } from './login-throttle';

const LIMITS = { loginFailuresPerAddress: 4, loginFailuresPerUsername: 2, loginMemoryMax: 100 };

/**
 * Runs 'a/u ok, a/u no' (address/user name, does the password fit) at one instant; '-' where nobody looked.
 */
function run(throttle: LoginThrottle, attempts: string, nowMs = 0): string {
  return attempts
    .split(', ')
    .map(attempt => {
      const [address = '', username = '', outcome] = attempt.split(/[/ ]/);
      if (!throttle.allows(address, username, nowMs)) return '-';
      if (outcome === 'ok') throttle.succeeded(address, username);
      else throttle.failed(address, username, nowMs);
      return outcome;
    })
    .join(' ');
}

it.each([
  ['two failures of a user name', 'a/u no, a/u no, a/u ok', 'no no -'],
  ['the same user name elsewhere is free', 'a/u no, a/u no, b/u ok', 'no no ok'],
  ['four failures of an address', 'a/u no, a/v no, a/w no, a/x no, a/y ok, b/y ok', 'no no no no - ok'],
  [
    'who logged in before is not shut out',
    'a/y ok, a/u no, a/v no, a/w no, a/x no, a/y ok',
    'ok no no no no ok',
  ],
  ['success does not count as failure', 'a/u ok, a/u ok, a/u ok, a/u ok, a/u ok', 'ok ok ok ok ok'],
])('%s', (_name, attempts, expected) => expect(run(new LoginThrottle(LIMITS), attempts)).toBe(expected));

it('forgives after a minute', () => {
  const throttle = new LoginThrottle(LIMITS);
  run(throttle, 'a/u no, a/u no');
  expect(run(throttle, 'a/u ok', MINUTE_MS - 1)).toBe('-');
  expect(run(throttle, 'a/u ok', MINUTE_MS)).toBe('ok');
});

it('a bounded map forgets what was set longest ago', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 3);
  map.set('c', 4);
  expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([3, undefined, 4, 2]);
});

it('says a thing once in a period', () => {
  const once = new OncePer(10, 100);
  expect([0, 9, 10, 11].map(at => once.first('a', at))).toEqual([true, false, true, false]);
  expect(once.first('b', 11)).toBe(true);
});
