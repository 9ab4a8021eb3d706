import type { TokenReply } from '@anmai/wire';

/** Renewed this long before it ends, so that a slow line does not meet an ended token. */
export const RENEW_BEFORE_MS = 60_000;

/** Where the tokens rest between reloads of one tab. Another tab logs in for itself: refresh tokens rotate. */
export interface TokenRest {
  read(): string | null;
  write(value: string | null): void;
}

interface Held {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly endsAt: number;
}

export type Renew = (refreshToken: string) => Promise<TokenReply | 'refused'>;

/** The tokens of one log-in. Renews by itself, once for all who wait. */
export class Session {
  private held: Held | null;
  private refused = false;
  private renewing: Promise<string | null> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly rest: TokenRest,
    private readonly renew: Renew,
    private readonly now: () => number,
  ) {
    this.held = parse(rest.read());
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  isOpen = (): boolean => this.held !== null;

  /** The server ended the log-in; the user did not. */
  wasRefused = (): boolean => this.refused;

  refreshToken(): string | null {
    return this.held?.refreshToken ?? null;
  }

  open(reply: TokenReply): void {
    this.hold({
      accessToken: reply.accessToken,
      refreshToken: reply.refreshToken,
      endsAt: this.now() + reply.expiresIn * 1_000,
    });
  }

  close(): void {
    this.refused = false;
    this.hold(null);
  }

  /** A token that holds for a while yet; null: nobody is logged in. `stale` is one that the server just refused. */
  async token(stale?: string): Promise<string | null> {
    const held = this.held;
    if (!held) return null;
    if (held.accessToken !== stale && held.endsAt - this.now() > RENEW_BEFORE_MS) return held.accessToken;
    this.renewing ??= this.renewed(held).finally(() => (this.renewing = null));
    return this.renewing;
  }

  /** Rejects while the server is out of reach: that is no reason to log anybody out. */
  private async renewed(held: Held): Promise<string | null> {
    const reply = await this.renew(held.refreshToken);
    if (this.held !== held) return this.held?.accessToken ?? null;
    if (reply === 'refused') {
      this.refused = true;
      this.hold(null);
      return null;
    }
    this.open(reply);
    return reply.accessToken;
  }

  private hold(held: Held | null): void {
    this.held = held;
    this.rest.write(held ? JSON.stringify(held) : null);
    for (const listener of this.listeners) listener();
  }
}

function parse(text: string | null): Held | null {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<Held> | null;
    if (!value?.accessToken || !value.refreshToken || typeof value.endsAt !== 'number') return null;
    return { accessToken: value.accessToken, refreshToken: value.refreshToken, endsAt: value.endsAt };
  } catch {
    return null;
  }
}
