import { invariant } from '@anmai/kernel';
import type { Quality, Reading } from '@anmai/readings';
import type { JournalBody, QuarantineNote } from './journal-body';

const READINGS = 1;
const TICK = 2;
const REGISTRY = 3;
const QUARANTINE = 4;

const READING_BYTES = 18; // length of the id, time float64, value float64, quality
const HEAD_BYTES = 4; // kind, length of the device id, count uint16
// Marked pure: a page takes words from this lib, and a browser has no Buffer that a line of its own could call.
const TICK_BYTES = /* @__PURE__ */ Buffer.from([TICK]);

/**
 * Bodies as bytes. Readings are packed by hand, since every acknowledged message pays for it twice; the rest is JSON.
 * Ids are plain ASCII of at most 64 characters (ID_PATTERN), so one byte holds a length and one a character.
 */
export const journalCodec = {
  encode(body: JournalBody): Uint8Array {
    switch (body.kind) {
      case 'readings':
        return encodeReadings(body.deviceId, body.readings);
      case 'tick':
        return TICK_BYTES;
      case 'registry':
        return withJson(REGISTRY, { version: body.version, changes: body.changes });
      case 'quarantine':
        return withJson(QUARANTINE, {
          ...body.note,
          payload: Buffer.from(body.note.payload).toString('base64'),
        });
    }
  },

  decode(bytes: Uint8Array): JournalBody {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    switch (buffer[0]) {
      case READINGS:
        return decodeReadings(buffer);
      case TICK:
        return { kind: 'tick' };
      case REGISTRY:
        return { kind: 'registry', ...(jsonOf(buffer) as Omit<JournalBody & { kind: 'registry' }, 'kind'>) };
      case QUARANTINE: {
        const note = jsonOf(buffer) as Omit<QuarantineNote, 'payload'> & { payload: string };
        return {
          kind: 'quarantine',
          note: { ...note, payload: new Uint8Array(Buffer.from(note.payload, 'base64')) },
        };
      }
      default:
        throw new Error(`BUG: journal entry of unknown kind ${buffer[0]}`);
    }
  },
};

function encodeReadings(deviceId: string, readings: readonly Reading[]): Uint8Array {
  invariant(readings.length <= 0xffff, 'too many readings for one entry');
  let size = HEAD_BYTES + deviceId.length + readings.length * READING_BYTES;
  for (const reading of readings) size += reading.sensorId.length;
  const buffer = Buffer.allocUnsafe(size);
  buffer[0] = READINGS;
  buffer[1] = deviceId.length;
  buffer.writeUInt16BE(readings.length, 2);
  let at = HEAD_BYTES + buffer.write(deviceId, HEAD_BYTES, 'latin1');
  for (const { sensorId, at: instant, value, quality } of readings) {
    buffer[at] = sensorId.length;
    at += 1 + buffer.write(sensorId, at + 1, 'latin1');
    buffer.writeDoubleBE(instant, at);
    buffer.writeDoubleBE(value, at + 8);
    buffer[at + 16] = quality;
    at += READING_BYTES - 1;
  }
  return buffer;
}

function decodeReadings(buffer: Buffer): JournalBody {
  const deviceEnd = HEAD_BYTES + buffer[1]!;
  const count = buffer.readUInt16BE(2);
  const readings: Reading[] = [];
  let at = deviceEnd;
  for (let i = 0; i < count; i++) {
    const end = at + 1 + buffer[at]!;
    readings.push({
      sensorId: buffer.toString('latin1', at + 1, end),
      at: buffer.readDoubleBE(end),
      value: buffer.readDoubleBE(end + 8),
      quality: buffer[end + 16] as Quality,
    });
    at = end + READING_BYTES - 1;
  }
  return { kind: 'readings', deviceId: buffer.toString('latin1', HEAD_BYTES, deviceEnd), readings };
}

function withJson(kind: number, value: unknown): Uint8Array {
  return Buffer.concat([Buffer.from([kind]), Buffer.from(JSON.stringify(value))]);
}

const jsonOf = (buffer: Buffer): unknown => JSON.parse(buffer.toString('utf8', 1));
