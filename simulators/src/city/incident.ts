import type { Millis } from '@anmai/kernel';
import type { Curve } from './curve';

export type IncidentKind =
  'gasLeak' | 'waterBurst' | 'cloudburst' | 'crackOpening' | 'deviceSilent' | 'sensorStuck';

export interface Span {
  readonly from: Millis;
  readonly to: Millis;
}

/** What an incident promises to whoever watches: this sensor crosses this limit then, and is back then. */
export interface Crossing {
  readonly sensorId: string;
  readonly side: 'above' | 'below';
  readonly limit: number;
  /** First instant at the limit. */
  readonly at: Millis;
  /** From here on the value is on the safe side of `clear`. */
  readonly clear: number;
  readonly clearAt: Millis;
}

/** One thing that goes wrong, with its timetable. */
export interface Incident {
  readonly id: string;
  readonly kind: IncidentKind;
  /** For people: what happens where. */
  readonly title: string;
  readonly span: Span;
  /** By sensor. */
  readonly curves: ReadonlyMap<string, Curve>;
  /** Devices that send nothing meanwhile. */
  readonly silentDeviceIds: readonly string[];
  /** Sensors that go on with the value they had when it began. */
  readonly stuckSensorIds: readonly string[];
  readonly crossings: readonly Crossing[];
}
