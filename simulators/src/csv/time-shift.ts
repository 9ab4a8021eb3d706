import type { Millis } from '@anmai/kernel';
import type { FeedMessage } from '../feed/feed';

/** 1 is real time; `max`: as fast as the broker acknowledges. */
export type Speed = number | 'max';
export type Shift = 'now' | 'keep';

export interface Stage {
  readonly speed: Speed;
  readonly shift: Shift;
  /** Instant of the first row, and of the last one that will be played. */
  readonly firstAt: Millis;
  readonly lastAt: Millis;
  /** When the replay begins. */
  readonly startAt: Millis;
}

/**
 * When a row leaves and what its time becomes. `keep`: the times of the file. `now` at a finite speed: each row
 * carries the instant at which it leaves, so time runs faster in it just as it is played. `now` at `max`: the file is
 * moved as a whole so that its last row is at the start of the replay, since no device may be ahead of the clock.
 */
export function stagedTime(stage: Stage, at: Millis): { readonly sendAt: Millis; readonly at: Millis } {
  const { speed, shift, firstAt, lastAt, startAt } = stage;
  const sendAt = speed === 'max' ? startAt : Math.round(startAt + (at - firstAt) / speed);
  if (shift === 'keep') return { sendAt, at };
  return { sendAt, at: speed === 'max' ? at - lastAt + startAt : sendAt };
}

/** A recorded message as it is played. */
export function staged(stage: Stage, message: FeedMessage): FeedMessage {
  const { sendAt, at } = stagedTime(stage, message.sendAt);
  return { ...message, sendAt, records: message.records.map(each => ({ ...each, at })) };
}
