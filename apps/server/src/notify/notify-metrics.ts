import type { DispatchEvent, PlanGap } from '@anmai/notify';
import type { Records } from '@anmai/postgres';
import { Counter, Gauge, type Registry } from 'prom-client';

/** What an operator of the platform watches about messages. */
export class NotifyMetrics {
  private readonly messages: Counter<'channel' | 'result'>;
  private readonly gapCount: Counter<'reason'>;
  private readonly bugs: Counter;

  constructor(
    registry: Registry,
    records: Pick<Records, 'notifications' | 'noticeFeed'>,
    channels: ReadonlySet<string>,
  ) {
    const registers = [registry];
    this.messages = new Counter({
      name: 'anmai_notify_messages_total',
      help: 'Tries of messages since the start, by what became of them.',
      labelNames: ['channel', 'result'],
      registers,
    });
    this.gapCount = new Counter({
      name: 'anmai_notify_gaps_total',
      help: 'Changes that should have been told to somebody and were not.',
      labelNames: ['reason'],
      registers,
    });
    this.bugs = new Counter({
      name: 'anmai_notify_untellable_total',
      help: 'Changes that could not be turned into messages: a bug.',
      registers,
    });
    watchOutbox(registry, records, channels);
  }

  noteEvent(event: DispatchEvent): void {
    this.messages.inc({ channel: event.channel, result: event.kind });
  }

  noteGaps(gaps: readonly PlanGap[]): void {
    for (const { reason } of gaps) this.gapCount.inc({ reason });
  }

  noteUntellable(): void {
    this.bugs.inc();
  }
}

/** Read from the records when they are asked for; while these are away there are no figures rather than old ones. */
function watchOutbox(
  registry: Registry,
  { notifications, noticeFeed }: Pick<Records, 'notifications' | 'noticeFeed'>,
  channels: ReadonlySet<string>,
): void {
  new Gauge({
    name: 'anmai_notify_entries',
    help: 'Messages in the outbox. configured 0: this platform has no such channel, and they wait.',
    labelNames: ['channel', 'state', 'configured'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { channel, state, count } of await notifications.counts().catch(() => []))
        this.set({ channel, state, configured: channels.has(channel) ? '1' : '0' }, count);
    },
  });
  new Gauge({
    name: 'anmai_notify_changes_waiting',
    help: 'Changes of alarms that were not turned into messages yet.',
    registers: [registry],
    async collect() {
      this.reset();
      const count = await noticeFeed.waiting().catch(() => null);
      if (count !== null) this.set(count);
    },
  });
}
