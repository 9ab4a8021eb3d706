import { eventually } from '../support/eventually';

export interface ServerEvent {
  readonly name: string;
  readonly id: string | null;
  /** When it arrived, by performance.now(). */
  readonly arrivedMs: number;
  readonly data: Record<string, unknown>;
}

/** GET /live, event by event, as the wire has it. */
export class EventStream {
  readonly events: ServerEvent[] = [];
  readonly comments: string[] = [];
  retryMs: number | null = null;
  ended = false;
  private readonly abort = new AbortController();

  private constructor(readonly contentType: string) {}

  static async open(
    http: string,
    token: string,
    options: { sensors?: string; lastEventId?: string } = {},
  ): Promise<EventStream> {
    const abort = new AbortController();
    const { sensors, lastEventId } = options;
    const response = await fetch(`${http}/api/v1/live${sensors === undefined ? '' : `?sensors=${sensors}`}`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
      signal: abort.signal,
    });
    if (response.status !== 200 || response.body === null) throw new Error(`live: ${response.status}`);
    const stream = new EventStream(response.headers.get('content-type') ?? '');
    stream.abort.signal.addEventListener('abort', () => abort.abort());
    void stream
      .follow(response.body)
      .catch(() => undefined)
      .then(() => (stream.ended = true));
    return stream;
  }

  close(): void {
    this.abort.abort();
  }

  /** The first event, so far or to come, that fits. */
  next(fits: (event: ServerEvent) => boolean, ms?: number): Promise<ServerEvent> {
    return eventually(async () => this.events.find(fits), ms);
  }

  private async follow(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body) {
      const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    const field = (name: string): string | null =>
      new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? null;
    if (block.startsWith(':')) this.comments.push(block);
    const retry = field('retry');
    if (retry !== null) this.retryMs = Number(retry);
    const data = field('data');
    if (data === null) return;
    this.events.push({
      name: field('event') ?? 'message',
      id: field('id'),
      arrivedMs: performance.now(),
      data: JSON.parse(data) as Record<string, unknown>,
    });
  }
}
