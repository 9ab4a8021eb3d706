import { HOUR_MS } from '@anmai/kernel';
import fc from 'fast-check';
import { chance, gaussian } from '../testing/chance';
import { companionFeature, LEARN_READINGS, type CompanionState } from './companion-feature';

type Row = readonly [value: number, companions: readonly number[]];

function run(rows: readonly Row[], names = ['temperature', 'load']) {
  const feature = companionFeature({ names });
  let state: CompanionState = feature.start;
  const residuals = rows.map(([value, companions], i) => {
    state = feature.step(state, i * HOUR_MS, value, companions);
    return feature.valueOf(state);
  });
  return { feature, state, residuals, explained: feature.explain(state) };
}

/** 5 + 2 x temperature - 0.5 x load, with noise of 0.1. */
function related(count: number, extra: (i: number) => number = () => 0): Row[] {
  const random = chance(3);
  return Array.from({ length: count }, (_, i): Row => {
    const temperature = 15 + 10 * Math.sin(i / 24) + gaussian(random);
    const load = 100 + 20 * gaussian(random);
    return [5 + 2 * temperature - 0.5 * load + 0.1 * gaussian(random) + extra(i), [temperature, load]];
  });
}

it('learns the relation and shows it', () => {
  const { explained } = run(related(2_000));
  expect(explained['per temperature']).toBeCloseTo(2, 1);
  expect(explained['per load']).toBeCloseTo(-0.5, 2);
  expect(explained['readings']).toBe(2_000);
});

it('is null while learning, and small afterwards although the value swings by fifty', () => {
  const { residuals } = run(related(1_000));
  expect(residuals.findIndex(each => each !== null)).toBe(LEARN_READINGS);
  expect(Math.max(...residuals.slice(200).map(each => Math.abs(each!)))).toBeLessThan(1);
});

it('a lasting offset stays visible for a thousand readings', () => {
  const { residuals } = run(related(2_000, i => (i >= 1_000 ? 3 : 0)));
  expect(Math.max(...residuals.slice(200, 1_000).map(each => Math.abs(each!)))).toBeLessThan(1);
  expect(Math.min(...residuals.slice(1_000).map(each => each!))).toBeGreaterThan(2);
});

it.each<[string, (row: Row) => Row]>([
  ['a companion that never moves', ([value, [temperature]]) => [value, [temperature!, 7]]],
  ['two companions that say the same', ([value, [temperature]]) => [value, [temperature!, temperature!]]],
  ['a constant value', ([, companions]) => [5, companions]],
])('%s divides by nothing', (_name, change) => {
  const { state, residuals } = run(related(500).map(change));
  expect(residuals.slice(LEARN_READINGS).every(each => Number.isFinite(each))).toBe(true);
  expect(state.coefficients.every(Number.isFinite)).toBe(true);
});

it('refuses no companion, too many, and a wrong number of values', () => {
  expect(() => companionFeature({ names: [] })).toThrow();
  expect(() => companionFeature({ names: ['a', 'b', 'c', 'd', 'e'] })).toThrow();
  const feature = companionFeature({ names: ['a'] });
  expect(() => feature.step(feature.start, 0, 1, [1, 2])).toThrow();
});

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

it('whatever comes: numbers are finite, and a state read back from JSON goes on alike', () => {
  const row = fc.tuple(finite, fc.tuple(finite, finite));
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 150 }), rows => {
      const { feature, state } = run(rows.slice(0, -1));
      const [value, companions] = rows.at(-1)!;
      const before = JSON.stringify(state);
      const next = feature.step(state, rows.length * HOUR_MS, value, companions);
      expect(JSON.stringify(state)).toBe(before);
      const readBack = JSON.parse(before) as CompanionState;
      const nextOfReadBack = feature.step(readBack, rows.length * HOUR_MS, value, companions);
      expect(JSON.stringify(nextOfReadBack)).toBe(JSON.stringify(next));
      expect([...next.coefficients, ...next.means, next.sigma, next.expected].every(Number.isFinite)).toBe(
        true,
      );
    }),
    { numRuns: 60 },
  );
});
