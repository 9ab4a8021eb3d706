import type { Millis } from '@anmai/kernel';
import type { FeedMessage, FeedRecord, FeedValue } from './feed';

/** The payload as text. Deterministic: equal messages give equal bytes. */
export function encodeMessage(message: FeedMessage): string {
  if (message.raw !== undefined) return message.raw;
  return message.form === 'senml' ? senml(message) : plain(message);
}

/** Base time in the first record; later instants relative to it, so that a pack of many stays short. */
function senml(message: FeedMessage): string {
  const first = message.records[0];
  if (first === undefined) return '[]';
  const baseName = `urn:dev:ops:${message.deviceId}:`;
  const rows = message.records.map((record, index) => {
    const parts = index === 0 ? [`"bn":${JSON.stringify(baseName)}`, `"bt":${first.at / 1_000}`] : [];
    parts.push(`"n":${JSON.stringify(record.channel)}`);
    if (record.unit !== null) parts.push(`"u":${JSON.stringify(record.unit)}`);
    if (record.at !== first.at) parts.push(`"t":${(record.at - first.at) / 1_000}`);
    parts.push(senmlValue(record.value));
    return `{${parts.join(',')}}`;
  });
  return `[${rows.join(',')}]`;
}

function senmlValue(value: FeedValue): string {
  if (typeof value === 'boolean') return `"vb":${value}`;
  if (typeof value === 'string') return `"vs":${JSON.stringify(value)}`;
  return `"v":${plainValue(value)}`;
}

function plain(message: FeedMessage): string {
  const byTime = new Map<Millis, FeedRecord[]>();
  for (const record of message.records) {
    const rows = byTime.get(record.at);
    if (rows === undefined) byTime.set(record.at, [record]);
    else rows.push(record);
  }
  const rows = [...byTime].map(([at, records]) => {
    const values = records.map(each => `${JSON.stringify(each.channel)}:${plainValue(each.value)}`);
    return `{"ts":${at},"values":{${values.join(',')}}}`;
  });
  return rows.length === 1 ? (rows[0] ?? '[]') : `[${rows.join(',')}]`;
}

/** NaN is written as C's printf does: no JSON, and that is the point. */
function plainValue(value: FeedValue): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return JSON.stringify(value);
}
