import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { until } from './until';

const TYPES = [
  '',
  'connect',
  'connack',
  'publish',
  'puback',
  'pubrec',
  'pubrel',
  'pubcomp',
  'subscribe',
  'suback',
];

export interface ConnectFields {
  readonly clientId?: string;
  readonly clean?: boolean;
  readonly username?: string;
  readonly password?: string;
  readonly keepAliveSeconds?: number;
}

/** An MQTT 3.1.1 client that does as it is told, wrong things included. Small packets in, any size out. */
export class RawClient {
  /** `connack 0`, `puback 7` … as they came in. */
  readonly received: string[] = [];
  closed = false;
  readonly #socket: Socket;
  #rest = Buffer.alloc(0);

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', data => this.#read(data));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => (this.closed = true));
  }

  connect(fields: ConnectFields = {}): void {
    const { clientId = 'raw', clean = true, username = 'dev-1', password = 'secret-1' } = fields;
    const flags = (username === '' ? 0 : 0xc0) | (clean ? 2 : 0);
    const head = Buffer.from([0, 4, ...Buffer.from('MQTT'), 4, flags, 0, fields.keepAliveSeconds ?? 60]);
    const login = username === '' ? [] : [field(username), field(password)];
    this.send(0x10, Buffer.concat([head, field(clientId), ...login]));
  }

  publish(topic: string, payload: Buffer | string, qos: 0 | 1 | 2, messageId = 1, dup = false): void {
    const id = qos === 0 ? Buffer.alloc(0) : Buffer.from([messageId >> 8, messageId & 0xff]);
    const header = 0x30 | (qos << 1) | (dup ? 8 : 0);
    this.send(header, Buffer.concat([field(topic), id, Buffer.from(payload)]));
  }

  pubrel(messageId: number): void {
    this.send(0x62, Buffer.from([messageId >> 8, messageId & 0xff]));
  }

  send(header: number, body: Buffer): void {
    this.write(Buffer.concat([Buffer.from([header]), remainingLength(body.length), body]));
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** What `send` writes leaves in one piece, so that the broker finds it in one read. */
  together(send: () => void): void {
    this.#socket.cork();
    send();
    this.#socket.uncork();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Waits for packets with exactly these words, in any order. */
  async got(...words: string[]): Promise<void> {
    const missing = (): string[] => words.filter(word => !this.received.includes(word));
    await until(
      () => missing().length === 0,
      `${words.join(', ')} came in; have ${this.received.join(', ')}`,
    );
  }

  #read(data: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, data]);
    while (this.#rest.length >= 2) {
      const length = this.#rest[1] ?? 0;
      if (length > 127) throw new Error('the raw client reads small packets only');
      if (this.#rest.length < 2 + length) return;
      const type = (this.#rest[0] ?? 0) >> 4;
      const body = this.#rest.subarray(2, 2 + length);
      this.#rest = this.#rest.subarray(2 + length);
      this.received.push(`${TYPES[type] ?? type} ${type === 2 ? body[1] : body.readUInt16BE(0)}`);
    }
  }
}

function field(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

export function remainingLength(length: number): Buffer {
  const bytes: number[] = [];
  let rest = length;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>= 7;
  } while (rest > 0);
  return Buffer.from(bytes);
}
