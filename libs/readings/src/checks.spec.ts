import { DAY_MS } from '@anmai/kernel';
import { checkRetention, keptFrom } from './checks';
import { READING_ERRORS } from './errors';

const policy = (rawMs: number | null, minuteMs: number | null = null) => {
  return { rawMs, minuteMs, hourMs: null, dayMs: null };
};

it.each([
  ['one day', policy(DAY_MS), true],
  ['less than a day', policy(DAY_MS - 1), false],
  ['for ever', policy(null), true],
  ['minutes as long as raw', policy(2 * DAY_MS, 2 * DAY_MS), true],
  ['minutes shorter than raw', policy(2 * DAY_MS, DAY_MS), false],
  ['raw for ever, minutes not', policy(null, DAY_MS), false],
  ['not a number', policy(NaN), false],
])('checks a retention of %s', (_name, checked, fine) => {
  if (fine) expect(() => checkRetention(checked)).not.toThrow();
  else expect(() => checkRetention(checked)).toThrow(expect.objectContaining({ code: 'RDG-007' }));
});

it.each([
  [null, 10 * DAY_MS, 0],
  [DAY_MS, 10 * DAY_MS, 9 * DAY_MS],
  [DAY_MS, 10 * DAY_MS - 1, 8 * DAY_MS],
  [20 * DAY_MS, 10 * DAY_MS, 0],
])('keeps whole days: %s ms back from %i', (keepMs, now, from) => expect(keptFrom(keepMs, now)).toBe(from));

it('has unique codes, each with a remedy', () => {
  const specs = Object.values(READING_ERRORS);
  expect(new Set(specs.map(({ code }) => code)).size).toBe(specs.length);
  expect(specs.every(({ code, remedy }) => /^RDG-\d{3}$/.test(code) && remedy.length > 20)).toBe(true);
});
