import type { Reading, SensorBucket } from '@anmai/readings';
import { MISSING } from '@anmai/readings';

export const MEASUREMENT = 'reading';

/**
 * What means something in line protocol or InfluxQL, or is white space. A line break cannot be escaped in line
 * protocol at all, and a backslash at the end of a tag not either: so such characters are written as their
 * UTF-8 bytes, %XX. Ids of the registry have none and stand in the database as they are.
 */
const RESERVED = /[%\\\s,="'\u0000-\u001f\u007f-\u009f]/u;
const EVERY_RESERVED = new RegExp(RESERVED.source, 'gu');

/** The value of the tag `sensor`; two ids never give the same. */
export function sensorTag(sensorId: string): string {
  return RESERVED.test(sensorId) ? sensorId.replace(EVERY_RESERVED, percentEncoded) : sensorId;
}

/** What `sensorTag` was made from. */
export const sensorOfTag = (tag: string): string => decodeURIComponent(tag);

const percentEncoded = (character: string): string =>
  [...Buffer.from(character)].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/** One line a reading, time in ms. A missing value has only its quality: line protocol knows no NaN. */
export function lines(readings: readonly Reading[]): string {
  let text = '';
  for (const { sensorId, at, value, quality } of readings) {
    const field = quality === MISSING ? '' : `value=${Object.is(value, -0) ? '-0' : value},`;
    text += `${MEASUREMENT},sensor=${sensorTag(sensorId)} ${field}quality=${quality}i ${at}\n`;
  }
  return text;
}

/** One line a bucket, as the server's own rollups write them. */
export function bucketLines(buckets: readonly SensorBucket[]): string {
  let text = '';
  for (const { sensorId, at, min, max, mean, count, last } of buckets) {
    const fields = `min=${min},max=${max},sum=${mean * count},count=${count},last=${last}`;
    text += `${MEASUREMENT},sensor=${sensorTag(sensorId)} ${fields} ${at}\n`;
  }
  return text;
}
