import type { Channel } from '../channels/channel.port';
import type { Parcel } from '../outbox/notification-outbox.port';
import { deliver, type DeliveryOptions } from './deliver';
import { codeOf } from './events';
import { Pace, type PaceLimits } from './pace';

export interface LaneLimits extends PaceLimits {
  /** Messages on their way at the same time. */
  readonly concurrency: number;
}

/** Looks for work so often without being woken: other processes add too, and retries come due. */
const POLL_MS = 1_000;
const POLL_FAILING_MS = 5_000;

/** The work of one channel. Whatever happens to it, other channels do not notice. */
export class Lane {
  readonly #pace: Pace;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #abort = new AbortController();
  #cancelTimer = (): void => undefined;
  #claiming: Promise<void> | null = null;
  #isWoken = false;
  #isStopped = true;

  constructor(
    private readonly channel: Channel,
    private readonly limits: LaneLimits,
    private readonly options: DeliveryOptions,
  ) {
    this.#pace = new Pace(limits, options.clock.now());
  }

  start(): void {
    this.#isStopped = false;
    this.wake();
  }

  /** There may be work. */
  wake(): void {
    if (this.#isStopped) return;
    this.#isWoken = true;
    if (this.#claiming !== null) return;
    this.#cancelTimer();
    this.#claiming = this.#claimAll().then(pauseMs => {
      this.#claiming = null;
      if (this.#isStopped) return;
      this.#cancelTimer = this.options.timers.after(this.#isWoken ? 0 : pauseMs, () => this.wake());
    });
  }

  /** Takes nothing new, lets what is on its way arrive for `graceMs`, then breaks it off; the outbox has it still. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer();
    await this.#claiming;
    const cancel = this.options.timers.after(graceMs, () => this.#abort.abort());
    await Promise.all(this.#inFlight);
    cancel();
    await this.channel.close();
  }

  /** Claims while there is work and room; the pause until the next look. */
  async #claimAll(): Promise<number> {
    for (;;) {
      this.#isWoken = false;
      const { clock, outbox, leaseMs, onEvent } = this.options;
      const now = clock.now();
      const limit = Math.min(this.limits.concurrency - this.#inFlight.size, this.#pace.room(now));
      if (limit <= 0 || this.#isStopped) return POLL_MS;
      try {
        const parcels = await outbox.claim({ now, leaseMs, limit, channels: [this.channel.name] });
        this.#pace.take(parcels.length);
        for (const parcel of parcels) this.#send(parcel);
        if (parcels.length < limit) return POLL_MS;
      } catch (error) {
        onEvent({ kind: 'outbox-unreachable', channel: this.channel.name, code: codeOf(error) });
        return POLL_FAILING_MS;
      }
    }
  }

  #send(parcel: Parcel): void {
    const sending = deliver(parcel, this.channel, this.options, this.#abort.signal).finally(() => {
      this.#inFlight.delete(sending);
      // There is room again, and the end of an alarm may have waited for this message.
      this.wake();
    });
    this.#inFlight.add(sending);
  }
}
