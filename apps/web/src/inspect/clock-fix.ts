/** The clock of the server, as a telephone knows it. */
export interface ClockFix {
  /** Server minus telephone. */
  readonly offsetMs: number;
  /** At most so wrong: half of the way there and back, and the second that a Date header is exact to. */
  readonly errorMs: number;
  /** By the clock of the telephone. */
  readonly measuredAt: number;
}

/** From here on a clock is wrong enough to say so. */
export const CLOCK_WRONG_MS = 2 * 60_000;
/** A better reading of before is believed for so long; a telephone's clock drifts by less than its error until then. */
const BELIEVED_MS = 30 * 60_000;
/** A reply that took longer says nothing of the time. */
const ROUND_TRIP_MS_MAX = 20_000;
/** A Date header is cut down to whole seconds. */
const HALF_SECOND_MS = 500;

/**
 * From one reply: asked and heard by the telephone's clock, and the reply's Date header. null: no use.
 * A clock that is set between the two shows as a round trip that cannot be.
 */
export function fixOf(askedAt: number, heardAt: number, dateHeader: string | null): ClockFix | null {
  const serverAt = Date.parse(dateHeader ?? '');
  const roundTripMs = heardAt - askedAt;
  if (Number.isNaN(serverAt) || roundTripMs < 0 || roundTripMs > ROUND_TRIP_MS_MAX) return null;
  const offsetMs = Math.round(serverAt + HALF_SECOND_MS - (askedAt + heardAt) / 2);
  return { offsetMs, errorMs: Math.round(roundTripMs / 2) + HALF_SECOND_MS, measuredAt: heardAt };
}

/** The one to go by: the more exact, unless it is old, or the two contradict each other, since the clock was set then. */
export function betterFix(known: ClockFix | null, fresh: ClockFix): ClockFix {
  if (known === null || fresh.measuredAt - known.measuredAt > BELIEVED_MS) return fresh;
  if (fresh.measuredAt < known.measuredAt) return fresh;
  const apart = Math.abs(fresh.offsetMs - known.offsetMs);
  if (apart > fresh.errorMs + known.errorMs) return fresh;
  return fresh.errorMs < known.errorMs ? fresh : known;
}

export const isClockWrong = (fix: ClockFix | null): boolean =>
  fix !== null && Math.abs(fix.offsetMs) > CLOCK_WRONG_MS;

/** The time of the server at an instant of the telephone's clock; the telephone's own where nothing better is known. */
export const serverTime = (fix: ClockFix | null, phoneAt: number): number => phoneAt + (fix?.offsetMs ?? 0);
