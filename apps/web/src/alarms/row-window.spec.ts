import { ALL_ROWS_MAX, rowWindow } from './row-window';

it.each([
  ['few: all of them', ALL_ROWS_MAX, 0, 0, ALL_ROWS_MAX],
  ['many, at the top', 5_000, 0, 0, 44],
  ['many, in the middle', 5_000, 52_000, 988, 1_032],
  ['many, at the end', 5_000, 259_000, 4_956, 5_000],
  ['many, scrolled past the end of a list that became shorter', 300, 259_000, 256, 300],
])('%s', (_name, count, scrollPx, from, to) =>
  expect(rowWindow(count, 52, scrollPx, 1_000)).toEqual({ from, to }),
);
