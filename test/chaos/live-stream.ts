import { eventually } from '../support/eventually';
import type { AlarmShape, HealthShape } from '@anmai/wire';

/** The live stream as a page follows it. */
export class LiveStream {
  readonly alarms: AlarmShape[] = [];
  health: HealthShape | null = null;
  private readonly abort = new AbortController();

  private constructor(readonly status: number) {}

  static async open(http: string, token: string): Promise<LiveStream> {
    const abort = new AbortController();
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${http}/api/v1/live`, { headers, signal: abort.signal });
    const stream = new LiveStream(response.status);
    stream.abort.signal.addEventListener('abort', () => abort.abort());
    if (response.body !== null) void stream.follow(response.body).catch(() => undefined);
    return stream;
  }

  close(): void {
    this.abort.abort();
  }

  /** The first event of an alarm on that sensor. */
  alarmOn(sensorId: string, ms: number): Promise<AlarmShape> {
    return eventually(async () => this.alarms.find(alarm => alarm.sensorId === sensorId), ms);
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
    const name = /^event: (.*)$/m.exec(block)?.[1];
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (data === undefined) return;
    if (name === 'alarm') this.alarms.push(JSON.parse(data) as AlarmShape);
    if (name === 'health') this.health = JSON.parse(data) as HealthShape;
  }
}
