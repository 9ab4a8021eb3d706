import { flatLineFeature } from './flat-line';
import { usabilityFeature } from './usability';

/** Values a minute apart; '!' is a reading that cannot be used. */
function valuesOf<S>(
  feature: ReturnType<typeof flatLineFeature> | ReturnType<typeof usabilityFeature>,
  series: string,
) {
  let state = feature.start as S;
  const steps = feature as unknown as {
    step(state: S, at: number, value: number): S;
    unusable?(state: S, at: number): S;
    valueOf(state: S): number | null;
  };
  return series.split(' ').map((cell, i) => {
    state =
      cell === '!'
        ? (steps.unusable?.(state, i * 60_000) ?? state)
        : steps.step(state, i * 60_000, Number(cell));
    return steps.valueOf(state);
  });
}

it.each([
  ['a moving value is never flat', 0, '1 2 3', [0, 0, 0]],
  ['counts from the first of the run', 0, '1 1 1 2', [0, 60, 120, 0]],
  ['the tolerance itself is still flat', 0.5, '1 1.5 1.5', [0, 60, 120]],
  ['a slow creep leaves it: the run as a whole counts', 0.5, '1 1.25 1.5 1.75', [0, 60, 120, 0]],
])('flat line: %s', (_name, tolerance, series, expected) => {
  expect(valuesOf(flatLineFeature(tolerance), series)).toEqual(expected);
});

it.each([
  ['cannot tell before so many came', 4, '1 1 !', [null, null, null]],
  ['share of the newest', 4, '1 1 ! ! 1 1 1', [null, null, null, 0.5, 0.5, 0.5, 0.25]],
  ['all bad', 2, '! ! !', [null, 1, 1]],
  ['as many as it may look back on', 30, Array(30).fill('!').join(' '), [...Array<null>(29).fill(null), 1]],
])('usability: %s', (_name, of, series, expected) => {
  expect(valuesOf(usabilityFeature(of), series)).toEqual(expected);
});
