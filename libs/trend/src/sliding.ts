/**
 * A copy of the list without its first `from` items and with one more at its end. No longer than it has to be: a push onto
 * a copy would keep room for 16 more, and states live by the thousand.
 */
export function slid(list: readonly number[], from: number, item: number): number[] {
  const kept = list.length - from;
  const next = new Array<number>(kept + 1);
  for (let i = 0; i < kept; i++) next[i] = list[from + i]!;
  next[kept] = item;
  return next;
}
