import { TokenBucket } from './token-bucket';

/** Runs '0 0 500' (instants in ms, one take each) with 2 a second and 3 at once. */
function run(instants: string): string {
  const bucket = new TokenBucket(2, 3, 0);
  return instants
    .split(' ')
    .map(at => (bucket.take(Number(at)) ? 'y' : 'n'))
    .join('');
}

it.each([
  ['the burst at once, not one more', '0 0 0 0', 'yyyn'],
  ['then one each half second', '0 0 0 499 500 501 1000', 'yyynyny'],
  ['a long pause fills up to the burst only', '0 0 0 90000 90000 90000 90000', 'yyyyyyn'],
])('%s', (_name, instants, expected) => expect(run(instants)).toBe(expected));

it('tells how long to wait', () => {
  const bucket = new TokenBucket(2, 1, 0);
  expect(bucket.waitMs()).toBe(0);
  bucket.take(0);
  expect(bucket.waitMs()).toBe(500);
  bucket.take(400);
  expect(bucket.waitMs()).toBeCloseTo(100);
});
