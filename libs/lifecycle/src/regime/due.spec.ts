import fc from 'fast-check';
import { addDays, addMonths, addYears, dateAt, type CalendarDate } from './calendar-date';
import { dueState, regimeDue, type RegimeDue } from './due';
import { UNKNOWN_FACTS, type RegimeFacts } from './facts';
import type { RegimeRuleSet, RegimeTimeline } from './rule-set';
import { BLANK, CHANGSHA, NANTONG, ZHENGZHOU } from './rule-sets';

const TODAY = '2026-11-28';
const since = (ruleSet: RegimeRuleSet, from = '2026-01-01'): RegimeTimeline => [{ from, ruleSet }];
const house = (over: Partial<RegimeFacts> & { year?: number }): RegimeFacts => {
  const { year, ...rest } = over;
  return {
    ...{
      use: 'housing',
      ownership: 'multiOwner',
      isCrowded: false,
      hasPrefabSlabs: false,
      isBusinessUse: false,
    },
    ...{ businessSince: null, builtOn: null, designLifeYears: 50, lastRegularOn: null },
    built: year === undefined ? null : { from: year, to: year },
    ...rest,
  };
};
/** `state from..on`, or the state alone. */
const told = (due: RegimeDue, today = TODAY): string => {
  const state = dueState(due, today);
  return due.kind === 'dated' ? `${state} ${due.dueFrom}..${due.dueOn}` : state;
};
const row = (due: RegimeDue): string => (due.kind === 'dated' ? due.rowId : due.kind);

describe('Zhengzhou (draft)', () => {
  it.each<[string, Partial<RegimeFacts> & { year?: number }, string, string]>([
    ['first round 2026: up to 1985', { year: 1985 }, 'housing-30', 'due 2026-01-01..2026-12-31'],
    ['first round 2026: beyond its design life', { year: 1970 }, 'housing-beyond-life', 'due 2026-01-01..2026-12-31'],
    ['first round 2027: 1986', { year: 1986 }, 'housing-30', 'dueSoon 2027-01-01..2027-12-31'],
    ['first round 2027: 1990', { year: 1990 }, 'housing-30', 'dueSoon 2027-01-01..2027-12-31'],
    ['first round 2028: 1991', { year: 1991 }, 'housing-30', 'later 2028-01-01..2028-12-31'],
    ['first round 2028: 1995', { year: 1995 }, 'housing-30', 'later 2028-01-01..2028-12-31'],
    ['30 years this year: a year for the first one', { year: 1996 }, 'housing-30', 'due 2026-01-01..2027-01-01'],
    ['below 30 years, but soon to come under the rule', { year: 1997 }, 'housing-30', 'dueSoon 2027-01-01..2028-01-01'],
    ['below 30 years: exempt until then', { year: 1998 }, 'housing-30', 'exempt 2028-01-01..2029-01-01'],
    ['young: exempt', { year: 2015 }, 'housing-30', 'exempt 2045-01-01..2046-01-01'],
    ['again after ten years, save that its life ends before', { year: 1985, lastRegularOn: '2026-05-10' }, 'housing-beyond-life', 'later 2035-01-02..2035-01-02'],
    ['again after ten years, well within its life', { year: 1995, lastRegularOn: '2026-05-10' }, 'housing-30', 'later 2036-04-10..2036-05-10'],
    ['beyond its life again after five', { year: 1970, lastRegularOn: '2024-03-01' }, 'housing-beyond-life', 'later 2029-01-30..2029-03-01'],
    ['no housing, beyond its life', { year: 1970, use: 'public' }, 'other-beyond-life', 'due 2026-01-01..2027-01-01'],
    ['no housing, beyond its life, again after two', { year: 1970, use: 'industrial', lastRegularOn: '2024-11-01' }, 'other-beyond-life', 'overdue 2026-10-02..2026-11-01'],
  ])('%s', (_name, facts, rowId, expected) => {
    const due = regimeDue(since(ZHENGZHOU), house(facts), TODAY);
    expect([row(due), told(due)]).toEqual([rowId, expected]);
  }); // prettier-ignore

  it('says nothing of other buildings within their design life', () => {
    const due = regimeDue(since(ZHENGZHOU), house({ use: 'public', year: 1990 }), TODAY);
    expect(dueState(due, TODAY)).toBe('uncovered');
  });
});

