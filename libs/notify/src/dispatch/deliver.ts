import { AppError, type Clock } from '@anmai/kernel';
import { refused, type Channel, type OutgoingMessage, type SendResult } from '../channels/channel.port';
import { BACKOFF, retryAt, type BackoffLimits } from '../outbox/backoff';
import type { NotificationOutbox, Outcome, Parcel } from '../outbox/notification-outbox.port';
import type { TextStyle } from '../text/notice-text';
import { codeOf, type DispatchEvent } from './events';
import { messageOf } from './message-of';
import { waited, type Timers } from './timers';

export interface DeliveryOptions {
  readonly outbox: NotificationOutbox;
  readonly clock: Clock;
  /** In [0, 1); spreads retries. */
  readonly random: () => number;
  readonly timers: Timers;
  readonly style: TextStyle;
  /** A process that is gone is taken for gone after this. */
  readonly leaseMs: number;
  /** Less than the lease, so that a slow channel does not lose it. */
  readonly sendTimeoutMs: number;
  readonly backoff?: BackoffLimits;
  readonly onEvent: (event: DispatchEvent) => void;
}

const SETTLE_RETRY_MS = 1_000;
const SUBJECTS_SHOWN_MAX = 10;

/** Brings one parcel to its channel and notes in the outbox what became of it. Never rejects. */
export async function deliver(
  parcel: Parcel,
  channel: Channel,
  options: DeliveryOptions,
  stop: AbortSignal,
): Promise<void> {
  const { clock, style, leaseMs } = options;
  const leaseUntil = clock.now() + leaseMs;
  const attempts = parcel.entries[0]?.attempts ?? 1;
  const { attemptsMax } = options.backoff ?? BACKOFF;
  // More than the most: whoever had it before never came back. Something in it may end the program.
  const result =
    attempts > attemptsMax
      ? refused(`handed out ${attempts - 1} times without an answer`, false)
      : await sendWithin(messageOf(parcel, style, clock.now()), channel, options, stop);
  await settle(parcel, channel, outcomeOf(result, attempts, options), leaseUntil, options);
}

async function sendWithin(
  message: OutgoingMessage,
  channel: Channel,
  { timers, sendTimeoutMs }: DeliveryOptions,
  stop: AbortSignal,
): Promise<SendResult> {
  const abort = new AbortController();
  const onStop = (): void => abort.abort();
  stop.addEventListener('abort', onStop);
  if (stop.aborted) onStop();
  let cancel = (): void => undefined;
  const tooLate = new Promise<SendResult>(resolve => {
    cancel = timers.after(sendTimeoutMs, () => {
      resolve(refused(`no result within ${sendTimeoutMs} ms`, true));
      abort.abort();
    });
  });
  try {
    return await Promise.race([channel.send(message, abort.signal), tooLate]);
  } catch (error) {
    // The message of an error of ours is made of our words; that of another may hold anything.
    const words = error instanceof AppError ? `${error.code}, ${error.message}` : codeOf(error);
    return refused(`the channel failed (${words})`, true);
  } finally {
    cancel();
    stop.removeEventListener('abort', onStop);
  }
}

function outcomeOf(result: SendResult, attempts: number, options: DeliveryOptions): Outcome {
  const now = options.clock.now();
  if (result.ok) return { kind: 'sent', at: now };
  const limits = options.backoff ?? BACKOFF;
  if (!result.retryable) return { kind: 'dead', reason: result.reason };
  if (attempts >= limits.attemptsMax)
    return { kind: 'dead', reason: `${result.reason}; given up after ${attempts} tries` };
  const at = retryAt(attempts, now, options.random(), result.retryAfterMs, limits);
  return { kind: 'failed', reason: result.reason, retryAt: at };
}

/** As often as it takes while the lease lasts: what is not noted goes out a second time. */
async function settle(
  parcel: Parcel,
  channel: Channel,
  outcome: Outcome,
  leaseUntil: number,
  { outbox, clock, timers, onEvent }: DeliveryOptions,
): Promise<void> {
  const of = {
    channel: channel.name,
    messageId: parcel.id,
    recipientId: parcel.entries[0]?.recipientId ?? '',
    subjectIds: [...new Set(parcel.entries.map(entry => entry.notice.subjectId))].slice(
      0,
      SUBJECTS_SHOWN_MAX,
    ),
    entries: parcel.entries.length,
    attempts: parcel.entries[0]?.attempts ?? 1,
  };
  for (;;) {
    try {
      const isOurs = await outbox.settle(parcel, outcome);
      return onEvent(isOurs ? { ...of, ...outcome } : { ...of, kind: 'lease-lost' });
    } catch (error) {
      if (clock.now() + SETTLE_RETRY_MS >= leaseUntil)
        return onEvent({ ...of, kind: 'unsettled', code: codeOf(error) });
      await waited(timers, SETTLE_RETRY_MS);
    }
  }
}
