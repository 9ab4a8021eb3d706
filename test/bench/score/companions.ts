import { companionFeature, COMPANIONS_MAX } from '@anmai/trend';
import type { Millis } from '@anmai/kernel';

/** Channels less related than this are no companions. */
const CORRELATION_MIN = 0.3;

/** A channel of a table: one value a row. */
export interface Channel {
  readonly name: string;
  readonly values: readonly number[];
}

/**
 * What is left of each channel once the channels most related to it are accounted for; null while learning. Companions are
 * chosen by their correlation over the first `learnRows`. A channel without a companion is left out.
 */
export function residualsOf(
  channels: readonly Channel[],
  at: readonly Millis[],
  learnRows: number,
): readonly (readonly (number | null)[])[] {
  return channels.flatMap(channel => {
    const companions = companionsOf(channel, channels, learnRows);
    if (companions.length === 0) return [];
    const feature = companionFeature({ names: companions.map(({ name }) => name) });
    let state = feature.start;
    const residuals = channel.values.map((value, row) => {
      state = feature.step(
        state,
        at[row]!,
        value,
        companions.map(({ values }) => values[row]!),
      );
      return feature.valueOf(state);
    });
    return [residuals];
  });
}

function companionsOf(channel: Channel, channels: readonly Channel[], rows: number): readonly Channel[] {
  return channels
    .filter(other => other !== channel)
    .map(other => ({ other, r: Math.abs(correlation(channel.values, other.values, rows)) }))
    .filter(({ r }) => r > CORRELATION_MIN)
    .sort((a, b) => b.r - a.r)
    .slice(0, COMPANIONS_MAX)
    .map(({ other }) => other);
}

/** Of the first `rows` values; 0 where one of both never moves. */
function correlation(a: readonly number[], b: readonly number[], rows: number): number {
  const mean = (list: readonly number[]): number => list.slice(0, rows).reduce((sum, x) => sum + x, 0) / rows;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    both += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return squaresA * squaresB === 0 ? 0 : both / Math.sqrt(squaresA * squaresB);
}