describe('Changsha (trial)', () => {
  it.each<[string, Partial<RegimeFacts> & { year?: number }, string, string]>([
    ['public above 25, again after five', { use: 'public', ownership: 'single', year: 1995, lastRegularOn: '2022-01-15' }, 'public-25', 'dueSoon 2026-12-16..2027-01-15'],
    ['public beyond its life, again after two', { use: 'public', ownership: 'single', year: 1970, lastRegularOn: '2025-06-30' }, 'public-beyond-life', 'later 2027-05-31..2027-06-30'],
    ['public up to 25: exempt', { use: 'public', ownership: 'single', year: 2003 }, 'public-25', 'exempt 2028-01-02..2029-01-02'],
    ['housing of many above 25, again after ten', { year: 1998, lastRegularOn: '2020-01-01' }, 'multi-25', 'later 2029-12-02..2030-01-01'],
    ['housing of many beyond its life, again after five', { year: 1971, lastRegularOn: '2020-01-01' }, 'multi-beyond-life', 'overdue 2026-01-01..2026-01-01'],
    ['housing of many, young', { year: 2010 }, 'multi-25', 'exempt 2035-01-02..2036-01-02'],
    ['self-built business, before use: at once', { ownership: 'selfBuilt', isBusinessUse: true, year: 2015 }, 'self-business', 'overdue 2026-01-01..2026-01-01'],
    ['self-built business that is to open', { ownership: 'selfBuilt', isBusinessUse: true, businessSince: '2027-03-01', year: 2015 }, 'self-business', 'dueSoon 2027-01-30..2027-03-01'],
    ['self-built business, again after five', { ownership: 'selfBuilt', isBusinessUse: true, year: 2015, lastRegularOn: '2024-04-01' }, 'self-business', 'later 2029-03-02..2029-04-01'],
    ['self-built business above 25, again after two', { ownership: 'selfBuilt', isBusinessUse: true, year: 1995, lastRegularOn: '2024-04-01' }, 'self-business-25', 'overdue 2026-03-02..2026-04-01'],
    ['self-built private above 25', { ownership: 'selfBuilt', year: 1990, lastRegularOn: '2019-06-01' }, 'self-25', 'later 2029-05-02..2029-06-01'],
    ['self-built private beyond its life', { ownership: 'selfBuilt', year: 1970, lastRegularOn: '2024-06-01' }, 'self-beyond-life', 'later 2029-05-02..2029-06-01'],
    ['self-built private, young', { ownership: 'selfBuilt', year: 2010 }, 'self-25', 'exempt 2035-01-02..2036-01-02'],
  ])('%s', (_name, facts, rowId, expected) => {
    const due = regimeDue(since(CHANGSHA), house(facts), TODAY);
    expect([row(due), told(due)]).toEqual([rowId, expected]);
  }); // prettier-ignore
});

describe('Nantong (trial)', () => {
  it.each<[string, Partial<RegimeFacts> & { year?: number }, string, string]>([
    ['crowded place above 25, again after five', { use: 'public', ownership: 'single', isCrowded: true, year: 1995, lastRegularOn: '2021-12-20' }, 'crowded-25', 'due 2026-11-20..2026-12-20'],
    ['crowded place, young: exempt', { use: 'public', ownership: 'single', isCrowded: true, year: 2005 }, 'crowded-25', 'exempt 2030-01-02..2031-01-02'],
    ['housing above 25, again after ten', { year: 1995, lastRegularOn: '2020-02-29' }, 'housing-25', 'later 2030-01-29..2030-02-28'],
    ['many households under precast slabs, again after five', { year: 1995, hasPrefabSlabs: true, lastRegularOn: '2020-02-29' }, 'multi-prefab-25', 'overdue 2026-01-01..2026-01-01'],
    ['housing, young: exempt', { year: 2005 }, 'housing-25', 'exempt 2030-01-02..2031-01-02'],
    ['self-built business, again after five', { ownership: 'selfBuilt', isBusinessUse: true, year: 2015, lastRegularOn: '2023-01-01' }, 'self-business', 'later 2027-12-02..2028-01-01'],
    ['self-built business above 25, again after two', { ownership: 'selfBuilt', isBusinessUse: true, year: 1990, lastRegularOn: '2025-01-01' }, 'self-business-25', 'dueSoon 2026-12-02..2027-01-01'],
  ])('%s', (_name, facts, rowId, expected) => {
    const due = regimeDue(since(NANTONG), house(facts), TODAY);
    expect([row(due), told(due)]).toEqual([rowId, expected]);
  }); // prettier-ignore
});

