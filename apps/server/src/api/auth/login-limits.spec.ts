import {
  ADDRESS_ATTEMPTS_MAX,
  ADDRESS_EARN_MS,
  AddressLimit,
  LOCK_POLICY,
  UnknownNameLocks,
} from './login-limits';

describe('AddressLimit', () => {
  const spent = (address: string): AddressLimit => {
    const limit = new AddressLimit();
    for (let i = 0; i < ADDRESS_ATTEMPTS_MAX; i += 1) expect(limit.take(address, 0)).toBe(0);
    return limit;
  };

  it('takes so many attempts at once, and no more', () => {
    expect(spent('10.0.0.1').take('10.0.0.1', 0)).toBe(ADDRESS_EARN_MS);
  });
  it('gives one back after each while, and never more than it started with', () => {
    const limit = spent('10.0.0.1');
    expect(limit.take('10.0.0.1', ADDRESS_EARN_MS)).toBe(0);
    expect(limit.take('10.0.0.1', ADDRESS_EARN_MS)).toBeGreaterThan(0);
    const later = 1_000 * ADDRESS_EARN_MS;
    for (let i = 0; i < ADDRESS_ATTEMPTS_MAX; i += 1) expect(limit.take('10.0.0.1', later)).toBe(0);
    expect(limit.take('10.0.0.1', later)).toBeGreaterThan(0);
  });
  it.each([
    ['another address', '10.0.0.1', '10.0.0.2', 0],
    ['the same household in IPv6', '2001:db8:1:2::1', '2001:db8:1:2:ffff::9', ADDRESS_EARN_MS],
    ['another household in IPv6', '2001:db8:1:2::1', '2001:db8:1:3::1', 0],
    ['the short form of the same network', '2001:db8::1', '2001:db8:0:0:5::1', ADDRESS_EARN_MS],
  ])('counts %s on its own or together', (_name, first, second, waitMs) => {
    expect(spent(first).take(second, 0)).toBe(waitMs);
  });
});

it('locks a name that does not exist as the records lock one that does', () => {
  const locks = new UnknownNameLocks();
  for (let i = 1; i < LOCK_POLICY.failuresMax; i += 1) expect(locks.noteFailure('x', 0)).toBeNull();
  expect(locks.noteFailure('x', 0)).toBe(LOCK_POLICY.lockMs);
  expect(locks.lockedUntil('x', LOCK_POLICY.lockMs - 1)).toBe(LOCK_POLICY.lockMs);
  expect(locks.lockedUntil('x', LOCK_POLICY.lockMs)).toBeNull();
  expect(locks.noteFailure('x', LOCK_POLICY.lockMs)).toBeNull();
});
