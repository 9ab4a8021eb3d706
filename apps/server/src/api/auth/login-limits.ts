import { isIPv6 } from 'node:net';
import { MINUTE_MS, SECOND_MS, type Millis } from '@anmai/kernel';
import type { LockPolicy } from '@anmai/postgres';
import { BoundedMap } from '../bounded-map';

export const LOCK_POLICY: LockPolicy = { failuresMax: 5, lockMs: 15 * MINUTE_MS };

/** Attempts that one address may make at once, and how long it takes to earn one back. */
export const ADDRESS_ATTEMPTS_MAX = 30;
export const ADDRESS_EARN_MS = 2 * SECOND_MS;
const ADDRESSES_MAX = 10_000;
const NAMES_MAX = 10_000;

/** A token bucket for each address. A control room behind one address has room; a guesser does not. */
export class AddressLimit {
  private readonly buckets = new BoundedMap<string, { left: number; at: Millis }>(ADDRESSES_MAX);

  /** Takes one attempt; gives the milliseconds to wait when there is none left, else 0. */
  take(address: string, now: Millis): number {
    const key = network(address);
    const bucket = this.buckets.get(key) ?? { left: ADDRESS_ATTEMPTS_MAX, at: now };
    const earned = Math.max(0, now - bucket.at) / ADDRESS_EARN_MS;
    const left = Math.min(ADDRESS_ATTEMPTS_MAX, bucket.left + earned);
    this.buckets.set(key, { left: left < 1 ? left : left - 1, at: now });
    return left < 1 ? Math.ceil((1 - left) * ADDRESS_EARN_MS) : 0;
  }
}

/** One household has a whole /64 of IPv6 addresses. */
function network(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(group => group !== '');
  if (tail !== undefined) while (groups.length < 4) groups.push('0');
  return groups.slice(0, 4).join(':');
}

/**
 * Locks names that do not exist just as the records lock those that do, or the lock itself would tell which ones
 * exist. In memory: a restart forgets it, and with it only what a stranger made up.
 */
export class UnknownNameLocks {
  private readonly names = new BoundedMap<string, { failures: number; lockedUntil: Millis }>(NAMES_MAX);

  lockedUntil(username: string, now: Millis): Millis | null {
    const lockedUntil = this.names.get(username)?.lockedUntil ?? 0;
    return lockedUntil > now ? lockedUntil : null;
  }

  noteFailure(username: string, now: Millis): Millis | null {
    const failures = (this.names.get(username)?.failures ?? 0) + 1;
    const locks = failures >= LOCK_POLICY.failuresMax;
    const lockedUntil = locks ? now + LOCK_POLICY.lockMs : 0;
    this.names.set(username, { failures: locks ? 0 : failures, lockedUntil });
    return locks ? lockedUntil : null;
  }
}
