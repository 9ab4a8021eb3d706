import type { ErrorSpec, Result } from '@anmai/kernel';
import { RefusalError } from '@anmai/nest';

interface Refusal {
  readonly why: string;
  readonly instead: string;
}

/** The value, or the refusal as a problem whose remedy is what to do instead. */
export function granted<T>(spec: ErrorSpec, answer: Result<T, Refusal>): T {
  if (answer.ok) return answer.value;
  throw new RefusalError(spec, { why: answer.error.why }, answer.error);
}
