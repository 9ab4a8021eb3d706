/** The reach of ordinary blocks counts as so many sigmas: what white noise shows in the worst of some hundred readings. */
export const REACH_SIGMAS = 3.5;
/** Part of the excess that the reach grows by; a young reach grows faster. */
const RISE = 0.1;
const RISE_YOUNG = 0.5;
/** … and by a departure beyond the gate: once, when it begins. Twenty of them make it ordinary, one never does. */
const RISE_GATED = 0.05;
/** Per block: half of it is forgotten in 144 days of hours. */
const FALL = 0.0002;
const COUNT_MAX = 9_999;

/**
 * How far from the expected an ordinary block goes at its worst, in the sensor's unit. Heavy tails, pumps that switch
 * and showers that come each day make it large, so that the same limit in sigmas fits channels of every kind.
 */
export interface Reach {
  readonly far: number;
  /** Times that it grew, so that a young reach is known as such. */
  readonly rises: number;
  /** Was the last block beyond the gate? */
  readonly beyond: boolean;
}
export const NO_REACH: Reach = { far: 0, rises: 0, beyond: false };

/** `span`: blocks that one distance stands for; overlapping spans show the same excess again and again. */
export function learnReach(reach: Reach, distance: number, beyond: boolean, span = 1): Reach {
  if (distance <= reach.far) {
    const far = reach.far * (1 - FALL);
    return { far, rises: reach.rises, beyond };
  }
  const usual = Math.max(RISE / span, RISE_YOUNG / (1 + reach.rises / span));
  const rise = !beyond ? usual : reach.beyond ? 0 : RISE_GATED;
  return {
    far: reach.far + rise * (distance - reach.far),
    rises: Math.min(reach.rises + 1, COUNT_MAX),
    beyond,
  };
}

/** Part of a mean-distance sigma that counts when the reach says less: values within bounds have a short reach. */
const SPREAD_SHARE = 0.8;

export const sigmaOf = (spread: number, reach: Reach, floor: number): number =>
  Math.max(SPREAD_SHARE * spread, reach.far / REACH_SIGMAS, floor);
