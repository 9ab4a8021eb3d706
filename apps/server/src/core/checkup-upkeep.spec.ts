import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS, type Records } from '@anmai/postgres';
import { CheckupUpkeep } from './checkup-upkeep';
import type { Core } from './core';

const run = async (error: Error, times = 1): Promise<{ failed: number; logged: number }> => {
  const failed = vi.fn();
  const logged = vi.fn();
  const records = { checkupDues: { refresh: () => Promise.reject(error) } } as unknown as Records;
  const core = {
    clock: { now: () => 0 },
    log: { error: logged },
    parts: { records: { up: true, failed } },
  } as unknown as Core;
  const upkeep = new CheckupUpkeep(records, core, 0);
  for (let i = 0; i < times; i += 1) await upkeep.catchUp();
  return { failed: failed.mock.calls.length, logged: logged.mock.calls.length };
};

it.each<[string, Error, { failed: number; logged: number }]>([
  ['records that are away', new AppError(POSTGRES_ERRORS.away, { reason: 'x' }), { failed: 1, logged: 0 }],
  ['records that are busy', new AppError(POSTGRES_ERRORS.busy, { reason: 'x' }), { failed: 1, logged: 0 }],
  ['a refusal', new AppError(POSTGRES_ERRORS.unstorableText), { failed: 0, logged: 1 }],
  ['a fault of the reckoning', new RangeError('Invalid time value'), { failed: 0, logged: 1 }],
])('%s', async (_name, error, expected) => {
  expect(await run(error)).toEqual(expected);
});

it('says the same fault once', async () => {
  expect(await run(new RangeError('Invalid time value'), 3)).toEqual({ failed: 0, logged: 1 });
});
