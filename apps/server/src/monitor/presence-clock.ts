import { Interval } from '@nestjs/schedule';
import {
  presenceChanges,
  spanWith,
  type DeviceNow,
  type PresenceChange,
  type WatchSpan,
} from '@anmai/alarms';
import { DAY_MS, type Clock } from '@anmai/kernel';
import { PRESENCE_CHANGES_MAX, type Records } from '@anmai/postgres';

const LOOK_MS = 30_000;
/** Two looks further apart than this have a time between them in which nobody looked. */
export const AWAY_MS = 3 * LOOK_MS;
/** A monitor further behind than this sees the past, not what is. */
export const LAG_MS_MAX = LOOK_MS;
/** Longer than the longest period of figures. */
export const PRESENCE_KEEP_MS = 400 * DAY_MS;

export interface PresenceClockOptions {
  readonly presence: Records['presence'];
  /** Every device that has a sensor. */
  readonly devices: () => readonly DeviceNow[];
  readonly lagMs: () => number;
  readonly clock: Clock;
  readonly isUp: () => boolean;
  readonly failed: (error: unknown) => void;
}

/**
 * Keeps when devices were online, and when this platform was there to notice. Looks while the records are away count as
 * not watched: better no figure than one that nobody can prove.
 */
export class PresenceClock {
  private known: Map<string, PresenceChange> | null = null;
  private span: WatchSpan | null = null;
  private isLooking = false;

  constructor(private readonly options: PresenceClockOptions) {}

  @Interval(LOOK_MS)
  async look(): Promise<void> {
    const { isUp, lagMs, failed } = this.options;
    if (this.isLooking || !isUp() || lagMs() > LAG_MS_MAX) return;
    this.isLooking = true;
    try {
      await this.note();
    } catch (error) {
      failed(error);
    } finally {
      this.isLooking = false;
    }
  }

  @Interval(3_600_000)
  async sweep(): Promise<void> {
    const { presence, clock, isUp, failed } = this.options;
    if (!isUp()) return;
    try {
      await presence.sweep(clock.now() - PRESENCE_KEEP_MS);
    } catch (error) {
      failed(error);
    }
  }

  private async note(): Promise<void> {
    const { presence, devices, clock } = this.options;
    this.known ??= new Map((await presence.last()).map(each => [each.deviceId, each]));
    const at = clock.now();
    // What does not fit waits for the next look, where it is different still.
    const changes = presenceChanges(this.known, devices(), at).slice(0, PRESENCE_CHANGES_MAX);
    const span = spanWith(this.span, at, AWAY_MS);
    await presence.note(changes, span);
    this.span = span;
    for (const change of changes) this.known.set(change.deviceId, change);
  }
}
