import type { Quality } from '@anmai/readings';
import { refuse, type QualityFault } from './config-fault';

/** Two ends, in any order; both belong to the span. */
export type Span = readonly [number, number];

export interface GrossRangeConfig {
  /** Outside is bad. */
  readonly failSpan: Span;
  /** Outside is suspect; has to lie within `failSpan`. */
  readonly suspectSpan?: Span | undefined;
}

const low = (span: Span): number => Math.min(span[0], span[1]);
const high = (span: Span): number => Math.max(span[0], span[1]);

/** QARTOD test 4. NaN is missing. Throws QLT-001 for spans that are no spans, or do not nest. */
export function grossRangeTest(values: readonly number[], config: GrossRangeConfig): Quality[] {
  refuse(grossRangeFaults(config));
  const { failSpan, suspectSpan = failSpan } = config;
  const [failLow, failHigh] = [low(failSpan), high(failSpan)];
  const [suspectLow, suspectHigh] = [low(suspectSpan), high(suspectSpan)];
  return values.map(value => {
    if (!Number.isFinite(value)) return 9;
    if (value < failLow || value > failHigh) return 4;
    return value < suspectLow || value > suspectHigh ? 3 : 1;
  });
}

function grossRangeFaults({ failSpan, suspectSpan }: GrossRangeConfig): QualityFault[] {
  const faults = spanFaults('failSpan', failSpan);
  if (suspectSpan === undefined) return faults;
  faults.push(...spanFaults('suspectSpan', suspectSpan));
  if (faults.length > 0) return faults;
  const nested = low(suspectSpan) >= low(failSpan) && high(suspectSpan) <= high(failSpan);
  return nested ? [] : [{ at: 'suspectSpan', message: 'must lie within failSpan' }];
}

function spanFaults(at: string, span: unknown): QualityFault[] {
  const whole = Array.isArray(span) && span.length === 2 && span.every(Number.isFinite);
  return whole ? [] : [{ at, message: 'must be two finite numbers' }];
}
