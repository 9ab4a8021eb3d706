import { Interval } from '@nestjs/schedule';
import type { HealthShape, PartState } from '@anmai/wire';
import type { Readiness } from '../api';
import type { ArchiverRole } from '../archiver/archiver-role';
import type { GatewayRole } from '../gateway/gateway-role';
import type { MonitorRole } from '../monitor/monitor-role';
import type { Core } from './core';
import { ARCHIVER } from '../archiver/archiver';
import { GATEWAY } from '../gateway/registry-keeper';
import { MONITOR } from '../monitor/monitor-runner';
import { MessageRate } from './message-rate';
import { othersLagMs } from './others-lag';

/** Beyond this lag the picture is not of now, and the page says so. */
const LAG_MS_MAX = 5_000;

export interface Roles {
  readonly gateway: GatewayRole | null;
  readonly archiver: ArchiverRole | null;
  /** Always there: without the role it follows the journal for the picture alone. */
  readonly monitor: MonitorRole;
}

/** Can the picture be trusted? For the health strip, the probes and the metrics. */
export class Status {
  private readonly rate = new MessageRate();
  private readonly startedMs = performance.now();

  constructor(
    private readonly core: Core,
    private readonly roles: Roles,
  ) {}

  /** Kept fresh by the clockwork, so that whoever asks first already gets a rate. */
  @Interval(1_000)
  sample(): number {
    const { gateway, monitor } = this.roles;
    return this.rate.at(this.core.clock.now(), gateway?.intake.counts.messages ?? monitor.messages);
  }

  health(): HealthShape {
    const { clock, parts } = this.core;
    const { gateway, archiver, monitor } = this.roles;
    const now = clock.now();
    return {
      at: new Date(now).toISOString(),
      messagesPerSecond: this.sample(),
      monitorLagMs: monitor.runner.lagMs(),
      archiverLagMs: archiver?.archiver.lagMs() ?? this.othersLagMs(ARCHIVER),
      parts: {
        broker: gateway === null ? this.othersState(GATEWAY) : parts.broker.state,
        journal: parts.journal.state,
        readings: this.usesStore ? parts.readings.state : this.othersState(ARCHIVER),
        records: parts.records.state,
        monitor: this.monitorState(),
      },
      ...monitor.picture.totals(),
      quarantined: gateway?.desk.total ?? 0,
      flood: this.flood(),
    };
  }

  private flood(): HealthShape['flood'] {
    const { since, count } = this.roles.monitor.runner.incidents.flood;
    return since === null ? null : { since: new Date(since).toISOString(), count };
  }

  /** Ready when every part that this process itself needs works; what others run is named all the same. */
  readiness(): Readiness {
    const { parts } = this.health();
    const { gateway, monitor } = this.roles;
    const own = [
      parts.journal,
      parts.records,
      ...(gateway === null ? [] : [parts.broker]),
      ...(this.usesStore ? [parts.readings] : []),
      ...(monitor.inCharge ? [parts.monitor] : []),
    ];
    return { ready: own.every(state => state !== 'down'), parts };
  }

  private monitorState(): PartState {
    const { monitor } = this.roles;
    if (!monitor.healthy) return 'down';
    if (!monitor.inCharge && this.othersState(MONITOR) !== 'up') return this.othersState(MONITOR);
    return monitor.runner.lagMs() > LAG_MS_MAX ? 'catching-up' : 'up';
  }

  /** Only the archiver and the page talk to the store. */
  private get usesStore(): boolean {
    return this.roles.archiver !== null || this.core.config.ANMAI_ROLES.has('api');
  }

  private othersLagMs(reader: string): number {
    return othersLagMs(this.core.journal, reader, this.core.clock.now());
  }

  /**
   * What can be known of a role in another process: it notes its place in the journal every so often, and time in the
   * journal goes on by its ticks. One that stopped noting is dead, and that must not look like "all well".
   */
  private othersState(reader: string): PartState {
    const noteMs = this.core.config.ANMAI_SNAPSHOT_SECONDS * 1_000;
    const patienceMs = 2 * noteMs + LAG_MS_MAX;
    if (this.othersLagMs(reader) <= patienceMs) return 'up';
    // Right after the start of all processes the others had no time to note anything yet.
    return performance.now() - this.startedMs > patienceMs ? 'down' : 'catching-up';
  }
}
