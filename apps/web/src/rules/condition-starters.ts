import type { Condition, ConditionType, ThresholdLimit } from '@anmai/alarms';
import type { LimitSource } from '@anmai/catalog';

export const CONDITION_TYPES: readonly ConditionType[] = [
  'threshold',
  'rate',
  'trend',
  'forecast',
  'changepoint',
  'baseline',
  'nightFlow',
  'flatLine',
  'quality',
  'noData',
  'composite',
];

/** One level without a figure: figures are for people to give, and the server says where one is missing. */
const OPEN: readonly ThresholdLimit[] = [{ severity: 'yellow' }];

/** A condition of a type to begin with; what an earlier one has of the same sense is kept. */
export function starterOf(type: ConditionType, before?: Condition): Condition {
  const limits = before !== undefined && 'limits' in before ? before.limits : OPEN;
  switch (type) {
    case 'rate':
      return { type, per: 'hour', window: { minutes: 15 }, limits };
    case 'trend':
      return { type, per: 'month', limits };
    case 'forecast':
      // The figure of the target is left open; a form can show that, the type of a finished rule cannot say it.
      return { type, per: 'minute', target: {} as { above: number }, limits };
    case 'flatLine':
      return { type, tolerance: 0, limits };
    case 'noData':
      return { type, after: { missed: 3 }, severity: 'yellow' };
    case 'composite':
      return { type, of: [], need: 'all', related: 'asset', withinSeconds: 900, severity: 'orange' };
    case 'threshold':
    case 'changepoint':
    case 'baseline':
    case 'nightFlow':
    case 'quality':
      return { type, limits };
  }
}

const REVIEW_AFTER_MS = 182 * 86_400_000;
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A source of a kind to begin with; an assumption is to be looked at again after half a year. */
export function sourceOf(kind: LimitSource['kind'], nowMs: number): LimitSource {
  switch (kind) {
    case 'standard':
      return { kind, ref: '', clause: '' };
    case 'engineer':
      return { kind, name: '', signedOn: day(nowMs) };
    case 'assumption':
      return { kind, why: '', reviewBy: day(nowMs + REVIEW_AFTER_MS) };
  }
}
