import {
  clearReadingsSince,
  incidentView,
  isAnyWatchBlind,
  isBlind,
  sensorFact,
  worstRank,
  type DeviceNow,
  type IncidentEngine,
  type Monitor,
  type ProbableCause,
  type SensorFact,
  type SensorState,
} from '@anmai/alarms';
import { severityOfRank } from '@anmai/catalog';
import type { Clock, Millis } from '@anmai/kernel';
import type { RuleCoverage, StateShape } from '@anmai/wire';
import type { LiveState, SensorNow } from '../api';
import { ruleCoverage } from './rule-coverage';

/** How long the sums over all sensors may be old: they are shown every two seconds. */
const TOTALS_AGE_MS_MAX = 1_000;

export interface Totals {
  readonly devicesOnline: number;
  readonly devicesOffline: number;
  readonly sensorsBlind: number;
  readonly rulesUnusable: number;
}

interface Sums {
  readonly totals: Totals;
  readonly coverage: ReadonlyMap<string, RuleCoverage>;
}

/** The monitor's state as the page asks for it. Reads only. */
export class LivePicture implements LiveState {
  private sensorsByAsset: ReadonlyMap<string, readonly string[]> = new Map();
  private sensorsByDevice: ReadonlyMap<string, readonly string[]> = new Map();
  private registrySize = -1;
  private readonly acknowledged = new Set<string>();
  private kept: { readonly at: Millis; readonly sums: Sums } | null = null;

  constructor(
    private readonly monitor: Monitor,
    private readonly seenAt: ReadonlyMap<string, Millis>,
    private readonly clock: Clock,
    private readonly engine: IncidentEngine,
  ) {}

  /** The registry changed: which sensor belongs where is worked out again when it is asked for. */
  registryChanged(): void {
    this.registrySize = -1;
  }

  /** What the records say of one alarm; open ones are remembered. */
  noteAlarm(alarm: {
    readonly id: string;
    readonly acknowledged: boolean;
    readonly closedAt: unknown;
  }): void {
    if (alarm.acknowledged && alarm.closedAt === null) this.acknowledged.add(alarm.id);
    else this.acknowledged.delete(alarm.id);
  }

  asset(assetId: string): StateShape {
    this.index();
    const states = (this.sensorsByAsset.get(assetId) ?? []).flatMap(id => this.monitor.sensors.get(id) ?? []);
    const worst = Math.max(0, ...states.map(state => this.rankOf(state)));
    return {
      severity: severityOfRank(worst),
      blind: states.some(state => this.isBlind(state)),
      unacknowledged: states.some(state => this.unacknowledged(state)),
    };
  }

  sensor(sensorId: string): SensorNow {
    const state = this.monitor.sensors.get(sensorId);
    if (state === undefined)
      return { latest: null, state: { severity: null, blind: false, unacknowledged: false } };
    const newest = state.steps.at(-1);
    const latest =
      newest === undefined
        ? null
        : { at: newest.at, value: Number.isNaN(newest.value) ? null : newest.value, quality: newest.quality };
    const severity = severityOfRank(this.rankOf(state));
    return {
      latest,
      state: { severity, blind: this.isBlind(state), unacknowledged: this.unacknowledged(state) },
    };
  }

  /** It says nothing, or what it says cannot be judged by each of its rules. */
  private isBlind(state: SensorState): boolean {
    return isBlind(state) || isAnyWatchBlind(state, this.monitor.companions);
  }

  private rankOf(state: SensorState): number {
    return Math.max(
      worstRank(state),
      ...this.monitor.composites.openOn(state.sensor.id).map(open => open.rank),
    );
  }

  deviceSeenAt(deviceId: string): Millis | null {
    const seenAt = this.seenAt.get(deviceId);
    if (seenAt !== undefined) return seenAt;
    // Before a restart: what its sensors remember.
    const heard = this.statesOf(deviceId).filter(state => state.steps.length > 0);
    return heard.length === 0 ? null : Math.max(...heard.map(state => state.heardAt));
  }

  deviceOnline(deviceId: string): boolean {
    return this.statesOf(deviceId).some(state => state.steps.length > 0 && !state.stale);
  }

  /** Every device that has a sensor, with its owner: that of the asset of its first sensor. */
  devices(): readonly DeviceNow[] {
    this.index();
    const { sensors, assets } = this.monitor.directory;
    return [...this.sensorsByDevice].map(([deviceId, ids]) => {
      const first = ids.toSorted()[0] ?? '';
      const assetId = sensors.get(first)?.assetId ?? '';
      return { deviceId, orgId: assets.get(assetId)?.orgId ?? null, isOnline: this.deviceOnline(deviceId) };
    });
  }

  orgPath(orgId: string): readonly string[] {
    return this.monitor.directory.orgs.get(orgId)?.path ?? [];
  }

  totals(): Totals {
    return this.sums().totals;
  }

  sensorFact(sensorId: string): SensorFact | null {
    return sensorFact(this.monitor, sensorId);
  }

  incidentCauses(incidentId: string): readonly ProbableCause[] {
    return incidentView(this.engine, incidentId)?.causes ?? [];
  }

  ruleCoverage(ruleId: string): RuleCoverage | null {
    return this.sums().coverage.get(ruleId) ?? null;
  }

  clearReadings(sensorId: string, ruleId: string, since: Millis): number {
    const state = this.monitor.sensors.get(sensorId);
    return state === undefined ? 0 : clearReadingsSince(state, ruleId, since);
  }

  private sums(): Sums {
    const now = this.clock.now();
    if (this.kept === null || now - this.kept.at > TOTALS_AGE_MS_MAX) {
      const coverage = ruleCoverage(this.monitor);
      this.kept = { at: now, sums: { totals: this.count(coverage), coverage } };
    }
    return this.kept.sums;
  }

  private count(coverage: Sums['coverage']): Totals {
    this.index();
    let devicesOnline = 0;
    for (const deviceId of this.sensorsByDevice.keys()) if (this.deviceOnline(deviceId)) devicesOnline++;
    let sensorsBlind = 0;
    for (const state of this.monitor.sensors.values()) if (this.isBlind(state)) sensorsBlind++;
    const rulesUnusable = [...coverage.values()].filter(({ faultCount }) => faultCount > 0).length;
    const devicesOffline = this.sensorsByDevice.size - devicesOnline;
    return { devicesOnline, devicesOffline, sensorsBlind, rulesUnusable };
  }

  private statesOf(deviceId: string): SensorState[] {
    this.index();
    return (this.sensorsByDevice.get(deviceId) ?? []).flatMap(id => this.monitor.sensors.get(id) ?? []);
  }

  private unacknowledged(state: SensorState): boolean {
    const ids = [
      ...[...state.books, ...state.silenceBooks].flatMap(({ open }) => (open === null ? [] : [open.id])),
      ...this.monitor.composites.openOn(state.sensor.id).map(open => open.id),
    ];
    return ids.some(id => !this.acknowledged.has(id));
  }

  private index(): void {
    const { sensors } = this.monitor.directory;
    if (this.registrySize === sensors.size) return;
    this.registrySize = sensors.size;
    const byAsset = new Map<string, string[]>();
    const byDevice = new Map<string, string[]>();
    for (const sensor of sensors.values()) {
      add(byAsset, sensor.assetId, sensor.id);
      add(byDevice, sensor.deviceId, sensor.id);
    }
    this.sensorsByAsset = byAsset;
    this.sensorsByDevice = byDevice;
  }
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
