import { ID_PATTERN } from '@anmai/kernel';
import { findAssetKind } from './asset-kinds';
import { DEFAULT_THRESHOLDS, type DefaultThreshold } from './default-limits';
import { severityRank } from './limits';
import { conversionContext, findQuantity } from './quantities';
import { compileConversion } from './units';

const EACH = DEFAULT_THRESHOLDS.map(threshold => [threshold.id, threshold] as const);
const find = (id: string): DefaultThreshold => {
  const found = DEFAULT_THRESHOLDS.find(threshold => threshold.id === id);
  if (found === undefined) throw new Error(`no default ${id}`);
  return found;
};

describe.each(EACH)('%s', (id, { appliesTo, condition, source, name, nameEn }) => {
  it('watches something that exists, in a unit that measures it', () => {
    expect(id).toMatch(ID_PATTERN);
    const quantity = findQuantity(appliesTo.quantity);
    if (quantity === null) throw new Error(`unknown quantity ${appliesTo.quantity}`);
    expect(compileConversion(condition.unit, quantity.unit, conversionContext(quantity)).ok).toBe(true);
    if (appliesTo.assetKind !== undefined) expect(findAssetKind(appliesTo.assetKind)).not.toBeNull();
    expect(name).toMatch(/\p{Script=Han}/u);
    expect(nameEn).not.toBe('');
  });

  it('grows worse with the value and clears on the safe side of its border', () => {
    expect(condition.limits.length).toBeGreaterThan(0);
    for (const [i, level] of condition.limits.entries()) {
      if (level.above !== undefined) expect(level.clearBelow).toBeLessThan(level.above);
      if (level.below !== undefined) expect(level.clearAbove).toBeGreaterThan(level.below);
      expect(level.above ?? level.below).toBeDefined();
      const milder = condition.limits[i - 1];
      if (milder === undefined) continue;
      expect(severityRank(level.severity)).toBeGreaterThan(severityRank(milder.severity));
      if (level.above !== undefined) expect(level.above).toBeGreaterThan(milder.above ?? Infinity);
      if (level.below !== undefined) expect(level.below).toBeLessThan(milder.below ?? -Infinity);
    }
  });

  it('raises on values that its own sensor may report', () => {
    const quantity = findQuantity(appliesTo.quantity);
    const back = compileConversion(condition.unit, quantity?.unit ?? '', conversionContext(quantity!));
    for (const level of condition.limits) {
      const border = back.ok ? back.value(level.above ?? level.below ?? NaN) : NaN;
      expect(border).toBeGreaterThanOrEqual(quantity?.range?.min ?? -Infinity);
      expect(border).toBeLessThanOrEqual(quantity?.range?.max ?? Infinity);
    }
  });

  it('says where it comes from', () => {
    if (source.kind === 'assumption') {
      expect(source.reviewBy).toBe('2027-05-31');
      // Shown to operators as it stands: Chinese, and more than a word.
      expect(source.why).toMatch(/[\u4e00-\u9fff]/);
      expect(source.why.length).toBeGreaterThan(12);
    } else {
      // Only this clause was seen in full; another one has to be added here by someone who has read it.
      expect(source).toEqual({ kind: 'standard', ref: 'GB/T 50493-2019', clause: '5.5.2' });
    }
  });
});

it('has each id once', () => {
  expect(new Set(DEFAULT_THRESHOLDS.map(threshold => threshold.id)).size).toBe(DEFAULT_THRESHOLDS.length);
});

it.each([
  ['gas-adjacent', ['yellow 20', 'orange 50', 'red 100'], '%LEL', 'assumption'],
  ['gas-station', ['orange 25', 'red 50'], '%LEL', 'standard'],
  ['oxygen-high', ['orange 23.5'], '%VOL', 'standard'],
  ['oxygen-low', ['orange 19.5'], '%VOL', 'standard'],
  ['h2s', ['orange 10', 'red 20'], 'mg/m3', 'assumption'],
  ['ponding', ['blue 3', 'yellow 10', 'orange 15', 'red 25'], 'cm', 'assumption'],
  ['water-end-pressure', ['orange 0.14'], 'MPa', 'assumption'],
  ['building-tilt', ['yellow 10', 'orange 14', 'red 20'], 'mm/m', 'assumption'],
])('%s stays at %j', (id, levels, unit, kind) => {
  const { condition, source } = find(id);
  expect(condition.limits.map(level => `${level.severity} ${level.above ?? level.below}`)).toEqual(levels);
  expect(condition.unit).toBe(unit);
  expect(source.kind).toBe(kind);
});

it('never delays a gas alarm', () => {
  for (const { appliesTo, condition } of DEFAULT_THRESHOLDS) {
    if (appliesTo.quantity.startsWith('gas.')) expect(condition.raiseAfter).toEqual({ samples: 1 });
  }
});
