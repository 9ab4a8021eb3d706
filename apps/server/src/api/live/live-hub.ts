import type { OnModuleDestroy } from '@nestjs/common';
import { AppError, SECOND_MS, type Clock } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import type { HealthShape } from '@anmai/wire';
import type { Logger } from 'pino';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Principals } from '../auth/principals';
import { API_ERRORS } from '../errors';
import { roleAllows } from '../permissions';
import type { LiveEvent, LiveFeed, LiveState } from '../ports';
import { frame, LiveClient, type LiveSink } from './live-client';

export interface LiveLimits {
  readonly clientsMax: number;
  readonly bufferEventsMax: number;
  readonly stallMsMax: number;
  readonly beatMs: number;
  readonly healthMs: number;
}
export const LIVE_LIMITS: LiveLimits = {
  clientsMax: 500,
  bufferEventsMax: 1_000,
  stallMsMax: 15 * SECOND_MS,
  beatMs: 5 * SECOND_MS,
  healthMs: 2 * SECOND_MS,
};

export interface LiveHubDeps {
  readonly feed: LiveFeed;
  readonly state: Pick<LiveState, 'orgPath'>;
  readonly status: () => HealthShape;
  readonly principals: Pick<Principals, 'current'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
}

interface Open {
  readonly client: LiveClient;
  readonly sink: LiveSink;
  readonly who: Principal;
}

/** All live streams of this process, with one heartbeat for all. */
export class LiveHub implements OnModuleDestroy {
  private readonly open = new Set<Open>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly cut: Counter<'why'>;

  constructor(
    private readonly deps: LiveHubDeps,
    private readonly limits: LiveLimits = LIVE_LIMITS,
  ) {
    const registers = [deps.metrics];
    this.cut = new Counter({
      name: 'anmai_live_streams_cut',
      help: 'Live streams ended by the platform.',
      labelNames: ['why'],
      registers,
    });
    const open = this.open;
    new Gauge({
      name: 'anmai_live_streams',
      help: 'Live streams that are open.',
      registers,
      collect() {
        this.set(open.size);
      },
    });
    this.timers.push(setInterval(() => void this.beat(), limits.beatMs).unref());
    this.timers.push(setInterval(() => this.health(), limits.healthMs).unref());
  }

  /** Throws API-007 when no more streams are taken: before any header has left. */
  requireRoom(): void {
    if (this.open.size < this.limits.clientsMax) return;
    throw new AppError(API_ERRORS.tooManyStreams, { max: this.limits.clientsMax });
  }

  /** Opens a stream; gives the way to close it. */
  join(
    who: Principal,
    sensorIds: ReadonlySet<string>,
    lastEventId: string | null,
    sink: LiveSink,
  ): () => void {
    sink.write('retry: 1000\n\n');
    sink.write(frame('health', null, this.deps.status()));
    const client = new LiveClient(
      {
        feed: this.deps.feed,
        wants: { sensorIds },
        maySee: event => this.maySee(who, event),
        sink,
        clock: this.deps.clock,
        bufferEventsMax: this.limits.bufferEventsMax,
        stallMsMax: this.limits.stallMsMax,
        onCut: why => this.left(joined, 'slow', why),
      },
      lastEventId,
    );
    const joined: Open = { client, sink, who };
    this.open.add(joined);
    return () => {
      client.close();
      this.open.delete(joined);
    };
  }

  onModuleDestroy(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const { client, sink } of this.open) {
      client.close();
      sink.destroy();
    }
    this.open.clear();
  }

  private maySee(who: Principal, event: LiveEvent): boolean {
    // Readings were asked for by id, and each id was checked when the stream was opened.
    if (event.name === 'reading' || who.within === null) return true;
    const { within } = who;
    const orgIds = event.name === 'incident' ? event.orgIds : event.orgId === null ? [] : [event.orgId];
    return orgIds.some(id => this.deps.state.orgPath(id).includes(within));
  }

  private async beat(): Promise<void> {
    for (const open of [...this.open]) {
      open.client.aside(': beat\n\n');
      open.client.checkStall();
    }
    // A stream outlives its token on purpose (a new banner every 15 min would teach operators to ignore it), so the
    // account is looked at again instead.
    for (const open of [...this.open]) await this.recheck(open);
  }

  private async recheck(open: Open): Promise<void> {
    const now = await this.deps.principals.current(open.who).catch(() => open.who);
    const isSame = now !== null && roleAllows(now.role, 'live.read') && now.within === open.who.within;
    if (isSame) return;
    open.client.close();
    open.sink.destroy();
    this.left(open, 'barred', 'the account was barred or changed its organisation');
  }

  private health(): void {
    if (this.open.size === 0) return;
    const text = frame('health', null, this.deps.status());
    for (const { client } of this.open) client.aside(text);
  }

  private left(open: Open, why: string, detail: string): void {
    this.open.delete(open);
    this.cut.inc({ why });
    this.deps.log.warn({ user: open.who.username, why, detail }, 'live stream cut');
  }
}
