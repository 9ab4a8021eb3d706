import type { ProbableCause, SensorFact } from '@anmai/alarms';
import type { Clock, Millis } from '@anmai/kernel';
import type { FileDeps } from './files/file-desk';
import type { Channel, TextStyle } from '@anmai/notify';
import type { Records } from '@anmai/postgres';
import type { ReadingStore, StoredReading } from '@anmai/readings';
import type {
  AlarmShape,
  HealthShape,
  IncidentShape,
  LiveEvents,
  RuleCoverage,
  StateShape,
} from '@anmai/wire';
import type { Logger } from 'pino';
import type { Registry as MetricsRegistry } from 'prom-client';

/**
 * Moves what the records wrote to their outbox into the journal, so that gateway and monitor know it. Resolves when
 * a device that was just created may send. Rejects while the journal is away; the outbox keeps what waits.
 */
export interface RegistryPublisher {
  publish(): Promise<void>;
}

/** The monitor's present picture, in memory. Unknown ids give the calm answer: nothing was seen of them. */
export interface LiveState {
  /** Worst of the open alarms of its sensors. */
  asset(assetId: string): StateShape;
  sensor(sensorId: string): SensorNow;
  /** Last message of any kind; null: never heard. */
  deviceSeenAt(deviceId: string): Millis | null;
  deviceOnline(deviceId: string): boolean;
  /** Ids of the ancestors and itself, root first; empty when it is not known. */
  orgPath(orgId: string): readonly string[];
  /** What the rule watches; null: the monitor does not know the rule (yet). */
  ruleCoverage(ruleId: string): RuleCoverage | null;
  /**
   * Usable readings in a row since then (device time) that met no limit of the rule, as many as the monitor remembers;
   * 0 of a sensor that is silent or unknown.
   */
  clearReadings(sensorId: string, ruleId: string, since: Millis): number;
  /** Whether the sensor is back to normal; null: the monitor does not know it. */
  sensorFact(sensorId: string): SensorFact | null;
  /** Most probable first; empty when the incident is no longer at hand. */
  incidentCauses(incidentId: string): readonly ProbableCause[];
}
export interface SensorNow {
  readonly latest: StoredReading | null;
  readonly state: StateShape;
}

/** One event of the live stream. `id` is opaque, grows along the stream, and is what `Last-Event-ID` brings back. */
export type LiveEvent = { readonly id: string } & NewLiveEvent;
export type NewLiveEvent =
  | {
      readonly name: 'alarm';
      /** Organisation of the asset: who may see it. null: only who sees everything. */
      readonly orgId: string | null;
      readonly data: AlarmShape;
    }
  | {
      readonly name: 'incident';
      /** Whose assets are affected: each of them may see it, and those above. */
      readonly orgIds: readonly string[];
      readonly data: IncidentShape;
    }
  | { readonly name: 'reading'; readonly data: LiveEvents['reading'] };

/** All alarms, and the readings of these sensors. */
export interface LiveWants {
  readonly sensorIds: ReadonlySet<string>;
}

/** What happens now, with a memory of what just happened. Never blocks who publishes. */
export interface LiveFeed {
  publish(event: NewLiveEvent): void;
  /** Id of the newest event: where a client starts that has seen nothing yet. */
  lastId(): string;
  /** Calls back at once, in order, for each wanted event from now on. Returns the way to stop it. */
  subscribe(wants: LiveWants, fn: (event: LiveEvent) => void): () => void;
  /** Wanted events after that id, oldest first, at most `limit`; `reset` when some are no longer remembered. */
  since(lastEventId: string, wants: LiveWants, limit: number): readonly LiveEvent[] | 'reset';
}

/** For /health/ready. */
/**
 * Downlink to devices. Resolves when the broker has the command: delivered, or queued for a device that is away.
 * Rejects with MQT-003 or MQT-004, both retryable.
 */
export interface CommandSender {
  send(deviceId: string, command: object): Promise<{ readonly topic: string }>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, string>>;
}

/** How people are told; the API itself tells nobody but for a test. */
export interface NotifyDeps {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly style: TextStyle;
  /** null: CAP messages are drafts. */
  readonly capSender: string | null;
  /** A message became due by hand. */
  wake(): void;
}

/** Everything that the API stands on, handed in by the composition root. */
export interface ApiDeps {
  readonly records: Records;
  readonly store: ReadingStore;
  readonly live: LiveFeed;
  readonly liveState: LiveState;
  readonly registry: RegistryPublisher;
  readonly commands: CommandSender;
  readonly files: FileDeps;
  readonly notify: NotifyDeps;
  readonly status: () => HealthShape;
  readonly readiness: () => Readiness | Promise<Readiness>;
  /** At least 32 random bytes, the same after a restart: signs access tokens, seals kept replies. */
  readonly tokenSecret: Uint8Array;
  /** IANA name, told to the page. */
  readonly timezone: string;
  /** Local time minus UTC: days and nights of rules. */
  readonly utcOffsetMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: MetricsRegistry;
}

/** Injection tokens, one for each dependency, so that each service names only what it uses. */
export const RECORDS = Symbol('records');
export const STORE = Symbol('store');
export const LIVE = Symbol('live');
export const LIVE_STATE = Symbol('liveState');
export const REGISTRY = Symbol('registry');
export const COMMANDS = Symbol('commands');
export const NOTIFY = Symbol('notify');
export const STATUS = Symbol('status');
export const READINESS = Symbol('readiness');
export const TIMEZONE = Symbol('timezone');
export const UTC_OFFSET = Symbol('utcOffset');
export const CLOCK = Symbol('clock');
export const LOG = Symbol('log');
export const METRICS = Symbol('metrics');
