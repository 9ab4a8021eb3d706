import { spanFor } from './spans';

const MINUTE_MS = 60_000;

it.each([
  ['just raised, readings every 5 s', 1, 5, 'minute15'],
  ['just raised, readings every 5 min: a quarter of an hour would show three', 1, 300, 'hour6'],
  ['just raised, readings every minute', 1, 60, 'minute15'],
  ['20 min ago', 20, 5, 'hour1'],
  ['3 h ago', 180, 5, 'hour6'],
  ['5 h ago: six would show hardly anything before', 300, 5, 'hour24'],
  ['3 d ago', 3 * 24 * 60, 60, 'day7'],
  ['two months ago', 60 * 24 * 60, 60, 'day30'],
] as const)('%s', (_name, minutes, every, expected) =>
  expect(spanFor(0, minutes * MINUTE_MS, every)).toBe(expected),
);

it('shows a quarter of a day where nothing is wrong', () => expect(spanFor(null, 0, 60)).toBe('hour6'));
