import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Aedes, type AuthenticateError, type Client, type PublishPacket } from 'aedes';

/** What came in, in the order of arrival. */
export interface Arrival {
  readonly client: string;
  readonly topic: string;
  readonly text: string;
  readonly dup: boolean;
  readonly retain: boolean;
}

export interface BrokerOptions {
  /** 0: a free one. */
  readonly port?: number;
  /** false: refused. Default: everyone may come in. */
  readonly authenticate?: (username: string, password: string) => boolean;
  /** Called before the PUBACK; true breaks the connection instead of acknowledging. */
  readonly breakInsteadOfAck?: (arrival: Arrival) => boolean;
}

/** A broker that only takes and acknowledges, with the faults of a network on request. */
export class BareBroker {
  readonly arrivals: Arrival[] = [];
  readonly clients = new Set<string>();
  readonly retained = new Map<string, string>();
  private readonly sockets = new Set<Socket>();
  private waiting: (() => void)[] = [];

  private constructor(
    private readonly aedes: Aedes,
    private readonly server: Server,
    readonly port: number,
  ) {}

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  get telemetry(): Arrival[] {
    return this.arrivals.filter(each => each.topic.endsWith('/telemetry'));
  }

  static async start(options: BrokerOptions = {}): Promise<BareBroker> {
    const aedes = await Aedes.createBroker();
    const server = createServer(aedes.handle);
    await new Promise<void>(resolve => server.listen(options.port ?? 0, '127.0.0.1', resolve));
    const broker = new BareBroker(aedes, server, (server.address() as AddressInfo).port);
    broker.hook(options);
    return broker;
  }

  /** Resolves when `met` says so; looked at after each arrival. */
  async seen(met: (broker: BareBroker) => boolean): Promise<void> {
    while (!met(this)) await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  /** Drops all connections, as a crash would. */
  async kill(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>(resolve => this.server.close(() => resolve()));
    await new Promise<void>(resolve => this.aedes.close(() => resolve()));
  }

  private hook({ authenticate, breakInsteadOfAck }: BrokerOptions): void {
    this.server.on('connection', socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.aedes.authenticate = (client, username, password, done) => {
      if (authenticate?.(username ?? '', password?.toString() ?? '') ?? true) {
        this.clients.add(client.id);
        done(null, true);
        return;
      }
      const refused: AuthenticateError = Object.assign(new Error('refused'), { returnCode: 5 });
      done(refused, false);
    };
    this.aedes.authorizePublish = (client, packet, done) => {
      const arrival = arrivalOf(client, packet);
      this.arrivals.push(arrival);
      if (arrival.retain) this.retained.set(arrival.topic, arrival.text);
      for (const wake of this.waiting.splice(0)) wake();
      if (breakInsteadOfAck?.(arrival) === true) client?.conn.destroy();
      else done(null);
    };
  }
}

const arrivalOf = (client: Client | null, packet: PublishPacket): Arrival => ({
  client: client?.id ?? '',
  topic: packet.topic,
  text: packet.payload.toString(),
  dup: packet.dup,
  retain: packet.retain,
});
