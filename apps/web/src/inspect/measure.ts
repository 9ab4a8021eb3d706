import type { ItemLimit, MeasureItem } from '@anmai/lifecycle';

export type MeasureFault = 'noNumber' | 'range' | 'decimals';

/** What was typed, as a number in the unit of the item. A comma is a point: keyboards differ. Empty: no fault, no value. */
export function parseMeasure(
  text: string,
  { min, max, decimals }: Pick<MeasureItem, 'min' | 'max' | 'decimals'>,
): { readonly value: number | null; readonly fault: MeasureFault | null } {
  const plain = text.trim().replace(/[,，。]/, '.');
  if (plain === '') return { value: null, fault: null };
  if (!/^-?\d{1,9}(\.\d{0,9})?$/.test(plain)) return { value: null, fault: 'noNumber' };
  const value = Number(plain);
  if (value < min || value > max) return { value: null, fault: 'range' };
  const places = /\.(\d*)$/.exec(plain)?.[1]?.length ?? 0;
  if (places > decimals) return { value: null, fault: 'decimals' };
  return { value, fault: null };
}

/** The worst limit that the value reaches; of equal ones the highest. */
export function worstLimit(limits: readonly ItemLimit[], value: number): ItemLimit | null {
  const reached = limits.filter(limit => (limit.op === '>' ? value > limit.value : value >= limit.value));
  return reached.toSorted((a, b) => b.level - a.level || b.value - a.value)[0] ?? null;
}
