import type { Clock } from '@anmai/kernel';
import { FaultInjector, type FaultCounts, type FaultOptions } from '../faults';
import type { Login } from './device-link';
import { Fleet, type FleetStats } from './fleet';
import { Logins } from './logins';
import { SYSTEM_CLOCK } from './player';
import { PlatformClient } from './platform-client';

/** What every run of a simulator needs. */
export interface RunOptions {
  /** The platform's HTTP address; null: none is used, then `deviceLogin` or `gateway` has to be given. */
  readonly http: string | null;
  readonly mqtt: string;
  readonly username: string;
  readonly password: string;
  /** All devices over one connection with this log-in. */
  readonly gateway?: Login | null;
  /** One log-in that every device uses, instead of fetching one for each. */
  readonly deviceLogin?: Login | null;
  /** Where fetched log-ins are kept between runs; null: nowhere. */
  readonly credentialsFile?: string | null;
  readonly faults?: FaultOptions | null;
  readonly connectsMax?: number;
  readonly inflightMax?: number;
  /** Ends the run: the devices say goodbye, then the promise resolves with the summary. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly clock?: Clock;
}

export interface RunSummary extends FleetStats {
  readonly faults: FaultCounts | null;
  readonly seconds: number;
}

/** The outside things of one run, opened together and closed together. */
export class Run {
  readonly clock: Clock;
  readonly fleet: Fleet;
  readonly faults: FaultInjector | null;
  readonly platform: PlatformClient | null;
  private readonly logins: Logins;
  private readonly startedAt: number;

  constructor(readonly options: RunOptions) {
    const {
      http,
      mqtt,
      username,
      password,
      gateway = null,
      deviceLogin = null,
      faults = null,
      signal,
    } = options;
    this.clock = options.clock ?? SYSTEM_CLOCK;
    this.startedAt = this.clock.now();
    this.faults = faults === null ? null : new FaultInjector(faults);
    this.platform = http === null ? null : new PlatformClient({ url: http, username, password, signal });
    this.logins = new Logins(options.credentialsFile ?? null);
    this.fleet = new Fleet({
      url: mqtt,
      gateway,
      loginOf: deviceId => deviceLogin ?? this.logins.of(deviceId),
      log: options.log,
      ...(options.connectsMax === undefined ? {} : { connectsMax: options.connectsMax }),
      ...(options.inflightMax === undefined ? {} : { inflightMax: options.inflightMax }),
    });
  }

  /** Log-ins for these devices, then their connections. */
  async connect(deviceIds: readonly string[]): Promise<void> {
    const { gateway = null, deviceLogin = null, log } = this.options;
    await this.logins.load();
    if (gateway === null && deviceLogin === null && this.platform !== null) {
      const fetched = await this.logins.fetch(this.platform, deviceIds);
      if (fetched > 0) log(`${fetched} device log-ins fetched`);
    }
    await this.fleet.connect(deviceIds);
    log(`${this.fleet.stats.connections} connections to ${this.options.mqtt}`);
  }

  /** Waits for what is under way, unless the run was ended; then closes and counts. */
  async finish(): Promise<RunSummary> {
    const { signal } = this.options;
    const ended = new Promise<void>(resolve => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([this.fleet.drained(), ended]);
    const { stats } = this.fleet;
    await this.fleet.close();
    const seconds = (this.clock.now() - this.startedAt) / 1_000;
    return {
      ...this.fleet.stats,
      connections: stats.connections,
      faults: this.faults?.counts ?? null,
      seconds,
    };
  }
}

/** The summary as lines for people. */
export function summaryLines(summary: RunSummary): string[] {
  const { sent, acknowledged, failed, reconnects, connections, payloadBytes, seconds, faults } = summary;
  const rate = seconds > 0 ? Math.round(acknowledged / seconds) : 0;
  const lines = [
    `${sent} messages sent, ${acknowledged} acknowledged, ${failed} failed, ${sent - acknowledged - failed} open`,
    `${connections} connections, ${reconnects} reconnects, ${payloadBytes} payload bytes, ${seconds.toFixed(1)} s, ${rate} messages/s`,
  ];
  if (faults === null) return lines;
  const counts = Object.entries(faults).map(([kind, count]) => `${kind} ${count}`);
  return [...lines, `faults injected: ${counts.join(', ')}`];
}
