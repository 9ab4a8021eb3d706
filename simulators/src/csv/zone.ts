import { HOUR_MS, MINUTE_MS, type Millis } from '@anmai/kernel';

/** Local hours whose offset is kept; offsets change at most twice a year, so that even this is plenty. */
const OFFSETS_MAX = 50_000;

/** Turns local clock time of one zone into instants. */
export class Zone {
  private readonly format: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();

  /** An IANA name such as Asia/Shanghai. Throws RangeError on an unknown one. */
  constructor(readonly name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /**
   * `localMs`: the local clock's reading, counted as if it were UTC. A reading that comes twice (clocks set back) is
   * taken as the earlier instant; one that never comes (clocks set forward) as if the clock had not been set.
   */
  toInstant(localMs: Millis): Millis {
    const quarter = Math.floor(localMs / (15 * MINUTE_MS));
    const known = this.offsets.get(quarter);
    if (known !== undefined) return localMs - known;
    const offset = this.offsetForLocal(localMs);
    if (this.offsets.size >= OFFSETS_MAX) this.offsets.clear();
    this.offsets.set(quarter, offset);
    return localMs - offset;
  }

  private offsetForLocal(localMs: Millis): number {
    const before = this.offsetAt(localMs - 24 * HOUR_MS);
    if (this.offsetAt(localMs - before) === before) return before;
    const after = this.offsetAt(localMs + 24 * HOUR_MS);
    return this.offsetAt(localMs - after) === after ? after : before;
  }

  /** Milliseconds that the local clock is ahead of UTC at an instant. */
  private offsetAt(at: Millis): number {
    const parts = new Map(this.format.formatToParts(at).map(each => [each.type, Number(each.value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const local = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return local - Math.floor(at / 1_000) * 1_000;
  }
}
