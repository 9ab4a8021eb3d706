import { err, ok } from '@anmai/kernel';
import type { Millis, Result } from '@anmai/kernel';
import { badChannel, checkTime, isChannel, isObject, RECORDS_MAX, tooManyRecords } from './telemetry';
import type { JsonObject, Reject, Telemetry, TelemetryRecord } from './telemetry';

/**
 * What ThingsBoard devices send: `{ts, values}`, `{key: value}`, or an array of these. `ts` in milliseconds.
 */
export function readPlainJson(pack: readonly unknown[], receivedAt: Millis): Result<Telemetry, Reject> {
  const records: TelemetryRecord[] = [];
  const rejects: Reject[] = [];
  for (let index = 0; index < pack.length; index++) {
    const entry = pack[index];
    const timed = isObject(entry) ? readEntry(entry, receivedAt) : 'an entry is a JSON object';
    if (typeof timed === 'string') {
      rejects.push({ code: 'bad_shape', detail: timed, index });
      continue;
    }
    readValues(timed.values, timed.at, receivedAt, index, records, rejects);
    if (records.length + rejects.length > RECORDS_MAX)
      return err(tooManyRecords(records.length + rejects.length));
  }
  return ok({ records, rejects });
}

interface Entry {
  readonly at: Millis;
  readonly values: JsonObject;
}

/** The entry, or what is wrong with it. */
function readEntry(entry: JsonObject, receivedAt: Millis): Entry | string {
  const { ts, values } = entry;
  if (isObject(values)) {
    if (ts === undefined) return { at: receivedAt, values };
    return isNumber(ts) ? { at: Math.round(ts), values } : 'ts is not a number of milliseconds';
  }
  // `ts` beside the values would silently become a channel of that name.
  return ts === undefined
    ? { at: receivedAt, values: entry }
    : 'ts needs the values in an object of their own: values';
}

function readValues(
  values: JsonObject,
  at: Millis,
  receivedAt: Millis,
  index: number,
  records: TelemetryRecord[],
  rejects: Reject[],
): void {
  for (const channel in values) {
    if (records.length + rejects.length > RECORDS_MAX) return;
    const read = readValue(values[channel]);
    const fault = faultOf(channel, read, at, receivedAt, index);
    if (fault === null) records.push({ channel, shortName: channel, unit: null, at, value: read ?? NaN });
    else rejects.push(fault);
  }
}

/** A number, NaN for null, or undefined for what is not numeric. */
function readValue(raw: unknown): number | undefined {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : undefined;
  if (raw === null) return NaN;
  if (typeof raw === 'boolean') return raw ? 1 : 0;
  return undefined;
}

function faultOf(
  channel: string,
  value: number | undefined,
  at: Millis,
  receivedAt: Millis,
  index: number,
): Reject | null {
  if (!isChannel(channel)) return badChannel(channel, index);
  if (value === undefined) {
    return {
      code: 'not_a_number',
      detail: 'the value is not a finite number, true, false or null',
      index,
      channel,
    };
  }
  return checkTime(at, receivedAt, index, channel);
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
