import type { Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { Language, Notice } from '../notice';
import type { Text } from '../text/notice-text';

/** What a channel is to bring to its recipient. */
export interface OutgoingMessage {
  /** The same at each try of the same message: receivers can drop what they have already. ASCII, no spaces. */
  readonly id: string;
  readonly recipientId: string;
  readonly address: string;
  readonly language: Language;
  /** The worst of its notices. */
  readonly severity: Severity;
  readonly text: Text;
  /** One, or all those of a digest. */
  readonly notices: readonly Notice[];
  readonly isDigest: boolean;
  /** When this try was made. */
  readonly at: Millis;
}

export type SendResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** May the same message be taken later, with nothing changed but time? */
      readonly retryable: boolean;
      /** For the operator; never holds a secret. */
      readonly reason: string;
      /** How long the other side asks to be left alone; null: it does not. */
      readonly retryAfterMs: number | null;
    };

/** One way to reach people: one mail server, one robot, one endpoint. */
export interface Channel {
  /** As contacts name it. */
  readonly name: string;
  /** Ends within the time-out of the channel, or soon after `signal` is aborted. Failures are values. */
  send(message: OutgoingMessage, signal: AbortSignal): Promise<SendResult>;
  close(): Promise<void>;
}

export const SENT: SendResult = { ok: true };

export const refused = (
  reason: string,
  retryable: boolean,
  retryAfterMs: number | null = null,
): SendResult => ({ ok: false, retryable, reason, retryAfterMs });
