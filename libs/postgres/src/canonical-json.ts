/**
 * JSON text that is the same for equal values: keys sorted by code unit, no white space, `undefined` left out.
 * What comes back from a jsonb column gives the same text as what went in.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value ?? null))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // A map through entries keeps a key named __proto__ a plain key.
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
