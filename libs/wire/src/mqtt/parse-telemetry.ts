import { err } from '@anmai/kernel';
import type { Millis, Result } from '@anmai/kernel';
import { jsonFaultAt } from './json-position';
import { readPlainJson } from './plain-json';
import { looksLikeSenml, readSenml } from './senml';
import { isObject, RECORDS_MAX, tooManyRecords } from './telemetry';
import type { Reject, Telemetry } from './telemetry';

/**
 * Payload of a telemetry topic -> records. Never throws: one bad device must not stop the stream. `ok` holds
 * at least one record or reject; an error means that nothing of the payload was taken. Checked by hand, since
 * this runs for each message; `telemetrySchema` says the same in zod, and a property holds the two together.
 */
export function parseTelemetry(payload: Buffer, receivedAt: Millis): Result<Telemetry, Reject> {
  const text = payload.toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err(notJson(text));
  }
  const pack: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (pack.length > RECORDS_MAX) return err(tooManyRecords(pack.length));
  if (!Array.isArray(json) && !isObject(json))
    return err(shape('a JSON object or an array of them is expected'));
  const parsed = isSenml(pack) ? readSenml(pack, receivedAt) : readPlainJson(pack, receivedAt);
  if (!parsed.ok || parsed.value.records.length > 0 || parsed.value.rejects.length > 0) return parsed;
  // Taken in silence, it would look like a device that reports.
  return err(shape('the payload holds no record'));
}

function isSenml(pack: readonly unknown[]): boolean {
  for (const record of pack) if (isObject(record) && looksLikeSenml(record)) return true;
  return false;
}

const CONTEXT_CHARS = 20;
function notJson(text: string): Reject {
  const at = jsonFaultAt(text);
  const near = text.slice(at, at + CONTEXT_CHARS);
  const seen = near === '' ? 'the text ends too early' : `unexpected ${JSON.stringify(near)}`;
  return { code: 'not_json', detail: `position ${at}: ${seen}` };
}

const shape = (detail: string): Reject => ({ code: 'bad_shape', detail });
