import { FakeClock } from './fake-clock';

it('stands still until told', () => {
  const clock = new FakeClock(1_000);
  clock.set(1_000);
  clock.advance(500);
  expect(clock.now()).toBe(1_500);
});

it.each([
  ['backwards', 999],
  ['to a fraction', 1_000.5],
  ['to no number', NaN],
])('refuses to be set %s', (_name, at) => {
  const clock = new FakeClock(1_000);
  expect(() => clock.set(at)).toThrow('BUG');
  expect(clock.now()).toBe(1_000);
});
