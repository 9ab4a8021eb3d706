import type { LiveEvent } from '../ports';

export interface Kept {
  readonly seq: number;
  readonly event: LiveEvent;
}

/** The newest `size` events, with the numbers that they had when published. */
export class Ring {
  private readonly kept: Kept[] = [];
  private head = 0;
  private lostSeq = 0;

  constructor(private readonly size: number) {}

  push(seq: number, event: LiveEvent): void {
    if (this.kept.length < this.size) {
      this.kept.push({ seq, event });
      return;
    }
    this.lostSeq = this.kept[this.head]?.seq ?? this.lostSeq;
    this.kept[this.head] = { seq, event };
    this.head = (this.head + 1) % this.size;
  }

  /** Is everything after that number still here? */
  reachesBackTo(seq: number): boolean {
    return seq >= this.lostSeq;
  }

  /** Oldest first, at most `limit`. */
  after(seq: number, limit: number, isWanted: (event: LiveEvent) => boolean = () => true): Kept[] {
    const found: Kept[] = [];
    for (let i = this.firstAfter(seq); i < this.kept.length && found.length < limit; i += 1) {
      const kept = this.at(i);
      if (kept !== undefined && isWanted(kept.event)) found.push(kept);
    }
    return found;
  }

  private at(i: number): Kept | undefined {
    return this.kept[(this.head + i) % this.kept.length];
  }

  /** By halves: the numbers ascend along the ring. */
  private firstAfter(seq: number): number {
    let low = 0;
    let high = this.kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.at(middle)?.seq ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
