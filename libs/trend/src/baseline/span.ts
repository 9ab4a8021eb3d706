import { doubt, GATE_SIGMAS } from './config';
import { learnReach, NO_REACH, sigmaOf, type Reach } from './reach';
import { learnUsual, NOTHING_USUAL, type Usual } from './usual';

/** The mean of the last blocks beside what such means usually are, in the sensor's unit away from the pattern. */
export interface Span {
  readonly usual: Usual;
  readonly reach: Reach;
  /** Of the newest mean, in robust sigmas; null while learning. */
  readonly value: number | null;
  /** Newest mean minus the usual one, and the scale that `value` was made with. */
  readonly away: number;
  readonly scale: number;
}
export const NEW_SPAN: Span = { usual: NOTHING_USUAL, reach: NO_REACH, value: null, away: 0, scale: 0 };

/** A span speaks after so many of its lengths, and is doubted until `FULL_LENGTHS`. */
const LEARN_LENGTHS = 2;
const FULL_LENGTHS = 5;
/** A mean over a span is steadier than one reading, but never trusted below this part of its sigma. */
const FLOOR_SHARE = 0.02;
/** What has passed is not told for as long as the span is: the newest block and all shorter spans go half of the way. */
const FRESH_SHARE = 0.5;
const MEMORY_FACTOR = 3;

/** What all spans are given of the block that was closed. */
export interface SpanBlock {
  /** Mean departure from the pattern of each of the last blocks, newest last; null: nothing was seen. */
  readonly recent: readonly (number | null)[];
  readonly sigma: number;
  readonly weight: number;
  readonly settled: boolean;
  readonly memoryBlocks: number;
}

/** `shorter`: the spans of fewer blocks, after the same block. */
export function learnSpan(span: Span, length: number, block: SpanBlock, shorter: readonly Span[]): Span {
  const mean = meanOfLast(block.recent, length);
  if (mean === null) return span.value === null ? span : { ...span, value: null };
  const { usual, reach } = span;
  const away = mean - usual.mean;
  const sigma = sigmaOf(usual.spread, reach, FLOOR_SHARE * block.sigma);
  const scale = sigma * doubt(usual.n, FULL_LENGTHS * length);
  const departure = usual.n >= LEARN_LENGTHS * length ? away / scale : null;
  const beyond = block.settled && departure !== null && Math.abs(departure) >= GATE_SIGMAS;
  const newest = (block.recent.at(-1) ?? usual.mean) - usual.mean;
  const goesAlong = (each: number): boolean => each * Math.sign(away) >= FRESH_SHARE * Math.abs(away);
  const isFresh = goesAlong(newest) && shorter.every(each => goesAlong(each.away));
  return {
    usual: learnUsual(usual, mean, MEMORY_FACTOR * block.memoryBlocks, block.weight, sigma),
    reach: usual.n < length ? reach : learnReach(reach, Math.abs(away), beyond, length),
    value: departure === null ? null : isFresh ? departure : 0,
    away,
    scale,
  };
}

/** Null when the last blocks are not that many, or less than half of them were seen. */
function meanOfLast(recent: readonly (number | null)[], length: number): number | null {
  if (recent.length < length) return null;
  let sum = 0;
  let seen = 0;
  for (let i = recent.length - length; i < recent.length; i++) {
    const value = recent[i]!;
    if (value === null) continue;
    sum += value;
    seen++;
  }
  return seen * 2 >= length && seen > 0 ? sum / seen : null;
}
