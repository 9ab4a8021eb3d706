const STOREYS_MAX = 60;
const BASEMENTS_MAX = 6;

const count = (value: unknown, max: number): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? Math.min(value, max) : null;

/** Floors that a building has, as far as its file says; a usual house where it says nothing. Top first, basements last. */
export function floorsOf(properties: Readonly<Record<string, unknown>>): readonly string[] {
  const above = count(properties['storeys'] ?? properties['storeysAbove'], STOREYS_MAX) ?? 7;
  const below = count(properties['basements'] ?? properties['storeysBelow'], BASEMENTS_MAX) ?? 1;
  const floors = Array.from({ length: Math.max(1, above) }, (_, i) => `${above === 0 ? 1 : above - i}F`);
  return ['RF', ...floors, ...Array.from({ length: below }, (_, i) => `B${i + 1}`)];
}
