import { SteadyClock } from './steady-clock';

/** Rows: [wall, monotonic, expected]. */
it.each([
  [
    'follows the wall clock',
    [
      [1000, 0, 1000],
      [2000, 1000, 2000],
    ],
  ],
  [
    'goes on at its own pace when the wall is set back',
    [
      [100_000, 0, 100_000],
      [40_000, 500, 100_500],
      [40_500, 1000, 101_000],
    ],
  ],
  [
    'joins the wall again once that has caught up',
    [
      [100_000, 0, 100_000],
      [99_000, 500, 100_500],
      [101_000, 900, 101_000],
    ],
  ],
  [
    'follows a jump ahead',
    [
      [1000, 0, 1000],
      [90_000, 10, 90_000],
    ],
  ],
] as const)('%s', (_name, rows) => {
  let row: readonly number[] = rows[0];
  const clock = new SteadyClock(
    () => row[0]!,
    () => row[1]!,
  );
  for (row of rows) expect(clock.now()).toBe(row[2]);
});
