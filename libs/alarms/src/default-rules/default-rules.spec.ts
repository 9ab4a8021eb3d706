import { ASSET_KINDS, DEFAULT_THRESHOLDS, findAssetKind, findQuantity, QUANTITIES } from '@anmai/catalog';
import { Directory } from '../directory';
import { ASSET, SENSOR } from '../testing/timeline';
import { DEFAULT_RULES, defaultRules, findDefaultRule, partsOf, ruleOfDefault } from '.';

const withUnit = DEFAULT_RULES.filter(({ condition }) => 'limits' in condition);
const asRule = (each: (typeof DEFAULT_RULES)[number]) => ({ ...ruleOfDefault(each), version: 1 });

describe('the default rules', () => {
  it('have ids of their own and both names', () => {
    const ids = DEFAULT_RULES.map(each => each.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, nameEn } of DEFAULT_RULES) {
      expect(name).toMatch(/[\u4e00-\u9fff]/);
      expect(nameEn).toMatch(/^[\x20-\x7e–]+$/);
    }
  });

  it('say where each limit comes from; what no standard backs, in Chinese and with a date to look again', () => {
    for (const { id, source } of DEFAULT_RULES) {
      if (source.kind === 'standard') expect([id, source.clause]).not.toEqual([id, '']);
      if (source.kind !== 'assumption') continue;
      expect([id, source.why]).toEqual([id, expect.stringMatching(/[\u4e00-\u9fff].{10}/)]);
      expect([id, source.reviewBy]).toEqual([id, '2027-05-31']);
    }
  });

  it('take over the thresholds of the catalogue as they are', () => {
    for (const threshold of DEFAULT_THRESHOLDS) expect(findDefaultRule(threshold.id)).toBe(threshold);
  });

  it('are on known kinds and quantities, and leave no kind without any', () => {
    for (const { appliesTo } of DEFAULT_RULES) {
      if (appliesTo.quantity !== undefined) expect(findQuantity(appliesTo.quantity)).not.toBeNull();
      if (appliesTo.assetKind !== undefined) expect(findAssetKind(appliesTo.assetKind)).not.toBeNull();
    }
    // What is measured at each kind; a kind that nobody thought of fails here.
    const measured: Readonly<Record<string, string>> = {
      gas: 'gas.pressure gas.flow', water: 'water.pressure water.flow', drainage: 'drainage.level drainage.flow',
      weather: 'rain.intensity', structure: 'environment.temperature building.strain',
      heating: 'environment.temperature', building: 'building.tilt building.settlement building.crack',
    }; // prettier-ignore
    for (const { id, group } of ASSET_KINDS) {
      const quantities = (measured[group] ?? '').split(' ');
      const fitting = withUnit.filter(
        ({ appliesTo }) =>
          (appliesTo.assetKind ?? id) === id &&
          (appliesTo.assetKind === id || quantities.includes(appliesTo.quantity ?? '')),
      );
      expect([id, fitting.length > 0]).toEqual([id, true]);
    }
  });

  it.each([
    ['rate', 'trend', 'forecast', 'changepoint', 'baseline', 'nightFlow'],
    ['flatLine', 'quality', 'noData', 'composite', 'threshold'],
  ])('use the conditions %s, %s, %s, %s, %s …', (...types) => {
    const used = new Set<string>(DEFAULT_RULES.map(each => each.condition.type));
    expect(types.filter(type => !used.has(type))).toEqual([]);
  });

  it('can be used on a sensor of each quantity: no fault anywhere', () => {
    const directory = new Directory();
    for (const each of DEFAULT_RULES)
      directory.put({ kind: 'rule', op: 'put', id: each.id, value: asRule(each) });
    for (const { id: kind } of ASSET_KINDS) {
      for (const grade of ['C', 'D']) {
        directory.put({
          kind: 'asset',
          op: 'put',
          id: 'a1',
          value: { ...ASSET, kind, properties: { grade } },
        });
        for (const { id: quantity, unit } of QUANTITIES) {
          const { faults } = directory.watchesOn({ ...SENSOR, quantity, unit });
          expect([kind, quantity, faults]).toEqual([kind, quantity, []]);
        }
      }
    }
  });

  it('judge buildings of grade C and D, and D no later than C', () => {
    const limitsOf = (id: string): number[] => {
      const condition = findDefaultRule(id)?.condition;
      return condition !== undefined && 'limits' in condition
        ? condition.limits.map(limit => limit.above ?? limit.below ?? 0)
        : [];
    };
    for (const what of ['tilt-trend', 'settlement-trend', 'crack-trend']) {
      const [c, d] = [limitsOf(`building-${what}-c`), limitsOf(`building-${what}-d`)];
      expect(c.length).toBeGreaterThan(0);
      c.forEach((limit, i) => expect(d[i]).toBeLessThanOrEqual(limit));
    }
    // Days that are left: more of them is earlier.
    const [c, d] = [limitsOf('building-tilt-forecast-c'), limitsOf('building-tilt-forecast-d')];
    c.forEach((limit, i) => expect(d[i]).toBeGreaterThanOrEqual(limit));
  });
});

describe('composites among them', () => {
  const composites = DEFAULT_RULES.filter(each => partsOf(each).length > 0);

  it('ask about rules that exist and are no composites themselves', () => {
    expect(composites.length).toBeGreaterThan(8);
    for (const each of composites) {
      for (const part of partsOf(each)) {
        const found = findDefaultRule(part);
        expect([part, found?.condition.type ?? 'missing']).not.toEqual([part, 'missing']);
        expect(found?.condition.type).not.toBe('composite');
      }
    }
  });

  it('ask about severities that the part can have', () => {
    for (const { condition } of composites) {
      if (condition.type !== 'composite') continue;
      for (const { ruleId, minSeverity } of condition.of) {
        const part = findDefaultRule(ruleId)?.condition;
        const severities =
          part !== undefined && 'limits' in part ? part.limits.map(each => each.severity) : [];
        if (minSeverity !== undefined) expect(severities).toContain(minSeverity);
      }
    }
  });

  it('bring their parts with them, parts first', () => {
    expect(defaultRules(['water-burst']).map(each => each.id)).toEqual([
      'water-pressure-drop',
      'water-flow-high',
      'water-burst',
    ]);
    expect(defaultRules(['nothing'])).toEqual([]);
    expect(defaultRules()).toHaveLength(DEFAULT_RULES.length);
    const order = defaultRules().map(each => each.id);
    for (const each of composites)
      for (const part of partsOf(each)) expect(order.indexOf(part)).toBeLessThan(order.indexOf(each.id));
  });
});
