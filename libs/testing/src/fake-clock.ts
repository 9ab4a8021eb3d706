import type { Clock, Millis } from '@anmai/kernel';
import { invariant } from '@anmai/kernel';

/** A clock that stands still until told. Throws when set backwards: that is a fault of the test. */
export class FakeClock implements Clock {
  constructor(private nowMs: Millis = 0) {}

  now(): Millis {
    return this.nowMs;
  }

  set(at: Millis): void {
    invariant(Number.isInteger(at) && at >= this.nowMs, `clock set from ${this.nowMs} to ${at}`);
    this.nowMs = at;
  }

  advance(byMs: number): void {
    this.set(this.nowMs + byMs);
  }
}
