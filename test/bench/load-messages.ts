import type { Login } from './mqtt-bytes';

/** One device of the load. */
export interface LoadDevice extends Login {
  readonly topic: string;
}

/** What the load process is told; each is answered by a LoadReply. */
export type LoadOrder =
  | {
      readonly kind: 'open';
      readonly port: number;
      readonly devices: readonly LoadDevice[];
      readonly firstAt: number;
      readonly channels: readonly string[];
    }
  /** Every connection keeps `window` messages in flight. */
  | { readonly kind: 'press'; readonly seconds: number; readonly window: number }
  /** `perSecond` messages over all connections, at even steps, each with at most `window` in flight. */
  | {
      readonly kind: 'steady';
      readonly seconds: number;
      readonly perSecond: number;
      readonly window: number;
    };

export interface LoadRun {
  /** Over the whole run, drained at its end: all that was sent was acknowledged. */
  readonly acked: number;
  /** Acknowledged within the measured stretch, and how long that was. */
  readonly ackedWithin: number;
  readonly ms: number;
  /** Messages that were due but could not be sent since all windows were full; the most at any time. */
  readonly behindMost: number;
  /** Did the load process itself have time to spare? Its own CPU time over the stretch. */
  readonly cpuMs: number;
}

export type LoadReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'ran'; readonly run: LoadRun }
  | { readonly kind: 'failed'; readonly reason: string };
