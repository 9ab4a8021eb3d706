import { SseParser, type SseMessage } from './sse-parser';

/** The server sends something at least every 5 s; twice that without a byte means that the line is dead. */
export const SILENCE_MS_MAX = 10_000;
export const RETRY_MS_MIN = 1_000;
export const RETRY_MS_MAX = 10_000;

export type StreamPhase = 'connecting' | 'live' | 'lost';

export interface StreamState {
  readonly phase: StreamPhase;
  /** When the last byte came, wall clock of this computer; null before the first. */
  readonly lastByteAt: number | null;
  /** Failures in a row. */
  readonly failures: number;
}

export interface LiveStreamParts {
  /** Opens `path` with the log-in of the moment. Rejects while out of reach. */
  readonly open: (path: string, headers: Record<string, string>, signal: AbortSignal) => Promise<Response>;
  readonly now: () => number;
  readonly onMessage: (message: SseMessage) => void;
  readonly onState: (state: StreamState) => void;
  /** The stream is there after a loss, or from no known place on: what was missed has to be loaded. */
  readonly onBack: () => void;
}

export const retryDelayMs = (failures: number): number =>
  Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.max(0, failures - 1));

/**
 * Keeps one event stream open for as long as it is started. Silence, an error and an end all count as lost, and are
 * told at once; then it tries again for ever, with growing pauses. Changing the path reopens without being lost.
 */
export class LiveStream {
  private state: StreamState = { phase: 'connecting', lastByteAt: null, failures: 0 };
  private path: string | null = null;
  private run: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastId: string | null = null;

  constructor(private readonly parts: LiveStreamParts) {}

  /** Starts, or goes on with another path. */
  start(path: string): void {
    if (path === this.path) return;
    this.path = path;
    // While lost, the next try takes the new path anyway; a click must not defeat the pause between tries.
    if (this.state.phase !== 'lost') this.connect();
  }

  /** Tries now instead of after the pause. */
  retry(): void {
    if (this.path !== null && this.state.phase === 'lost') this.connect();
  }

  stop(): void {
    this.path = null;
    clearTimeout(this.timer);
    this.run?.abort();
    this.run = null;
  }

  private connect(): void {
    clearTimeout(this.timer);
    this.run?.abort();
    const run = new AbortController();
    this.run = run;
    this.watch(run);
    this.read(run).then(
      () => this.lose(run),
      () => this.lose(run),
    );
  }

  private async read(run: AbortController): Promise<void> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (this.lastId !== null) headers['Last-Event-ID'] = this.lastId;
    const response = await this.parts.open(this.path ?? '', headers, run.signal);
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const resumes = this.state.phase !== 'lost' && this.lastId !== null;
    this.heard(run);
    // What changed after the lists were asked for and before this line stood would be shown by nobody.
    if (!resumes && run === this.run) this.parts.onBack();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new SseParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || run !== this.run) return;
      this.heard(run);
      for (const message of parser.feed(value)) {
        if (message.id !== null) this.lastId = message.id;
        this.parts.onMessage(message);
      }
    }
  }

  private heard(run: AbortController): void {
    if (run !== this.run) return;
    this.tell({ phase: 'live', lastByteAt: this.parts.now(), failures: 0 });
    this.watch(run);
  }

  private watch(run: AbortController): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.lose(run);
      run.abort();
    }, SILENCE_MS_MAX);
  }

  private lose(run: AbortController): void {
    if (run !== this.run) return;
    this.run = null;
    clearTimeout(this.timer);
    const failures = this.state.failures + 1;
    this.tell({ ...this.state, phase: 'lost', failures });
    this.timer = setTimeout(() => this.connect(), retryDelayMs(failures));
  }

  private tell(state: StreamState): void {
    this.state = state;
    this.parts.onState(state);
  }
}
