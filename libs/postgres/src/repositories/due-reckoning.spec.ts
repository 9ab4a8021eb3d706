import { REGIME_DATA, ZHENGZHOU, type RegimeTimeline } from '@anmai/lifecycle';
import { reckoner, type DueSource } from './due-reckoning';

const TODAY = '2026-11-22';
const RULES: RegimeTimeline = [{ from: '2026-01-01', ruleSet: ZHENGZHOU }];
const source = (id: string, over: Partial<DueSource> = {}): DueSource => ({
  ...{ id, orgId: 'city', path: ['city'], district: '', street: '', lastAt: null },
  file: {
    ...{ use: 'dwelling', ownership: 'multiOwner', yearBuilt: { kind: 'exact', year: 1985 } },
    ...{ designLifeYears: 50, precastSlabs: 'no', businessUse: 'no' },
  },
  ...over,
});

it('a building that cannot be reckoned is not known, and the next one is reckoned', () => {
  const dueOf = reckoner(TODAY, 0);
  const beyondAllDates = source('odd', { lastAt: 9e15 });
  expect(dueOf(beyondAllDates, RULES)).toEqual({
    due: { kind: 'unknown', missing: REGIME_DATA, mayBeDueOn: TODAY },
    lastOn: null,
  });
  expect(dueOf(source('b1'), RULES).due).toMatchObject({ kind: 'dated', dueOn: '2026-12-31' });
});
