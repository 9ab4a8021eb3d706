import type { Feature } from './feature';

/** Which way a departure counts; `both`: by its size. */
export type Direction = 'up' | 'down' | 'both';

/** The same feature with its signed value turned so that a limit `above` means the direction. */
export function directed<S>(feature: Feature<S>, direction: Direction): Feature<S> {
  const turn = TURNS[direction];
  return {
    ...feature,
    valueOf: state => {
      const value = feature.valueOf(state);
      return value === null ? null : turn(value);
    },
  };
}

const TURNS: Readonly<Record<Direction, (value: number) => number>> = {
  up: value => value,
  down: value => -value,
  both: Math.abs,
};
