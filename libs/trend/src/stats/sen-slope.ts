import { median } from './order';

/** A line through an evenly spaced series. `slope` per step, `intercept` at the first place. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** A missing value keeps its place, so that those around it stay as far apart as they were. */
export type Gapped = readonly (number | null)[];

/**
 * Sen's slope (1968): the median of the slopes of all pairs; the intercept puts the line through the medians of place
 * and value (Conover 1980). NaN with fewer than two values.
 */
export function senSlope(values: Gapped): Line {
  return lineThroughMedians(values, median(pairSlopes(values)), 1);
}

/**
 * Sen's slope from pairs of the same season only (Hirsch, Slack and Smith 1982). `period`: steps in a cycle. The slope is
 * per cycle, the intercept at the first place.
 */
export function seasonalSenSlope(values: Gapped, period: number): Line {
  const slopes = seasonsOf(values, period).flatMap(pairSlopes);
  return lineThroughMedians(values, median(slopes), period);
}

/** The series of each season of a cycle of `period` steps. */
export const seasonsOf = (values: Gapped, period: number): Gapped[] =>
  Array.from({ length: period }, (_, season) => values.filter((_value, i) => i % period === season));

function pairSlopes(values: Gapped): number[] {
  const slopes: number[] = [];
  values.forEach((first, i) => {
    if (first === null) return;
    for (let j = i + 1; j < values.length; j++) {
      const second = values[j]!;
      if (second !== null) slopes.push((second - first) / (j - i));
    }
  });
  return slopes;
}

function lineThroughMedians(values: Gapped, slope: number, period: number): Line {
  const places = values.flatMap((value, i) => (value === null ? [] : [i]));
  const intercept = median(withoutGaps(values)) - (median(places) / period) * slope;
  return { slope, intercept };
}

export const withoutGaps = (values: Gapped): number[] => values.filter(value => value !== null);
