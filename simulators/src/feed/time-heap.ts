import type { Millis } from '@anmai/kernel';

interface Entry<T> {
  readonly at: Millis;
  readonly order: number;
  readonly item: T;
}

/** Takes items out by time; equal times by `order`, by default the order in which they came. Binary heap. */
export class TimeHeap<T> {
  private readonly entries: Entry<T>[] = [];
  private pushed = 0;

  get size(): number {
    return this.entries.length;
  }

  /** Time of the earliest item, or null when empty. */
  peekAt(): Millis | null {
    return this.entries[0]?.at ?? null;
  }

  push(at: Millis, item: T, order = this.pushed): void {
    this.entries.push({ at, order, item });
    this.pushed += 1;
    let index = this.entries.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.isBefore(index, parent)) break;
      this.swap(index, parent);
      index = parent;
    }
  }

  /** The earliest item, taken out; undefined when empty. */
  pop(): T | undefined {
    const top = this.entries[0];
    const last = this.entries.pop();
    if (top === undefined || last === undefined) return undefined;
    if (this.entries.length > 0) {
      this.entries[0] = last;
      this.sink();
    }
    return top.item;
  }

  private sink(): void {
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      const right = left + 1;
      let least = index;
      if (left < this.entries.length && this.isBefore(left, least)) least = left;
      if (right < this.entries.length && this.isBefore(right, least)) least = right;
      if (least === index) return;
      this.swap(index, least);
      index = least;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const [x, y] = [this.entries[a], this.entries[b]];
    if (x === undefined || y === undefined) return false;
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  }

  private swap(a: number, b: number): void {
    const [x, y] = [this.entries[a], this.entries[b]];
    if (x === undefined || y === undefined) return;
    this.entries[a] = y;
    this.entries[b] = x;
  }
}
