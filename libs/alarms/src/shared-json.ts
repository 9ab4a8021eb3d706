/** Data in which an object that is used in several places stands once; plain JSON. */
export interface Packed {
  /** Later ones may name earlier ones. */
  readonly pool: readonly unknown[];
  readonly root: unknown;
}

interface Reference {
  readonly $: number;
}

/**
 * Packs plain data (no NaN, no class). What is found in `known`, by identity, is named by its place there and not
 * written at all. `unpackShared` with the same `known` gives the same data, shared in the same way.
 */
export function packShared(root: unknown, known: readonly object[]): Packed {
  const places = new Map<object, number>(known.map((object, i) => [object, i]));
  const shared = usedTwice(root, places);
  const pool: unknown[] = [];
  const emit = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const place = places.get(value);
    if (place !== undefined) return { $: place } satisfies Reference;
    const plain = mapped(value, emit);
    if (!shared.has(value)) return plain;
    places.set(value, known.length + pool.length);
    pool.push(plain);
    return { $: places.get(value)! } satisfies Reference;
  };
  return { root: emit(root), pool };
}

export function unpackShared({ pool, root }: Packed, known: readonly object[]): unknown {
  const revived: unknown[] = [...known];
  const revive = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    return '$' in value ? revived[(value as Reference).$] : mapped(value, revive);
  };
  for (const value of pool) revived.push(revive(value));
  return revive(root);
}

function usedTwice(root: unknown, known: ReadonlyMap<object, number>): ReadonlySet<object> {
  const seen = new Set<object>();
  const twice = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || known.has(value)) return;
    if (seen.has(value)) return void twice.add(value);
    seen.add(value);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(root);
  return twice;
}

function mapped(value: object, change: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
}
