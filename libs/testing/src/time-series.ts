import type { Millis } from '@anmai/kernel';

/** Rows ascending by `at`, each instant once. Cheap to put at the end, as readings mostly come. */
export class TimeSeries<T extends { readonly at: Millis }> {
  private readonly rows: T[] = [];

  put(row: T): void {
    const index = this.indexAt(row.at);
    this.rows.splice(index, this.rows[index]?.at === row.at ? 1 : 0, row);
  }

  /** Rows in [from, to). */
  slice(from: Millis, to: Millis): T[] {
    return this.rows.slice(this.indexAt(from), this.indexAt(to));
  }

  last(): T | null {
    return this.rows.at(-1) ?? null;
  }

  /** Puts `rows`, which lie in [from, to), in place of all that was there. */
  replace(from: Millis, to: Millis, rows: readonly T[]): void {
    if (from >= to) return;
    const start = this.indexAt(from);
    const tail = this.rows.slice(this.indexAt(to));
    this.rows.length = start;
    for (const row of rows) this.rows.push(row);
    for (const row of tail) this.rows.push(row);
  }

  dropBefore(at: Millis): void {
    this.rows.splice(0, this.indexAt(at));
  }

  /** Index of the first row at or after `at`. */
  private indexAt(at: Millis): number {
    let low = 0;
    let high = this.rows.length;
    if (high > 0 && (this.rows[high - 1] as T).at < at) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.rows[middle] as T).at < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
