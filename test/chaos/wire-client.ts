import { connect, type Socket } from 'node:net';
import { remainingLength } from '@anmai/mqtt/testing/raw-client';

const CONNACK = 2;
const PUBACK = 4;

export interface WireEvents {
  /** CONNACK came, with its return code. */
  onConnack(code: number): void;
  onPuback(messageId: number): void;
  onClose(): void;
}

/**
 * One MQTT 3.1.1 connection that publishes at QoS 1, as a small device would: what is under way is the caller's
 * business alone, so that nothing a client library does can hide or make a fault.
 */
export class WireClient {
  private readonly socket: Socket;
  private rest: Buffer = Buffer.alloc(0);

  constructor(
    port: number,
    login: { readonly clientId: string; readonly username: string; readonly password: string },
    private readonly events: WireEvents,
  ) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', data => this.read(data));
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => events.onClose());
    // User name, password, clean session; keep-alive of a minute.
    const head = Buffer.from([0, 4, ...Buffer.from('MQTT'), 4, 0xc2, 0, 60]);
    const fields = [login.clientId, login.username, login.password].map(field);
    this.packet(0x10, Buffer.concat([head, ...fields]));
  }

  publish(topic: string, payload: string, messageId: number, again: boolean): void {
    const id = Buffer.from([messageId >> 8, messageId & 0xff]);
    this.packet(again ? 0x3a : 0x32, Buffer.concat([field(topic), id, Buffer.from(payload)]));
  }

  destroy(): void {
    this.socket.destroy();
  }

  private packet(header: number, body: Buffer): void {
    this.socket.write(Buffer.concat([Buffer.from([header]), remainingLength(body.length), body]));
  }

  /** Only packets of two bytes come in: CONNACK and PUBACK. */
  private read(data: Buffer): void {
    this.rest = Buffer.concat([this.rest, data]);
    let at = 0;
    for (; at + 4 <= this.rest.length; at += 4) {
      const type = this.rest[at]! >> 4;
      if (this.rest[at + 1] !== 2 || (type !== CONNACK && type !== PUBACK))
        throw new Error(`packet of type ${type}`);
      if (type === CONNACK) this.events.onConnack(this.rest[at + 3]!);
      else this.events.onPuback(this.rest.readUInt16BE(at + 2));
    }
    this.rest = this.rest.subarray(at);
  }
}

function field(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
