import { DAY_MS, HOUR_MS } from '@anmai/kernel';
import type { FeatureContext } from '../feature';

/** What may be set; every default is provisional and was chosen on recorded feeds (test/bench/score). */
export interface BaselineConfig {
  /** Seen time before the first value. Default `LEARN_MS`. */
  readonly learnMs?: number | undefined;
  /** Memory of the pattern, in visits of the same hour of the day or of the week. Default `VISITS_MAX`. */
  readonly visitsMax?: number | undefined;
  /** A departure that lasts this long without a break is taken as the new normal. Default `ADOPT_MS`. */
  readonly adoptMs?: number | undefined;
}

/** No value before this much was seen; what is told soon after is doubted, see `doubt`. */
export const LEARN_MS = HOUR_MS;
export const LEARN_READINGS = 48;
/** Until then everything is learned: a day has to be seen as it is, and seen again. Afterwards the gate holds. */
export const SETTLE_MS = 2 * DAY_MS;
/** Robust sigmas beyond which nothing is absorbed but for `GATED_WEIGHT`. Below the recommended limit of 7. */
export const GATE_SIGMAS = 5;
/** Share of the usual pace at which a block beyond the gate is learned: at most 0.2 sigmas of a level an hour. */
export const GATED_WEIGHT = 0.05;
export const ADOPT_MS = 7 * DAY_MS;
/** The level without a pattern, and all spreads, remember about this long. */
export const LEVEL_MEMORY_MS = 3 * DAY_MS;
/** Ten days of an hour of the day, ten weeks of an hour of the week. */
export const VISITS_MAX = 10;
/** Readings are folded into the pattern by blocks of local time. */
export const BLOCK_MS = HOUR_MS;
/** So many readings of a block, evenly spread, stand for all of it. */
export const SAMPLE_MAX = 15;
/** Values are cut off here: a channel that never moved gives a number, not infinity. */
export const SIGMAS_MAX = 99;
/** Spans whose mean is watched beside the single reading, in blocks: small departures that last. */
export const SPANS_BLOCKS: readonly number[] = [2, 6, 24];

/** A config with its defaults, counted in blocks. */
export interface BaselinePlan {
  readonly utcOffsetMs: number;
  readonly blockMs: number;
  /** Blocks of a day; 0: blocks do not divide the day, so that no pattern can be seen. */
  readonly perDay: number;
  readonly dayBlocks: number;
  /** Every so many-th reading of a block enters the sample. */
  readonly sampleEvery: number;
  readonly learnBlocks: number;
  readonly settleBlocks: number;
  readonly adoptBlocks: number;
  readonly memoryBlocks: number;
  readonly visitsMax: number;
}

const BLOCKS_MIN = 12;

export function planOf(config: BaselineConfig, ctx: FeatureContext): BaselinePlan {
  const everyMs = Math.max(1, ctx.expectedEveryMs);
  const blockMs = Math.max(BLOCK_MS, everyMs);
  const perBlock = Math.max(1, Math.round(blockMs / everyMs));
  const blocks = (ms: number): number => Math.max(1, Math.ceil(ms / blockMs));
  return {
    utcOffsetMs: ctx.utcOffsetMs,
    blockMs,
    perDay: DAY_MS % blockMs === 0 && blockMs < DAY_MS ? DAY_MS / blockMs : 0,
    dayBlocks: blocks(DAY_MS),
    sampleEvery: Math.max(1, Math.ceil(perBlock / SAMPLE_MAX)),
    learnBlocks: Math.max(blocks(config.learnMs ?? LEARN_MS), Math.ceil(LEARN_READINGS / perBlock)),
    settleBlocks: Math.max(blocks(SETTLE_MS), BLOCKS_MIN),
    adoptBlocks: Math.max(blocks(config.adoptMs ?? ADOPT_MS), BLOCKS_MIN),
    memoryBlocks: Math.max(blocks(LEVEL_MEMORY_MS), BLOCKS_MIN),
    visitsMax: config.visitsMax ?? VISITS_MAX,
  };
}

/**
 * A young baseline is doubted: sigmas are stretched by the root of what is missing to `fullBlocks` seen, since an hour
 * does not show what a day may bring.
 */
export const doubt = (blocks: number, fullBlocks: number): number =>
  Math.max(1, Math.sqrt(fullBlocks / Math.max(1, blocks)));
