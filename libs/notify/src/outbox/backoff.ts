import type { Millis } from '@anmai/kernel';

export interface BackoffLimits {
  /** Tries at most; after the last one an entry is dead. */
  readonly attemptsMax: number;
  readonly firstMs: number;
  readonly mostMs: number;
}

/** 5 s, 10 s … 15 min: about two hours in all, longer than most outages of a mail server. */
export const BACKOFF: BackoffLimits = { attemptsMax: 16, firstMs: 5_000, mostMs: 15 * 60_000 };

/**
 * When to try again after `attempts` tries (1 or more): twice as long each time, of which a random half, so that what failed
 * together does not come back together. `random` is in [0, 1). Never before what the other side asked for.
 */
export function retryAt(
  attempts: number,
  now: Millis,
  random: number,
  askedMs: number | null,
  limits: BackoffLimits = BACKOFF,
): Millis {
  const fullMs = Math.min(limits.mostMs, limits.firstMs * 2 ** Math.min(attempts - 1, 30));
  const waitMs = Math.round(fullMs / 2 + (fullMs / 2) * random);
  return now + Math.max(waitMs, askedMs ?? 0);
}
