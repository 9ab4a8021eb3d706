import type { Severity } from '@anmai/catalog';
import { derivedId, type Millis } from '@anmai/kernel';
import type { Language, Notice } from '../notice';

/**
 * queued: waits for its time. sending: a process has it, until its lease runs out. sent: the channel has taken it. failed:
 * waits for its next try. dead: given up; a person is shown it and can queue it again.
 */
export type EntryState = 'queued' | 'sending' | 'sent' | 'failed' | 'dead';

/** Why an entry waits to go out together with others. */
export type Held = 'quiet' | 'flood';

/** One message to one person on one channel, as planned. */
export interface Draft {
  /** `entryKey` of the three below: the same change is never told twice to the same person on the same channel. */
  readonly key: string;
  readonly recipientId: string;
  readonly channel: string;
  /** Mail address, telephone number; for a group robot or a webhook its name in the configuration, never its secret. */
  readonly address: string;
  readonly language: Language;
  /** Not to be sent before. */
  readonly notBefore: Millis;
  readonly held: Held | null;
  readonly notice: Notice;
}

/** A draft in the outbox. */
export interface Entry extends Draft {
  readonly state: EntryState;
  /** How often it was handed out to be sent, the present time included. */
  readonly attempts: number;
  /** Once handed out, an entry stays with those that it was handed out with: `parcelId` is the same at each try. */
  readonly parcelId: string | null;
  readonly addedAt: Millis;
  /** When it may be handed out next; meaningful while queued or failed. */
  readonly nextAttemptAt: Millis;
  readonly sentAt: Millis | null;
  /** Of the last failure; null when there was none. Holds no secret. */
  readonly reason: string | null;
}

export const entryKey = (changeId: string, recipientId: string, channel: string): string =>
  derivedId('ntf', changeId, recipientId, channel);

/** Follows from what is in it, so that a message has the same id at each try. */
export const parcelIdOf = (keys: readonly string[]): string => derivedId('msg', ...keys.toSorted());

/** Who was told of an alarm or incident, and how. */
export interface Told {
  readonly recipientId: string;
  readonly channel: string;
}

export interface RecentCount {
  readonly recipientId: string;
  readonly channel: string;
  readonly severity: Severity;
  readonly count: number;
}
