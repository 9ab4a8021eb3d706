import type { Millis } from '@anmai/kernel';

interface OfParcel {
  readonly channel: string;
  /** Id of the message, as the receiver sees it. */
  readonly messageId: string;
  readonly recipientId: string;
  /** Alarms and incidents that it is about, at most ten of them. */
  readonly subjectIds: readonly string[];
  readonly entries: number;
  readonly attempts: number;
}

/** What became of messages: for the log and the counters. Holds neither addresses nor secrets. */
export type DispatchEvent =
  | (OfParcel & { readonly kind: 'sent' })
  | (OfParcel & { readonly kind: 'failed'; readonly reason: string; readonly retryAt: Millis })
  | (OfParcel & { readonly kind: 'dead'; readonly reason: string })
  /** It took so long that someone else has it now: the person may get it twice. */
  | (OfParcel & { readonly kind: 'lease-lost' })
  /** Sent or not, the outbox could not be told: it goes out again. */
  | (OfParcel & { readonly kind: 'unsettled'; readonly code: string })
  | { readonly kind: 'outbox-unreachable'; readonly channel: string; readonly code: string };

export const codeOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
};
