import type { PartState } from '@anmai/wire';
import type { Logger } from 'pino';

/** Whether one outside thing can be used, logged once at each turn. */
export class Part {
  private current: PartState = 'down';
  private said: string | null = null;

  constructor(
    readonly name: string,
    private readonly log: Logger,
  ) {}

  get state(): PartState {
    return this.current;
  }

  get up(): boolean {
    return this.current !== 'down';
  }

  set(state: PartState): void {
    if (state !== this.current) this.log.info({ part: this.name, state }, `${this.name} is ${state}`);
    this.current = state;
    if (state !== 'down') this.said = null;
  }

  /** Down, with the reason; the same reason again is not logged again. */
  failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason !== this.said)
      this.log.warn({ part: this.name, reason, code: codeOf(error) }, `${this.name} is away`);
    this.said = reason;
    this.current = 'down';
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
