/** Numbers that look like chance and are the same for the same seed: a test that fails can be run again. */
export interface Noise {
  /** Evenly spread over [0, 1). */
  uniform(): number;
  /** Normal, mean 0 and deviation 1. */
  normal(): number;
}

/** Marsaglia's xorshift (2003, 13-17-5) for the even numbers, Box and Muller (1958) for the normal ones. */
export function noise(seed: number): Noise {
  let x = (seed * 2654435761) | 0 || 1;
  const uniform = (): number => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 20; i++) uniform();
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}
