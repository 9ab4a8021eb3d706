import type { Evidence } from '../alarm';
import type { Condition } from '../rule';

export type Side = 'high' | 'low' | null;

/**
 * Which side of the usual an alarm is on. Limits of derived values point elsewhere than the quantity does: a departure
 * downwards is a limit `above` in sigmas, a forecast a limit `below` in minutes. null: on no side (a composite, a stuck or
 * poor sensor), or on either.
 */
export function sideOf({ limit }: Pick<Evidence, 'limit'>, condition: Condition | null): Side {
  switch (condition?.type) {
    case 'baseline':
    case 'changepoint':
      return { up: 'high', down: 'low', both: null }[condition.direction ?? 'both'] as Side;
    case 'forecast':
      return 'above' in condition.target ? 'high' : 'low';
    case 'flatLine':
    case 'quality':
    case 'noData':
    case 'composite':
      return null;
    default:
      if ('above' in limit) return 'below' in limit ? null : 'high';
      return 'below' in limit ? 'low' : null;
  }
}
