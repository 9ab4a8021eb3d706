import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import type { GatewayStats } from '@anmai/mqtt';
import type { Totals } from '../monitor/live-picture';
import type { Core } from './core';
import type { Roles, Status } from './status';

/** Registers what an operator of the platform watches. Values are read when they are asked for. */
export function registerMetrics(core: Core, roles: Roles, status: Status): void {
  const { metrics } = core;
  collectDefaultMetrics({ register: metrics, prefix: 'anmai_' });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `anmai_${name}`,
      help,
      registers: [metrics],
      collect() {
        this.set(read());
      },
    });
  };
  gauge('monitor_lag_ms', 'Age of the oldest journal entry not evaluated yet.', () =>
    roles.monitor.runner.lagMs(),
  );
  const totals = (): Totals => roles.monitor.picture.totals();
  gauge('sensors_blind', 'Sensors without usable data.', () => totals().sensorsBlind);
  gauge('rules_unusable', 'Rules that fit not all sensors they cover.', () => totals().rulesUnusable);
  gauge('devices_online', 'Devices heard in time.', () => totals().devicesOnline);
  gauge('devices_offline', 'Devices not heard in time.', () => totals().devicesOffline);
  gauge('journal_bytes', 'Bytes of the journal.', () => core.journal.stats().bytes);
  gauge('journal_last_seq', 'Entries ever journaled.', () => core.journal.stats().lastSeq);
  partsUp(metrics, status);
  const { gateway, archiver } = roles;
  if (archiver !== null) {
    gauge('archiver_lag_ms', 'Age of the oldest journal entry not archived yet.', () =>
      archiver.archiver.lagMs(),
    );
    gauge(
      'readings_archived',
      'Readings handed to the store since the start.',
      () => archiver.archiver.readingsArchived,
    );
  }
  if (gateway === null) return;
  gauge('quarantined', 'Faults of messages since the start.', () => gateway.desk.total);
  for (const name of GATEWAY_NUMBERS)
    gauge(`mqtt_${snake(name)}`, `MQTT: ${name}.`, () => gateway.gateway.stats()[name]);
}

const GATEWAY_NUMBERS = [
  'connectionsNow',
  'inFlightNow',
  'received',
  'stored',
  'failed',
  'droppedQos0',
  'delayed',
  'droppedOffline',
] as const satisfies readonly (keyof GatewayStats)[];

function partsUp(metrics: Registry, status: Status): void {
  new Gauge({
    name: 'anmai_part_up',
    help: '1: works, 0.5: catching up, 0: away.',
    labelNames: ['part'],
    registers: [metrics],
    collect() {
      for (const [part, state] of Object.entries(status.health().parts)) {
        this.set({ part }, state === 'up' ? 1 : state === 'down' ? 0 : 0.5);
      }
    },
  });
}

const snake = (name: string): string => name.replace(/[A-Z0-9]/g, letter => `_${letter.toLowerCase()}`);
