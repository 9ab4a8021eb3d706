/** What the city is measured by (城市体检 indicators of buildings). */
export const CITY_KEYS = [
  'withFile',
  'checkedInTime',
  'hazardsInTime',
  'cdWatched',
  'cdResolved',
  'sensorsOnline',
  'alarmsInTime',
  'moneyUsed',
  'insured',
] as const;
export type CityKey = (typeof CITY_KEYS)[number];

export interface IndicatorSpec {
  readonly key: CityKey;
  /** `state`: as things stand at one instant, kept when a month ends. `flow`: what happened, known for any month. */
  readonly kind: 'state' | 'flow';
  readonly unit: 'count' | 'fen';
  /** Share that is aimed at; a proposal, to be set by the city. */
  readonly target: number;
}

export const CITY_SPECS: readonly IndicatorSpec[] = [
  { key: 'withFile', kind: 'state', unit: 'count', target: 1 },
  { key: 'checkedInTime', kind: 'state', unit: 'count', target: 0.95 },
  { key: 'hazardsInTime', kind: 'flow', unit: 'count', target: 0.95 },
  { key: 'cdWatched', kind: 'state', unit: 'count', target: 1 },
  { key: 'cdResolved', kind: 'flow', unit: 'count', target: 0.5 },
  { key: 'sensorsOnline', kind: 'state', unit: 'count', target: 0.95 },
  { key: 'alarmsInTime', kind: 'flow', unit: 'count', target: 0.95 },
  { key: 'moneyUsed', kind: 'flow', unit: 'fen', target: 0.6 },
  { key: 'insured', kind: 'state', unit: 'count', target: 0.8 },
];

/** An alarm is handled in time when somebody has acknowledged it within so long. A proposal. */
export const ALARM_IN_TIME_MS = 10 * 60_000;

/** Numerator of denominator, of one district ('' where none is on file). */
export interface DistrictCount {
  readonly district: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** `share` null with `noData`: nothing was counted, which is no good figure. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
  readonly share: number | null;
  readonly status: 'met' | 'missed' | 'noData';
}

export const NO_SHARE: Share = { numerator: 0, denominator: 0, share: null, status: 'noData' };

export function shareOf(numerator: number, denominator: number, target: number): Share {
  if (denominator <= 0) return NO_SHARE;
  const share = numerator / denominator;
  return { numerator, denominator, share, status: share >= target ? 'met' : 'missed' };
}

export interface Indicator extends Share {
  readonly spec: IndicatorSpec;
  readonly districts: readonly (Share & { readonly district: string })[];
}

/** The indicator over all districts and of each. `counts` null: there is no record to count from. */
export function indicatorOf(spec: IndicatorSpec, counts: readonly DistrictCount[] | null): Indicator {
  const all = counts ?? [];
  const sum = (of: (count: DistrictCount) => number): number =>
    all.reduce((total, count) => total + of(count), 0);
  return {
    spec,
    ...shareOf(
      sum(count => count.numerator),
      sum(count => count.denominator),
      spec.target,
    ),
    districts: all
      .filter(count => count.denominator > 0)
      .map(({ district, numerator, denominator }) => ({
        district,
        ...shareOf(numerator, denominator, spec.target),
      }))
      .sort((a, b) => (a.district < b.district ? -1 : 1)),
  };
}

/** `93.4 %`, rounded down: 100 % is only what is whole, and what is no share is a dash. */
export function shareText(share: Pick<Share, 'numerator' | 'denominator' | 'share'>): string {
  if (share.share === null) return '—';
  const tenths = Number((BigInt(share.numerator) * 1000n) / BigInt(share.denominator));
  return `${Math.floor(tenths / 10)}.${tenths % 10} %`;
}
