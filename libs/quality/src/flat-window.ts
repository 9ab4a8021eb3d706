/** Candidates for an extreme of the window, oldest first: index of the reading and its value. */
type Candidates = (readonly [index: number, value: number])[];

/** Plain data, so that a snapshot can hold it. */
export interface FlatWindowState {
  readonly seen: number;
  readonly lows: readonly (readonly [number, number])[];
  readonly highs: readonly (readonly [number, number])[];
}

/**
 * Range over a reading and `count` before it, in constant time per reading and at most `count` + 1 kept
 * values: each list holds only those that can still become the lowest (highest) when older ones leave.
 */
export class FlatWindow {
  private seen: number;
  private readonly lows: Candidates;
  private readonly highs: Candidates;

  constructor(
    private readonly count: number,
    private readonly tolerance: number,
    state: FlatWindowState | null = null,
  ) {
    this.seen = state?.seen ?? 0;
    this.lows = [...(state?.lows ?? [])];
    this.highs = [...(state?.highs ?? [])];
  }

  /** Takes the next value (NaN: missing, it counts but has no say); true when the window is full and flat. */
  push(value: number): boolean {
    const index = this.seen++;
    const oldest = index - this.count;
    if (Number.isFinite(value)) {
      while ((this.lows.at(-1)?.[1] ?? -Infinity) >= value) this.lows.pop();
      while ((this.highs.at(-1)?.[1] ?? Infinity) <= value) this.highs.pop();
      this.lows.push([index, value]);
      this.highs.push([index, value]);
    }
    for (const list of [this.lows, this.highs]) {
      while (list[0] !== undefined && list[0][0] < oldest) list.shift();
    }
    const [low, high] = [this.lows[0], this.highs[0]];
    return oldest >= 0 && low !== undefined && high !== undefined && high[1] - low[1] < this.tolerance;
  }

  state(): FlatWindowState {
    return { seen: this.seen, lows: [...this.lows], highs: [...this.highs] };
  }
}
