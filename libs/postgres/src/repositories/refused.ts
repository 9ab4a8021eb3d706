import { AppError, type Result } from '@anmai/kernel';
import type { Refusal } from '@anmai/lifecycle';

/** The value, or the refusal as the error that a client gets. */
export function taken<T>(result: Result<T, Refusal>): T {
  if (!result.ok) throw new AppError(result.error.spec, result.error.details);
  return result.value;
}
