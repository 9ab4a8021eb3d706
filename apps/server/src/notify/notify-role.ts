import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DAY_MS } from '@anmai/kernel';
import {
  Dispatcher,
  SEND_TIMEOUT_MS,
  SYSTEM_TIMERS,
  type Channel,
  type ChannelSetting,
  type DispatchEvent,
  type TextStyle,
} from '@anmai/notify';
import type { Records } from '@anmai/postgres';
import type { Core } from '../core/core';
import { RetryLoop } from '../core/retry-loop';
import { utcOffsetMs } from '../core/utc-offset';
import { within } from '../core/within';
import { channelSettings } from './channels';
import { NoticeClerk } from './notice-clerk';
import { NotifyMetrics } from './notify-metrics';

/** Looks for changes so often when nobody says that there are some: another process may have written them. */
const POLL_MS = 1_000;
/** On its way at a stop: lets it arrive for so long, then breaks it off; the outbox has it still. */
const STOP_GRACE_MS = 3_000;
const STOP_MS_MAX = 5_000;
const SEND_SHARE = 0.75;
/** Sent messages and gaps are kept so long. What was told of an alarm that is open stays longer. */
const KEEP_MS = 90 * DAY_MS;
const TRIM_AT_ONCE = 10_000;

/** Tells people: from changes in the records to messages, and from messages to the channels. */
export class NotifyRole implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly style: TextStyle;
  private readonly dispatcher: Dispatcher;
  private readonly loop: RetryLoop;
  private readonly metrics: NotifyMetrics;
  private unsubscribe = (): void => undefined;

  constructor(
    private readonly core: Core,
    private readonly records: Records,
  ) {
    const { config, clock, log } = core;
    const settings = channelSettings(config.notify);
    this.channels = new Map(settings.map(({ channel }) => [channel.name, channel]));
    this.metrics = new NotifyMetrics(core.metrics, records, new Set(this.channels.keys()));
    const offsetMs = utcOffsetMs(config.ANMAI_TIMEZONE, clock.now());
    this.style = { utcOffsetMs: offsetMs, linkBase: config.notify.linkBase };
    this.dispatcher = this.dispatcherOf(settings);
    const clerk = new NoticeClerk({
      records,
      clock,
      utcOffsetMs: offsetMs,
      added: () => this.dispatcher.wake(),
      gaps: gaps => this.metrics.noteGaps(gaps),
      untellable: (told, error) => {
        this.metrics.noteUntellable();
        const about = told === null ? null : 'change' in told ? told.change.id : told.row.id;
        log.error({ err: error, changeId: about }, 'a message could not be made');
      },
    });
    // What the clerk does not pass over is that the records are away.
    const failed = (error: unknown): void => core.parts.records.failed(error);
    this.loop = new RetryLoop({ turn: () => clerk.turn(), failed, lingerMs: 0, retryMostMs: 2_000 });
  }

  onApplicationBootstrap(): void {
    this.dispatcher.start();
    this.loop.start();
    // Whoever shows an alarm or incident has just written it.
    this.unsubscribe = this.core.live.subscribe({ sensorIds: new Set() }, event => {
      if (event.name === 'alarm' || event.name === 'incident') this.loop.wake();
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.unsubscribe();
    await within(STOP_MS_MAX, Promise.all([this.loop.stop(), this.dispatcher.stop(STOP_GRACE_MS)]));
  }

  /** A message became due by hand. */
  wake(): void {
    this.dispatcher.wake();
  }

  @Interval(POLL_MS)
  look(): void {
    if (this.core.parts.records.up) this.loop.wake();
  }

  @Interval(3_600_000)
  async trim(): Promise<void> {
    if (!this.core.parts.records.up) return;
    const before = this.core.clock.now() - KEEP_MS;
    try {
      await this.records.notifications.trim(before, TRIM_AT_ONCE);
      await this.records.noticeFeed.sweepGaps(before);
    } catch (error) {
      this.core.parts.records.failed(error);
    }
  }

  private dispatcherOf(settings: readonly ChannelSetting[]): Dispatcher {
    const { clock, config } = this.core;
    return new Dispatcher(settings, {
      outbox: this.records.notifications,
      clock,
      random: Math.random,
      timers: SYSTEM_TIMERS,
      style: this.style,
      leaseMs: config.notify.leaseMs,
      // Whoever is slow must not lose the lease: the message would go out twice.
      sendTimeoutMs: Math.min(SEND_TIMEOUT_MS, config.notify.leaseMs * SEND_SHARE),
      backoff: config.notify.backoff,
      onEvent: event => this.note(event),
    });
  }

  private note(event: DispatchEvent): void {
    this.metrics.noteEvent(event);
    const { log } = this.core;
    switch (event.kind) {
      case 'sent':
        return log.info(event, 'message sent');
      case 'failed':
        return log.warn(event, 'message not sent yet');
      case 'dead':
        return log.error(event, 'message given up');
      case 'lease-lost':
      case 'unsettled':
        return log.warn(event, 'message may go out twice');
      case 'outbox-unreachable':
        return log.debug(event, 'no messages while the records are away');
    }
  }
}
