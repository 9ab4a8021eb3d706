/** Waiting, handed in like the clock. */
export interface Timers {
  /** Runs `run` once after `ms`; the result takes that back. */
  after(ms: number, run: () => void): () => void;
}

export const SYSTEM_TIMERS: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export const waited = (timers: Timers, ms: number): Promise<void> =>
  new Promise(resolve => void timers.after(ms, resolve));
