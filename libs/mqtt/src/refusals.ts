import { MINUTE_MS } from '@anmai/kernel';
import { OncePer } from './bounded-map';
import type { Counters } from './counters';
import type { OnRefused, Refusal, RefusalReason } from './gateway.port';

type Facts = Partial<Omit<Refusal, 'reason' | 'detail'>>;

/**
 * Counts every refusal and reports it. Those of a log-in are reported once a minute per user name or address.
 */
export class Refusals {
  readonly #once: OncePer;

  constructor(
    private readonly counters: Counters,
    private readonly onRefused: OnRefused,
    memoryMax: number,
  ) {
    this.#once = new OncePer(MINUTE_MS, memoryMax);
  }

  /** Of a connection or log-in. Errors of the listener are the listener's: nobody waits for it here. */
  login(reason: RefusalReason, detail: string, facts: Facts, nowMs: number): void {
    this.counters.refused[reason] += 1;
    if (!this.#once.first(`${reason} ${facts.username ?? facts.address ?? ''}`, nowMs)) return;
    void this.#report(reason, detail, facts).catch(() => undefined);
  }

  /** Of a message. Rejects when the listener could not keep it. */
  message(reason: RefusalReason, detail: string, facts: Facts): Promise<void> {
    this.counters.refused[reason] += 1;
    return this.#report(reason, detail, facts);
  }

  async #report(reason: RefusalReason, detail: string, facts: Facts): Promise<void> {
    const { username = null, deviceId = null, address = null, topic = null, payload = null } = facts;
    await this.onRefused({ reason, username, deviceId, address, topic, payload, detail });
  }
}
