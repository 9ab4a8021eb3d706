import { connect, type Socket } from 'node:net';
import { AckReader, connectPacket, PublishTemplate, type Login } from './mqtt-bytes';

const CONNECT_MS_MAX = 30_000;

/** What a device publishes. */
export interface Series {
  readonly topic: string;
  /** Device time of its first message. */
  readonly firstAt: number;
  readonly channels: readonly string[];
}

/** One device on one connection. Counts; who sends how much is decided outside. */
export class LoadLink {
  sent = 0;
  acked = 0;
  private readonly reader = new AckReader();
  private readonly template: PublishTemplate;

  private constructor(
    private readonly socket: Socket,
    what: Series,
    private readonly onAcked: (link: LoadLink, count: number) => void,
  ) {
    this.template = new PublishTemplate(what.topic, what.firstAt, what.channels);
  }

  /** Resolves with CONNACK. */
  static open(
    port: number,
    login: Login,
    what: Series,
    on: { acked: (link: LoadLink, count: number) => void; lost: (error: Error) => void },
  ): Promise<LoadLink> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      const link = new LoadLink(socket, what, on.acked);
      const late = setTimeout(() => reject(new Error('no CONNACK')), CONNECT_MS_MAX);
      const connected = (): void => {
        clearTimeout(late);
        resolve(link);
      };
      const lost = (error: Error): void => {
        reject(error);
        if (!link.closing) on.lost(error);
      };
      socket.on('data', (piece: Buffer) => link.take(piece, connected));
      socket.on('error', lost);
      socket.on('close', () => lost(new Error(`the broker closed the connection of ${login.clientId}`)));
      socket.write(connectPacket(login));
    });
  }

  private closing = false;

  get inFlight(): number {
    return this.sent - this.acked;
  }

  send(count: number): void {
    this.sent += count;
    this.socket.write(this.template.next(count));
  }

  close(): void {
    this.closing = true;
    this.socket.destroy();
  }

  private take(piece: Buffer, connected: () => void): void {
    const acks = this.reader.read(piece, connected);
    if (acks === 0) return;
    this.acked += acks;
    this.onAcked(this, acks);
  }
}
