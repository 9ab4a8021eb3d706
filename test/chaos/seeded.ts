/** Numbers in [0, 1) that follow from the seed alone (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of this run, printed so that it can be given again as ANMAI_CHAOS_SEED. */
export function chaosSeed(): number {
  const given = process.env['ANMAI_CHAOS_SEED'];
  const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
  console.log(`ANMAI_CHAOS_SEED=${seed}`);
  return seed;
}

export const roundsOr = (usual: number): number => Number(process.env['ANMAI_CHAOS_ROUNDS'] ?? usual);
