import { readFileSync } from 'node:fs';
import { AppError } from '@anmai/kernel';
import type { Quality } from '@anmai/readings';
import { attenuatedSignalTest, type SpreadMeasure } from './qartod/attenuated-signal';
import { densityInversionTest } from './qartod/density-inversion';
import { flatLineTest } from './qartod/flat-line';
import { grossRangeTest, type Span } from './qartod/gross-range';
import { rateOfChangeTest } from './qartod/rate-of-change';
import { rollUp } from './qartod/roll-up';
import { spikeTest, type SpikeMethod } from './qartod/spike';

/**
 * Recorded cases of the QARTOD reference suite. Beside the project; without them this file fails, it never
 * skips.
 */
const VECTORS = new URL('../../../../shared/data/vectors/qartod_vectors.json', import.meta.url);

interface Vector {
  readonly test: string;
  readonly fn: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly flags?: readonly Quality[];
  readonly raises?: string;
}
const vectors = (JSON.parse(readFileSync(VECTORS, 'utf8')) as { vectors: Vector[] }).vectors;

type Args = Readonly<Record<string, unknown>>;
/** null, or null in a list of its own, stands for a masked value. */
const values = (input: unknown): number[] =>
  Array.isArray(input) ? input.map(v => (typeof v === 'number' ? v : NaN)) : (input as number[]);
/** ISO without zone is UTC; numbers are seconds. */
const times = (input: unknown): number[] =>
  (input as (string | number)[]).map(t => (typeof t === 'number' ? t * 1_000 : Date.parse(`${t}Z`)));
/** Given as is, whatever its type: the refusals are part of what is compared. */
const given = <T>(input: unknown): T | undefined => (input ?? undefined) as T | undefined;
const needed = <T>(input: unknown): T => input as T;

const TESTS: Readonly<Record<string, (k: Args, args: readonly unknown[]) => Quality[]>> = {
  gross_range_test: k =>
    grossRangeTest(values(k.inp), {
      failSpan: needed<Span>(k.fail_span),
      suspectSpan: given<Span>(k.suspect_span),
    }),
  spike_test: k =>
    spikeTest(values(k.inp), {
      suspectThreshold: given(k.suspect_threshold),
      failThreshold: given(k.fail_threshold),
      method: given<SpikeMethod>(k.method),
    }),
  rate_of_change_test: k =>
    rateOfChangeTest(values(k.inp), times(k.tinp), {
      threshold: needed(k.threshold),
      failThreshold: given(k.fail_threshold),
    }),
  flat_line_test: k =>
    flatLineTest(values(k.inp), times(k.tinp), {
      suspectThreshold: needed(k.suspect_threshold),
      failThreshold: needed(k.fail_threshold),
      tolerance: needed(k.tolerance),
    }),
  attenuated_signal_test: k =>
    attenuatedSignalTest(values(k.inp), times(k.tinp), {
      suspectThreshold: needed(k.suspect_threshold),
      failThreshold: needed(k.fail_threshold),
      checkType: given<SpreadMeasure>(k.check_type),
      testPeriod: given(k.test_period),
      minObs: given(k.min_obs),
      minPeriod: given(k.min_period),
    }),
  density_inversion_test: k =>
    densityInversionTest(values(k.inp), values(k.zinp), {
      suspectThreshold: given(k.suspect_threshold),
      failThreshold: given(k.fail_threshold),
    }),
  qartod_compare: (_k, [rows]) => {
    const lists = rows as Quality[][];
    return (lists[0] ?? []).map((_flag, i) => rollUp(lists.map(list => list[i] ?? 9)));
  },
};

/** Tests of the reference that this lib has not got: listed here so that the list is seen. */
const NOT_YET: readonly string[] = [
  'climatology_test',
  'location_test',
  'speed_test',
  'pressure_increasing_test',
];

it('has vectors, each of a test that is known or named as not yet there', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(56);
  const strange = vectors.filter(({ fn }) => TESTS[fn] === undefined && !NOT_YET.includes(fn));
  expect(strange.map(({ fn }) => fn)).toEqual([]);
});

const runnable = vectors.filter(({ fn }) => TESTS[fn] !== undefined);

it.each(
  runnable.map((vector, i) => [`${i} ${vector.fn} (${vector.test.split('::').at(-1)})`, vector] as const),
)('vector %s', (_name, { fn, args, kwargs, flags, raises }) => {
  const run = () => TESTS[fn]?.(kwargs, args);
  if (raises === undefined) {
    expect(run()).toEqual(flags);
    return;
  }
  expect(run).toThrow(AppError);
  expect(run).toThrow(/quality configuration cannot be used/);
});
