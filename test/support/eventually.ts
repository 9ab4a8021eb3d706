import { setTimeout as wait } from 'node:timers/promises';

/** Asks again until `probe` gives something, for at most `ms`. The last error is the failure. */
export async function eventually<T>(
  probe: () => Promise<T | null | undefined | false>,
  ms = 15_000,
): Promise<T> {
  const until = performance.now() + ms;
  let last: unknown = 'it never came true';
  while (performance.now() < until) {
    try {
      const found = await probe();
      if (found !== null && found !== undefined && found !== false) return found;
    } catch (error) {
      last = error;
    }
    await wait(25);
  }
  throw last instanceof Error ? last : new Error(`${String(last)} within ${ms} ms: ${probe.toString()}`);
}
