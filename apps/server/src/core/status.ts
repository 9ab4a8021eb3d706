import { Interval } from '@nestjs/schedule';
import type { HealthShape, PartState } from '@anmai/wire';
import type { Readiness } from '../api';
import type { ArchiverRole } from '../archiver/archiver-role';
import type { GatewayRole } from '../gateway/gateway-role';
import type { MonitorRole } from '../monitor/monitor-role';
import type { Core } from './core';
import { MessageRate } from './message-rate';

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
      archiverLagMs: archiver?.archiver.lagMs() ?? 0,
      parts: {
        broker: gateway === null ? 'up' : parts.broker.state,
        journal: parts.journal.state,
        readings: parts.readings.state,
        records: parts.records.state,
        monitor: this.monitorState(),
      },
      ...monitor.picture.totals(),
      quarantined: gateway?.desk.total ?? 0,
    };
  }

  /** Ready when every part of this process works. */
  readiness(): Readiness {
    const { parts } = this.health();
    return { ready: Object.values(parts).every(state => state !== 'down'), parts };
  }

  private monitorState(): PartState {
    const { monitor } = this.roles;
    if (!monitor.healthy) return 'down';
    return monitor.runner.lagMs() > LAG_MS_MAX ? 'catching-up' : 'up';
  }
}
