import { MINUTE_MS } from '@anmai/kernel';
import { BoundedMap } from './bounded-map';

interface Failures {
  sinceMs: number;
  count: number;
}

export interface LoginThrottleLimits {
  readonly loginFailuresPerAddress: number;
  readonly loginFailuresPerUsername: number;
  readonly loginMemoryMax: number;
}

/**
 * Slows guessing of passwords. Failures count per address, and per user name at an address, in windows of a
 * minute. A user name that has logged in from an address before is not shut out by its neighbours' failures:
 * thousands of devices can share the one address of a mobile carrier, and one broken device must not silence
 * them all.
 */
export class LoginThrottle {
  readonly #byAddress: BoundedMap<string, Failures>;
  readonly #byLogin: BoundedMap<string, Failures>;
  readonly #known: BoundedMap<string, true>;

  constructor(private readonly limits: LoginThrottleLimits) {
    this.#byAddress = new BoundedMap(limits.loginMemoryMax);
    this.#byLogin = new BoundedMap(limits.loginMemoryMax);
    this.#known = new BoundedMap(limits.loginMemoryMax);
  }

  /** May these credentials be looked at now? */
  allows(address: string, username: string, nowMs: number): boolean {
    const login = loginKey(address, username);
    if (count(this.#byLogin, login, nowMs) >= this.limits.loginFailuresPerUsername) return false;
    if (count(this.#byAddress, address, nowMs) < this.limits.loginFailuresPerAddress) return true;
    return this.#known.get(login) === true;
  }

  failed(address: string, username: string, nowMs: number): void {
    add(this.#byAddress, address, nowMs);
    add(this.#byLogin, loginKey(address, username), nowMs);
  }

  succeeded(address: string, username: string): void {
    this.#known.set(loginKey(address, username), true);
  }
}

const loginKey = (address: string, username: string): string => `${address} ${username}`;

function count(map: BoundedMap<string, Failures>, key: string, nowMs: number): number {
  const failures = map.get(key);
  return failures === undefined || nowMs - failures.sinceMs >= MINUTE_MS ? 0 : failures.count;
}

function add(map: BoundedMap<string, Failures>, key: string, nowMs: number): void {
  const failures = map.get(key);
  if (failures !== undefined && nowMs - failures.sinceMs < MINUTE_MS) failures.count += 1;
  else map.set(key, { sinceMs: nowMs, count: 1 });
}
