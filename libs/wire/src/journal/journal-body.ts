import type { RegistryChange } from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import type { Reading } from '@anmai/readings';

/** What could not be taken, with its reason. Bounded before it gets here. */
export interface QuarantineNote {
  /** Derived from sender, topic, reason and what it is about: the same fault again has the same id. */
  readonly id: string;
  /** First and newest time of this run of repeats. */
  readonly firstAt: Millis;
  readonly at: Millis;
  readonly deviceId: string | null;
  readonly topic: string;
  /** Stable code such as `unknown_channel`. */
  readonly reason: string;
  readonly detail: string;
  /** At most QUARANTINE_PAYLOAD_BYTES_MAX of what came. */
  readonly payload: Uint8Array;
  /** How often it came since `firstAt`. */
  readonly count: number;
}

/** What the journal holds. All that a rule may depend on is among these. */
export type JournalBody =
  | { readonly kind: 'readings'; readonly deviceId: string; readonly readings: readonly Reading[] }
  /** Time passed and nothing came. */
  | { readonly kind: 'tick' }
  /** `version`: of the registry after these changes. */
  | { readonly kind: 'registry'; readonly version: number; readonly changes: readonly RegistryChange[] }
  | { readonly kind: 'quarantine'; readonly note: QuarantineNote };
