import { err, ok } from '@anmai/kernel';
import type { Millis, Result } from '@anmai/kernel';
import { badChannel, checkTime, isChannel, isObject, UNIT_CHARS_MAX } from './telemetry';
import type { JsonObject, Reject, Telemetry, TelemetryRecord } from './telemetry';

/** RFC 8428, 4.4: the version of SenML; higher ones may mean something else. */
const VERSION_MAX = 10;
/** RFC 8428, 4.5.3: times below this are relative to now, in seconds. */
const RELATIVE_SECONDS_MAX = 2 ** 28;

/** Base fields in force, see RFC 8428, 4.1. */
interface Base {
  name: string;
  time: number;
  unit: string | null;
  value: number;
}

/** Does this record speak SenML? A name alone does not tell: `n` may be a channel of the plain form. */
export function looksLikeSenml(record: JsonObject): boolean {
  if (typeof record['bn'] === 'string' || typeof record['bu'] === 'string') return true;
  if (typeof record['n'] !== 'string') return false;
  return valueFields(record) > 0;
}

/**
 * A pack of records, resolved (RFC 8428, 4.6). A wrong base field spoils what follows, so the whole pack
 * goes.
 */
export function readSenml(pack: readonly unknown[], receivedAt: Millis): Result<Telemetry, Reject> {
  const base: Base = { name: '', time: 0, unit: null, value: 0 };
  const records: TelemetryRecord[] = [];
  const rejects: Reject[] = [];
  for (let index = 0; index < pack.length; index++) {
    const record = pack[index];
    if (!isObject(record)) {
      rejects.push({ code: 'bad_shape', detail: 'a record is a JSON object', index });
      continue;
    }
    const fault = takeBase(base, record, index);
    if (fault !== null) return err(fault);
    const read = readRecord(base, record, receivedAt, index);
    if (read === null) continue;
    if ('code' in read) rejects.push(read);
    else records.push(read);
  }
  return ok({ records, rejects });
}

function takeBase(base: Base, record: JsonObject, index: number): Reject | null {
  const { bn, bt, bu, bv, bver } = record;
  if (bn !== undefined) {
    if (typeof bn !== 'string') return badField('bn', 'a string', index);
    base.name = bn;
  }
  if (bt !== undefined) {
    if (!isNumber(bt)) return badField('bt', 'a number of seconds', index);
    base.time = bt;
  }
  if (bu !== undefined) {
    if (!isUnit(bu)) return badField('bu', `a string of at most ${UNIT_CHARS_MAX} characters`, index);
    base.unit = bu;
  }
  if (bv !== undefined) {
    if (!isNumber(bv)) return badField('bv', 'a number', index);
    base.value = bv;
  }
  if (bver === undefined) return null;
  if (!isNumber(bver)) return badField('bver', 'a number', index);
  if (bver <= VERSION_MAX) return null;
  return {
    code: 'bad_version',
    detail: `SenML version ${bver}, at most ${VERSION_MAX} is understood`,
    index,
  };
}

/** The record; why not; or null for one that only sets base fields. */
function readRecord(
  base: Base,
  record: JsonObject,
  receivedAt: Millis,
  index: number,
): TelemetryRecord | Reject | null {
  const { n, u, t, v, vb } = record;
  const fields = valueFields(record);
  for (const label in record) {
    // RFC 8428, 4.4: such a field changes the meaning of the record; who does not know it must not use the
    // record.
    if (label.charCodeAt(label.length - 1) === UNDERSCORE) return badField(label, 'understood here', index);
  }
  if (fields === 0 && n === undefined) return null;
  const fault = recordFault(record, fields, index);
  if (fault !== null) return fault;
  const shortName = typeof n === 'string' ? n : '';
  const channel = base.name + shortName;
  if (!isChannel(channel)) return badChannel(channel, index);
  const seconds = base.time + (t === undefined ? 0 : (t as number));
  const at =
    seconds === 0
      ? receivedAt
      : Math.round(seconds < RELATIVE_SECONDS_MAX ? receivedAt + seconds * 1_000 : seconds * 1_000);
  const late = checkTime(at, receivedAt, index, channel);
  if (late !== null) return late;
  const unit = u === undefined ? base.unit : (u as string);
  const value = v === null ? NaN : v === undefined ? (vb === true ? 1 : 0) : (v as number) + base.value;
  // The sum of two finite numbers can still be too large.
  if (value === Infinity || value === -Infinity) return notANumber('the value', channel, index);
  return { channel, shortName: shortName === '' ? channel : shortName, unit, at, value };
}

function recordFault(record: JsonObject, fields: number, index: number): Reject | null {
  const { n, u, t, v, vb } = record;
  if (n !== undefined && typeof n !== 'string') return badField('n', 'a string', index);
  if (u !== undefined && !isUnit(u))
    return badField('u', `a string of at most ${UNIT_CHARS_MAX} characters`, index);
  if (t !== undefined && !isNumber(t)) return badField('t', 'a number of seconds', index);
  if (fields === 0) return { code: 'bad_shape', detail: 'a record needs a value (v or vb)', index };
  if (fields > 1) return { code: 'bad_shape', detail: 'a record has one value only', index };
  if (v !== undefined)
    return v === null || isNumber(v) ? null : notANumber('v', typeof n === 'string' ? n : '', index);
  if (vb === undefined) return notANumber('a value in vs, vd or s', typeof n === 'string' ? n : '', index);
  return typeof vb === 'boolean' ? null : badField('vb', 'true or false', index);
}
const UNDERSCORE = 95;

/** How many of the value fields are there. `s` (a sum) counts when it stands alone. */
function valueFields({ v, vb, vs, vd, s }: JsonObject): number {
  let count = 0;
  if (v !== undefined) count += 1;
  if (vb !== undefined) count += 1;
  if (vs !== undefined) count += 1;
  if (vd !== undefined) count += 1;
  return count === 0 && s !== undefined ? 1 : count;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isUnit = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= UNIT_CHARS_MAX;

const badField = (field: string, wanted: string, index: number): Reject => ({
  code: 'bad_shape',
  detail: `${field} is not ${wanted}`,
  index,
});

const notANumber = (what: string, channel: string, index: number): Reject => ({
  code: 'not_a_number',
  detail: `${what} is not a finite number`,
  index,
  channel,
});