it('blank rules say nothing of any building, which is not "exempt"', () => {
  expect(regimeDue(since(BLANK), house({ year: 1950 }), TODAY)).toEqual({ kind: 'uncovered' });
  expect(regimeDue([], house({ year: 1950 }), TODAY)).toEqual({ kind: 'uncovered' });
});

describe('what is not known', () => {
  it.each<[string, RegimeRuleSet, Partial<RegimeFacts> & { year?: number }, string, readonly string[]]>([
    ['the year alone', ZHENGZHOU, {}, 'unknown', ['built']],
    ['everything', NANTONG, { ...UNKNOWN_FACTS }, 'unknown', ['use', 'ownership', 'isCrowded', 'isBusinessUse', 'built']],
    ['a range across the border', ZHENGZHOU, { built: { from: 1994, to: 1999 } }, 'unknown', ['built']],
    ['a range that is young at both ends', ZHENGZHOU, { built: { from: 2005, to: 2010 } }, 'exempt 2035-01-01..2036-01-01', ['built']],
    ['a range within one round', ZHENGZHOU, { built: { from: 1981, to: 1984 } }, 'due 2026-01-01..2026-12-31', []],
    ['a range across two rounds: the earlier one', ZHENGZHOU, { built: { from: 1984, to: 1988 } }, 'due 2026-01-01..2026-12-31', ['built']],
    ['precast slabs that decide', NANTONG, { year: 1995, hasPrefabSlabs: null, lastRegularOn: '2023-01-01' }, 'later 2027-12-02..2028-01-01', ['hasPrefabSlabs']],
    ['precast slabs that do not', NANTONG, { year: 2015, hasPrefabSlabs: null, ownership: 'single' }, 'exempt 2040-01-02..2041-01-02', []],
    ['the use, of an old building', ZHENGZHOU, { year: 1970, use: null, lastRegularOn: '2026-01-10' }, 'later 2027-12-11..2028-01-10', ['use']],
    ['business use that decides whether at all', CHANGSHA, { ownership: 'selfBuilt', year: 2010, isBusinessUse: null }, 'unknown', ['isBusinessUse']],
  ])('%s', (_name, ruleSet, facts, expected, missing) => {
    const due = regimeDue(since(ruleSet), house(facts), TODAY);
    expect(told(due)).toBe(expected);
    const said = due.kind === 'dated' || due.kind === 'unknown' ? due.missing : [];
    expect(said).toEqual(missing);
    if (due.kind === 'dated') expect(due.isEarliest).toBe(missing.length > 0);
  }); // prettier-ignore

  it('names the design life that was assumed', () => {
    const due = regimeDue(since(ZHENGZHOU), house({ year: 1970, designLifeYears: null }), TODAY);
    expect(due).toMatchObject({ kind: 'dated', rowId: 'housing-beyond-life', assumed: ['designLife'] });
  });
});

describe('leap years', () => {
  it.each<[string, CalendarDate, CalendarDate]>([
    ['finished on 29 February: 30 years are full on 28 February', '1996-02-29', '2026-02-28'],
    ['finished on 28 February', '1996-02-28', '2026-02-28'],
    ['finished on 1 March', '1996-03-01', '2026-03-01'],
  ])('%s', (_name, builtOn, dueFrom) => {
    const due = regimeDue(since(ZHENGZHOU), house({ builtOn }), TODAY);
    expect(due).toMatchObject({ kind: 'dated', dueFrom });
  });

  it.each<[string, CalendarDate, CalendarDate]>([
    ['checked on 29 February, ten years on', '2020-02-29', '2030-02-28'],
    ['four years would be a leap year again', '2016-02-29', '2026-02-28'],
    ['checked on the last of a year', '2019-12-31', '2029-12-31'],
  ])('%s', (_name, lastRegularOn, dueOn) => {
    const due = regimeDue(since(NANTONG), house({ year: 1990, lastRegularOn }), TODAY);
    expect(due).toMatchObject({ kind: 'dated', dueOn });
  });

  it('keeps months within their ends', () => {
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
    expect(addMonths('2026-12-31', -1)).toBe('2026-11-30');
    expect(addYears('2000-02-29', 100)).toBe('2100-02-28');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    // 2026-11-27 17:00 UTC is the next day in Shanghai.
    expect(dateAt(Date.UTC(2026, 10, 27, 17), 8 * 3_600_000)).toBe('2026-11-28');
  });
});

