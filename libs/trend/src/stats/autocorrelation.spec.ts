import { autocorrelation } from './autocorrelation';

it.each([
  ['alternates', [1, -1, 1, -1], 2, [1, -0.75, 0.5]],
  ['a constant whose mean cannot be told exactly', new Array<number>(18).fill(0.1), 2, [1, 0, 0]],
  ['no more lags than there are', [1, 2], 5, [1, -0.5]],
  ['nothing', [], 3, [1]],
])('%s', (_name, values, lagsMax, expected) => {
  const found = autocorrelation(values, lagsMax);
  expect(found.length).toBe(expected.length);
  expected.forEach((r, lag) => expect(found[lag]).toBeCloseTo(r, 12));
});
