import { invariant } from '@anmai/kernel';
import type { Channel } from '../channels/channel.port';
import type { DeliveryOptions } from './deliver';
import { Lane, type LaneLimits } from './lane';

/** Group robots of WeCom and DingTalk take 20 a minute: 5 at once and 15 a minute never pass that. */
export const ROBOT_LIMITS: LaneLimits = { concurrency: 1, burst: 5, perMinute: 15 };
export const LANE_LIMITS: LaneLimits = { concurrency: 4, burst: 60, perMinute: 300 };

export const LEASE_MS = 120_000;
export const SEND_TIMEOUT_MS = 45_000;
export const STOP_GRACE_MS = 5_000;

export interface ChannelSetting {
  readonly channel: Channel;
  readonly limits: LaneLimits;
}

/**
 * Brings what is in the outbox to the channels: a lane for each, so that one that hangs or fails holds up no other. Any number
 * of processes may run one on the same outbox.
 *
 * At least once: when a process dies between the channel's answer and the note in the outbox, the message goes out again when
 * its lease has run out, under the same id.
 */
export class Dispatcher {
  readonly #lanes: readonly Lane[];

  constructor(settings: readonly ChannelSetting[], options: DeliveryOptions) {
    invariant(options.sendTimeoutMs < options.leaseMs, 'a message may take longer than its lease lasts');
    const names = settings.map(setting => setting.channel.name);
    invariant(new Set(names).size === names.length, 'two channels of the same name');
    this.#lanes = settings.map(({ channel, limits }) => new Lane(channel, limits, options));
  }

  start(): void {
    for (const lane of this.#lanes) lane.start();
  }

  /** There is something new: look at once rather than within the second. */
  wake(): void {
    for (const lane of this.#lanes) lane.wake();
  }

  /** Ends cleanly; closes the channels. */
  async stop(graceMs: number = STOP_GRACE_MS): Promise<void> {
    await Promise.all(this.#lanes.map(lane => lane.stop(graceMs)));
  }
}
