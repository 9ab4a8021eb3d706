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

it('goes on from the time of the journal when the wall was set back while the program was away', () => {
  let row: readonly [number, number] = [40_000, 7];
  const clock = new SteadyClock(
    () => row[0],
    () => row[1],
  );
  clock.carryOnFrom(100_000);
  row = [40_500, 507];
  expect(clock.now()).toBe(100_500);
  row = [200_000, 900];
  expect(clock.now()).toBe(200_000);
});

it('is not held up by a journal that is older than the wall', () => {
  const clock = new SteadyClock(
    () => 50_000,
    () => 0,
  );
  clock.carryOnFrom(10_000);
  expect(clock.now()).toBe(50_000);
});
