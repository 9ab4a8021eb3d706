/*
 * Just enough MQTT 3.1.1 to press a broker hard: packets are made once and patched, so that the load generator costs
 * a small part of what it measures.
 */

/** The channels of a device in most benchmarks; each has a sensor. */
export const CHANNELS: readonly string[] = ['a', 'b', 'c'];
export type Login = { readonly clientId: string; readonly username: string; readonly password: string };

const TIME_DIGITS = 13;

function field(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

function packet(header: number, body: Buffer): Buffer {
  const length: number[] = [];
  let rest = body.length;
  do {
    length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.from([header, ...length]), body]);
}

/** CONNECT with a clean session. */
export function connectPacket({ clientId, username, password }: Login): Buffer {
  const head = Buffer.concat([field('MQTT'), Buffer.from([4, 0xc2, 0, 120])]);
  return packet(0x10, Buffer.concat([head, field(clientId), field(username), field(password)]));
}

/** PUBLISH, QoS 1. */
export function publishPacket(topic: string, messageId: number, payload: string): Buffer {
  const id = Buffer.from([messageId >> 8, messageId & 0xff]);
  return packet(0x32, Buffer.concat([field(topic), id, Buffer.from(payload)]));
}

/**
 * PUBLISH packets of one device, one point for each channel: `{"ts":…,"values":{"a":10.05,…}}`. Each is one millisecond of
 * device time after the one before, so that every point is a reading of its own. Values stay between 10 and 20.
 */
export class PublishTemplate {
  private readonly bytes: Buffer;
  private readonly idAt: number;
  private readonly timeAt: number;
  private readonly valuesAt: readonly number[];
  private messageId = 0;
  private count = 0;

  constructor(topic: string, firstAt: number, channels: readonly string[]) {
    const values = channels.map(channel => `"${channel}":10.00`).join(',');
    this.bytes = publishPacket(topic, 0, `{"ts":${firstAt - 1},"values":{${values}}}`);
    this.timeAt = this.bytes.indexOf('"ts":') + 5;
    this.idAt = this.bytes.indexOf('{"ts"') - 2;
    this.valuesAt = channels.map(channel => this.bytes.indexOf(`"${channel}":10.00`) + channel.length + 3);
  }

  /** The next `count` packets in one piece. */
  next(count: number): Buffer {
    const { bytes } = this;
    const out = Buffer.allocUnsafe(bytes.length * count);
    for (let i = 0; i < count; i++) {
      this.step();
      bytes.copy(out, i * bytes.length);
    }
    return out;
  }

  private step(): void {
    const { bytes } = this;
    this.messageId = this.messageId === 0xffff ? 1 : this.messageId + 1;
    bytes[this.idAt] = this.messageId >> 8;
    bytes[this.idAt + 1] = this.messageId & 0xff;
    this.count++;
    let digit = this.timeAt + TIME_DIGITS - 1;
    while (bytes[digit] === NINE) bytes[digit--] = ZERO;
    bytes[digit]!++;
    for (let c = 0; c < this.valuesAt.length; c++) {
      const at = this.valuesAt[c]!;
      const n = this.count + c * 7;
      bytes[at + 1] = ZERO + (Math.floor(n / 100) % 10);
      bytes[at + 3] = ZERO + (Math.floor(n / 10) % 10);
      bytes[at + 4] = ZERO + (n % 10);
    }
  }
}

const ZERO = 0x30;
const NINE = 0x39;

/** What a broker answers, as far as it has arrived. Anything but CONNACK 0 and PUBACK is a fault. */
export class AckReader {
  private rest: Buffer = Buffer.alloc(0);

  /** Gives how many PUBACKs are in the piece. */
  read(piece: Buffer, connected: () => void): number {
    const data = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    let acks = 0;
    let at = 0;
    for (; at + 4 <= data.length; at += 4) {
      if (data[at] === 0x40) acks++;
      else if (data[at] === 0x20 && data[at + 3] === 0) connected();
      else throw new Error(`unexpected answer ${data.toString('hex', at, at + 4)}`);
    }
    this.rest = data.subarray(at);
    return acks;
  }
}
