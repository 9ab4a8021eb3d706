/**
 * Planning itself failed: a bug of ours, which the same change meets each time. Whatever else fails, outbox or records, may work
 * later and is never this.
 */
export class PlanFault extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'PlanFault';
  }
}

/** The answer of a pure piece of planning; what it throws comes as a PlanFault. */
export function planning<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new PlanFault(error);
  }
}
