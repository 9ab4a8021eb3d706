import { MINUTE_MS } from '@anmai/kernel';
import type { Millis } from '@anmai/kernel';

/**
 * One value of one channel, as the device named it. Which sensor that is, and in which unit it is kept, comes
 * later.
 */
export interface TelemetryRecord {
  /** Full name: for SenML `bn` and `n` joined, otherwise the key. */
  readonly channel: string;
  /** Name without the base name. A binding may use either. */
  readonly shortName: string;
  /** As sent; null: not said. */
  readonly unit: string | null;
  /** Device time; the time of receipt when the device sent none. */
  readonly at: Millis;
  /** NaN: the device said that it has no value (JSON null). */
  readonly value: number;
}

/** Codes are stable: users filter the quarantine by them. */
export type RejectCode =
  | 'not_json'
  | 'bad_shape'
  | 'bad_version'
  | 'too_many_records'
  | 'not_a_number'
  | 'future_time'
  | 'ancient_time'
  | 'bad_channel';

export interface Reject {
  readonly code: RejectCode;
  /** Plain English: what was seen, and what is expected. */
  readonly detail: string;
  /** Place in the pack, from 0; absent when it is the pack as a whole. */
  readonly index?: number;
  readonly channel?: string;
}

export interface Telemetry {
  readonly records: TelemetryRecord[];
  /** Records of this pack that were not taken; the others stand. */
  readonly rejects: Reject[];
}

export const RECORDS_MAX = 1_000;
export const CHANNEL_CHARS_MAX = 128;
export const UNIT_CHARS_MAX = 32;
/** How far a device's clock may run ahead (contract). */
export const AHEAD_MS_MAX = 5 * MINUTE_MS;
/**
 * 2001-01-01. A clock that lost its battery starts at 1970, 1980 or 2000; nothing real is that old. See
 * README.
 */
export const EARLIEST_AT: Millis = 978_307_200_000;

/** The reject for a time out of bounds, or null. */
export function checkTime(at: number, receivedAt: Millis, index: number, channel: string): Reject | null {
  if (at > receivedAt + AHEAD_MS_MAX) {
    const ahead = `${at - receivedAt} ms ahead of us, at most ${AHEAD_MS_MAX}`;
    const detail = `${ahead}; check the device's clock and the unit of its time`;
    return { code: 'future_time', detail, index, channel };
  }
  if (at >= EARLIEST_AT) return null;
  const detail = `time ${at} ms is before 2001; check the device's clock and the unit of its time`;
  return { code: 'ancient_time', detail, index, channel };
}

/** Printable, 1 to 128 characters. */
export function isChannel(name: string): boolean {
  const { length } = name;
  if (length === 0 || length > CHANNEL_CHARS_MAX) return false;
  for (let i = 0; i < length; i++) {
    const code = name.charCodeAt(i);
    if (code < 0x20 || code === 0x7f || code === REPLACEMENT) return false;
  }
  return true;
}
/** What bytes that are not UTF-8 turn into: two broken names must not look the same. */
const REPLACEMENT = 0xfffd;

export const badChannel = (channel: string, index: number): Reject => ({
  code: 'bad_channel',
  detail: `${channel.length} characters or unprintable ones; 1 to ${CHANNEL_CHARS_MAX} printable are taken`,
  index,
});

export const tooManyRecords = (count: number): Reject => ({
  code: 'too_many_records',
  detail: `${count} or more records, at most ${RECORDS_MAX} in one message`,
});

export type JsonObject = Readonly<Record<string, unknown>>;
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
