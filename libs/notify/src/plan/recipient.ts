import type { Severity } from '@anmai/catalog';
import type { Language } from '../notice';

export interface Contact {
  /** Name of a configured channel. */
  readonly channel: string;
  readonly address: string;
  /** Used from this severity up. */
  readonly from: Severity;
}

/**
 * When a person is not to be disturbed, each day: minutes since local midnight; `toMinute` may pass 1,440 into the next
 * day (22:00 to 07:00 is 1,320 to 1,860). Red is never quiet, and there is no way to say so here.
 */
export interface Quiet {
  readonly fromMinute: number;
  readonly toMinute: number;
  /** This severity and milder ones wait. */
  readonly upTo: Exclude<Severity, 'red'>;
}

/** A person, or a group behind one robot, number or endpoint. */
export interface Recipient {
  readonly id: string;
  readonly name: string;
  readonly orgId: string;
  readonly role: string;
  readonly language: Language;
  readonly contacts: readonly Contact[];
  readonly quiet: readonly Quiet[];
  readonly disabled: boolean;
}
