import { MessageRate } from './message-rate';

/** Rows: [time ms, count, rate]. */
it.each([
  ['nothing to compare with yet', [[0, 100, 0]]],
  [
    'steady',
    [
      [0, 0, 0],
      [1_000, 10, 10],
      [2_000, 20, 10],
    ],
  ],
  [
    'a burst is forgotten after the window',
    [
      [0, 0, 0],
      [1_000, 1_000, 1_000],
      [6_000, 1_000, 0],
      [7_000, 1_000, 0],
    ],
  ],
  [
    'asked twice at once',
    [
      [0, 0, 0],
      [0, 5, 0],
    ],
  ],
] as const)('%s', (_name, rows) => {
  const rate = new MessageRate();
  for (const [at, count, expected] of rows) expect(rate.at(at, count)).toBe(expected);
});