describe('rules that change between two check-ups', () => {
  const strict: RegimeTimeline = [
    { from: '2020-01-01', ruleSet: ZHENGZHOU },
    { from: '2026-07-01', ruleSet: NANTONG },
  ];
  it('a shorter period counts from the day on which it holds, not from the past', () => {
    const facts = house({ year: 1985, hasPrefabSlabs: true, lastRegularOn: '2020-05-01' });
    expect(told(regimeDue(strict, facts, TODAY))).toBe('overdue 2026-07-01..2026-07-01');
    expect(regimeDue(strict, facts, TODAY)).toMatchObject({ ruleSet: { id: 'nantong', version: 1 } });
  });
  it('a longer period puts it off', () => {
    const lax: RegimeTimeline = [
      { from: '2020-01-01', ruleSet: NANTONG },
      { from: '2026-07-01', ruleSet: ZHENGZHOU },
    ];
    const facts = house({ year: 1990, hasPrefabSlabs: true, lastRegularOn: '2022-05-01' });
    expect(told(regimeDue(lax, facts, TODAY))).toBe('later 2032-04-01..2032-05-01');
  });
  it('what was overdue before the change stays overdue since then', () => {
    const facts = house({ year: 1985, hasPrefabSlabs: true, lastRegularOn: '2009-05-01' });
    expect(told(regimeDue(strict, facts, TODAY))).toBe('overdue 2020-01-01..2020-01-01');
  });
  it('a new exemption ends what was not due yet', () => {
    const timeline: RegimeTimeline = [
      { from: '2026-01-01', ruleSet: NANTONG },
      { from: '2026-07-01', ruleSet: ZHENGZHOU },
    ];
    expect(dueState(regimeDue(timeline, house({ year: 2000 }), TODAY), TODAY)).toBe('exempt');
  });
});

describe('properties', () => {
  const year = fc.integer({ min: 1950, max: 2026 });
  const known = fc.record({
    year,
    use: fc.constantFrom('housing' as const, 'public' as const, 'industrial' as const, 'other' as const),
    ownership: fc.constantFrom('multiOwner' as const, 'selfBuilt' as const, 'single' as const),
    isCrowded: fc.boolean(),
    hasPrefabSlabs: fc.boolean(),
    isBusinessUse: fc.boolean(),
    lastRegularOn: fc.constantFrom(null, '2012-02-29', '2021-06-01', '2025-12-31'),
  });
  const ruleSet = fc.constantFrom(ZHENGZHOU, CHANGSHA, NANTONG);

  it('not knowing more never puts a check-up off, and never makes it exempt', () => {
    const hidden = fc.subarray([
      'year',
      'use',
      'ownership',
      'isCrowded',
      'hasPrefabSlabs',
      'isBusinessUse',
    ] as const);
    fc.assert(
      fc.property(known, ruleSet, hidden, (facts, rules, hide) => {
        const full = house(facts);
        const less = { ...full };
        for (const key of hide) Object.assign(less, { [key === 'year' ? 'built' : key]: null });
        const a = regimeDue(since(rules), full, TODAY);
        const b = regimeDue(since(rules), less, TODAY);
        if (a.kind !== 'dated') return;
        const isCovered = !['exempt', 'uncovered'].includes(dueState(a, TODAY));
        if (isCovered) expect(['exempt', 'uncovered']).not.toContain(dueState(b, TODAY));
        if (b.kind === 'dated') expect(b.dueOn <= a.dueOn).toBe(true);
        if (b.kind === 'unknown') expect(b.mayBeDueOn <= a.dueOn).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('an older building is never due later than a younger one that was checked on the same day', () => {
    fc.assert(
      fc.property(known, ruleSet, fc.integer({ min: 1, max: 40 }), (facts, rules, years) => {
        if (facts.lastRegularOn === null) return;
        const younger = regimeDue(since(rules), house(facts), TODAY);
        const older = regimeDue(since(rules), house({ ...facts, year: facts.year - years }), TODAY);
        if (younger.kind === 'dated' && older.kind === 'dated')
          expect(older.dueOn <= younger.dueOn).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
