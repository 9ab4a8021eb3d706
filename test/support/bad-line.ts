import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface LineQuality {
  /** Upwards, of each connection. */
  readonly bytesPerSecond: number;
  /** Cut after so many bytes upwards, counted over all connections; null: never. */
  readonly cutEveryBytes: number | null;
}

const TICK_MS = 20;

/** A TCP proxy that plays a bad line: slow, cut now and then, or gone. */
export class BadLine {
  cuts = 0;
  private quality: LineQuality | 'good' | 'gone' = 'good';
  private sinceCut = 0;
  private deafAfter: string | null = null;
  private isDeaf = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', socket => this.join(socket));
  }

  static async to(target: string): Promise<BadLine> {
    const server = createServer({ pauseOnConnect: true });
    const line = new BadLine(server, new URL(target));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on. `gone` ends what is open. */
  become(quality: LineQuality | 'good' | 'gone'): void {
    this.quality = quality;
    this.deafAfter = null;
    this.isDeaf = false;
    if (quality === 'gone') this.breakAll();
  }

  /** From the next request to this path on, nothing of any answer gets through. */
  becomeDeafAfter(path: string): void {
    this.deafAfter = path;
  }

  async close(): Promise<void> {
    this.breakAll();
    await new Promise(resolve => this.server.close(resolve));
  }

  private breakAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private join(from: Socket): void {
    if (this.quality === 'gone') return void from.destroy();
    const to = connect(Number(this.target.port), this.target.hostname);
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
    to.on('data', bytes => (this.isDeaf ? from.destroy() : from.write(bytes)));
    to.on('end', () => from.end());
    from.on('data', bytes => this.pass(bytes, from, to));
    from.on('end', () => to.end());
    from.resume();
  }

  private pass(bytes: Buffer, from: Socket, to: Socket): void {
    if (this.deafAfter !== null && bytes.includes(this.deafAfter)) this.isDeaf = true;
    if (typeof this.quality === 'string') return void to.write(bytes);
    const { bytesPerSecond, cutEveryBytes } = this.quality;
    this.sinceCut += bytes.length;
    to.write(bytes);
    if (cutEveryBytes !== null && this.sinceCut >= cutEveryBytes) {
      this.sinceCut = 0;
      this.cuts += 1;
      return void from.destroy();
    }
    from.pause();
    setTimeout(() => from.resume(), Math.max(TICK_MS, (bytes.length / bytesPerSecond) * 1_000));
  }
}
