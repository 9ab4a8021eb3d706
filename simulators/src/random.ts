import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Millis } from '@anmai/kernel';

export type SeedPart = string | number;

/** Outputs thrown away first: the generator's first ones still show the pattern of its seed. */
const WARM_UP_DRAWS = 4;
/** Normal draws beyond this many standard deviations are cut: noise alone must never cross a limit. */
const NORMAL_MAX = 3;

/** A 32-bit seed that follows from its parts (FNV-1a, then mixed so that neighbours differ in every bit). */
export function seedOf(...parts: readonly SeedPart[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    const text = `${part}|`;
    for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return mixed(hash);
}

function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A seeded stream of random numbers. The same parts give the same stream, on every machine. */
export interface Random {
  /** [0, 1). */
  unit(): number;
  /** [min, max). */
  between(min: number, max: number): number;
  /** Whole numbers min … max, both included. */
  whole(min: number, max: number): number;
  chance(probability: number): boolean;
  /** Mean 0, deviation 1, cut at three deviations. */
  normal(): number;
  /** One item; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
}

export function randomOf(...parts: readonly SeedPart[]): Random {
  const generator = xoroshiro128plus(seedOf(...parts));
  for (let i = 0; i < WARM_UP_DRAWS; i += 1) generator.next();
  const unit = (): number => uniformFloat64(generator);
  const whole = (min: number, max: number): number => min + Math.floor(unit() * (max - min + 1));
  return {
    unit,
    between: (min, max) => min + unit() * (max - min),
    whole,
    chance: probability => unit() < probability,
    normal: () => {
      const value = Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
      return Math.min(Math.max(value, -NORMAL_MAX), NORMAL_MAX);
    },
    pick: items => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new Error('BUG: picked from an empty list');
      return item;
    },
  };
}

/** White noise as a function of time: any instant can be asked for, in any order, with the same answer. */
export const noiseAt = (key: SeedPart, at: Millis): number => randomOf(key, 'noise', at).normal();

/** Slow wandering between -3 and 3 with a new direction every `stepMs`; smooth in between. */
export function wanderAt(key: SeedPart, at: Millis, stepMs: number): number {
  const step = Math.floor(at / stepMs);
  const fraction = (at - step * stepMs) / stepMs;
  const ease = (1 - Math.cos(Math.PI * fraction)) / 2;
  const from = randomOf(key, 'wander', step).normal();
  const to = randomOf(key, 'wander', step + 1).normal();
  return from + (to - from) * ease;
}
