/** Stops on a bug. For what cannot be unless the program is wrong; never for input. */
export function invariant(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`BUG: ${what}`);
}
