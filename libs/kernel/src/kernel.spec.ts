import { AppError, type ErrorSpec } from './app-error';
import { invariant } from './invariant';
import { err, ok } from './result';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './time';

const SPEC: ErrorSpec = {
  code: 'TST-001',
  status: 503,
  retryable: true,
  message: details => `no answer from ${details.host}`,
  remedy: 'Start it.',
};

describe('AppError', () => {
  it('carries all that its row of the catalogue says', () => {
    const cause = new Error('refused');
    const error = new AppError(SPEC, { host: 'db' }, cause);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'AppError',
      message: 'no answer from db',
      code: 'TST-001',
      status: 503,
      retryable: true,
      remedy: 'Start it.',
      details: { host: 'db' },
      cause,
    });
  });

  it('has no cause when none is given', () => {
    expect('cause' in new AppError(SPEC)).toBe(false);
  });
});

describe('invariant', () => {
  it.each([[true], [1], ['text'], [{}]])('lets %j pass', condition => {
    expect(() => invariant(condition, 'unused')).not.toThrow();
  });

  it.each([[false], [0], [''], [null], [undefined]])('stops on %j and says that it is a bug', condition => {
    expect(() => invariant(condition, 'seq went back')).toThrow('BUG: seq went back');
  });
});

it('keeps a value or an error, never both', () => {
  expect(ok(1)).toEqual({ ok: true, value: 1 });
  expect(err('late')).toEqual({ ok: false, error: 'late' });
});

it('counts time in milliseconds', () => {
  expect([SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS]).toEqual([1e3, 60e3, 3_600e3, 86_400e3]);
});
