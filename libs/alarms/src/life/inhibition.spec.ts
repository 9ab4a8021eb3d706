import fc from 'fast-check';
import type { AssetMap } from './asset-reach';
import { suppressionsOf, type InhibitionAlarm, type InhibitionRule } from './inhibition';
import type { Span } from './shapes';

const asset = (links: readonly string[], orgId = 'gas-co', kind = 'gas.pipe') => ({ kind, orgId, links });
/** a → b → c, all of gas-co; d stands alone and is of another organisation. */
const ASSETS: AssetMap = new Map([
  ['a', asset(['b'])],
  ['b', asset(['c'])],
  ['c', asset([])],
  ['d', asset([], 'water-co', 'water.pipe')],
]);
const ALWAYS: readonly Span[] = [{ from: 0, to: null }];

/** 'burst@a' is an alarm of rule burst on asset a. */
const alarm = (name: string, over: Partial<InhibitionAlarm> = {}): InhibitionAlarm => {
  const [ruleId = '', assetId = ''] = name.split('@');
  return {
    id: name,
    ruleId,
    sensorId: `s-${name}`,
    assetId,
    severityMax: 'yellow',
    shownSpans: ALWAYS,
    ...over,
  };
};
const rule = (over: Partial<InhibitionRule> = {}): InhibitionRule => ({
  id: 'i1',
  cause: { ruleIds: ['burst'] },
  hides: { ruleIds: ['low'], severityMax: 'orange' },
  within: { kind: 'downstream', hops: 1 },
  reason: 'a burst lowers the pressure behind it',
  ...over,
});
/** 'low@b by burst@a 0-, …' */
function told(alarms: readonly InhibitionAlarm[], rules: readonly InhibitionRule[]): string {
  return [...suppressionsOf(alarms, rules, ASSETS)]
    .flatMap(([id, spells]) =>
      spells.map(({ causeId, from, to }) => `${id} by ${causeId} ${from}-${to ?? ''}`),
    )
    .sort()
    .join(', ');
}
const LOWS = ['low@a', 'low@b', 'low@c', 'low@d'].map(name => alarm(name));

it.each<[string, Partial<InhibitionRule>, string]>([
  ['downstream', {}, 'low@a by burst@a 0-, low@b by burst@a 0-'],
  [
    'further downstream',
    { within: { kind: 'downstream', hops: 9 } },
    'low@a by burst@a 0-, low@b by burst@a 0-, low@c by burst@a 0-',
  ],
  ['the asset alone', { within: { kind: 'asset' } }, 'low@a by burst@a 0-'],
  [
    'the organisation',
    { within: { kind: 'org' } },
    'low@a by burst@a 0-, low@b by burst@a 0-, low@c by burst@a 0-',
  ],
  ['what the rule names', { hides: { ruleIds: ['high'], severityMax: 'red' } }, ''],
  ['a cause that is bad enough', { cause: { ruleIds: ['burst'], severityMin: 'orange' } }, ''],
  ['a cause that is mild enough', { cause: { ruleIds: ['burst'], severityMax: 'blue' } }, ''],
  ['certain assets', { hides: { assetIds: ['b'], severityMax: 'red' } }, 'low@b by burst@a 0-'],
  ['certain sensors', { hides: { sensorIds: ['s-low@a'], severityMax: 'red' } }, 'low@a by burst@a 0-'],
  ['a kind of asset', { cause: { ruleIds: ['burst'], assetKinds: ['water.pipe'] } }, ''],
])('hides within %s', (_name, over, expected) => {
  expect(told([alarm('burst@a'), ...LOWS], [rule(over)])).toBe(expected);
});

it('looks up and down the links for neighbours', () => {
  const rules = [rule({ within: { kind: 'neighbours', hops: 1 } })];
  expect(told([alarm('burst@b'), ...LOWS], rules)).toBe(
    'low@a by burst@b 0-, low@b by burst@b 0-, low@c by burst@b 0-',
  );
});

it('hides while the cause is on, seen and not put aside, and no longer than allowed', () => {
  const shownSpans = [
    { from: 10, to: 20 },
    { from: 30, to: null },
  ];
  const alarms = [alarm('burst@a', { shownSpans }), alarm('low@a')];
  expect(told(alarms, [rule()])).toBe('low@a by burst@a 10-20, low@a by burst@a 30-');
  expect(told(alarms, [rule({ maxMs: 25 })])).toBe('low@a by burst@a 10-20, low@a by burst@a 30-35');
  expect(told(alarms, [rule({ maxMs: 15 })])).toBe('low@a by burst@a 10-20');
});

it('says up to which severity, and why', () => {
  const found = suppressionsOf([alarm('burst@a'), alarm('low@a')], [rule()], ASSETS);
  expect(found.get('low@a')).toMatchObject([{ ruleId: 'i1', severityMax: 'orange', reason: rule().reason }]);
});

it('never hides a cause behind its own consequence', () => {
  const rings = [
    rule({ hides: { severityMax: 'red' }, cause: {}, within: { kind: 'org' } }),
    rule({ id: 'i2' }),
  ];
  expect(told([alarm('burst@a'), alarm('low@a')], rings)).toBe('');
});

it('a chain hides from its beginning', () => {
  const chain = [
    rule({ within: { kind: 'asset' } }),
    rule({ id: 'i2', cause: { ruleIds: ['low'] }, hides: { ruleIds: ['dry'], severityMax: 'red' } }),
  ];
  expect(told([alarm('burst@a'), alarm('low@a'), alarm('dry@a')], chain)).toBe(
    'dry@a by low@a 0-, low@a by burst@a 0-',
  );
});

it('whatever is hidden leads to a cause that is shown at that instant', () => {
  const spans = fc.constantFrom<readonly Span[]>([], ALWAYS, [{ from: 5, to: 15 }], [{ from: 10, to: null }]);
  const names = ['burst', 'low', 'dry'].flatMap(each => ['a', 'b', 'c', 'd'].map(id => `${each}@${id}`));
  const matcher = fc.record({ ruleIds: fc.subarray(['burst', 'low', 'dry'], { minLength: 1 }) });
  const rules = fc.array(
    fc.record({
      cause: matcher,
      hides: matcher.map(each => ({ ...each, severityMax: 'red' as const })),
      within: fc.constantFrom<InhibitionRule['within']>(
        { kind: 'asset' },
        { kind: 'org' },
        { kind: 'downstream', hops: 2 },
        { kind: 'neighbours', hops: 1 },
      ),
    }),
    { maxLength: 4 },
  );
  const shown = fc.array(spans, { minLength: names.length, maxLength: names.length });
  let hidden = 0;
  fc.assert(
    fc.property(shown, rules, fc.nat(20), (shownOf, made, at) => {
      const alarms = names.map((name, i) => alarm(name, { shownSpans: shownOf[i]! }));
      const found = suppressionsOf(
        alarms,
        made.map((each, i) => rule({ ...each, id: `i${i}` })),
        ASSETS,
      );
      const holds = ({ from, to }: Span): boolean => from <= at && (to === null || at < to);
      const causesOf = (id: string): string[] =>
        (found.get(id) ?? []).filter(holds).map(({ causeId }) => causeId);
      for (const each of alarms) {
        let now = causesOf(each.id);
        for (let step = 0; step < names.length && now.length > 0; step++) {
          expect(now.every(id => alarms.find(one => one.id === id)!.shownSpans.some(holds))).toBe(true);
          hidden += 1;
          now = now.some(id => causesOf(id).length === 0) ? [] : now.flatMap(causesOf).slice(0, 50);
        }
        expect(now).toEqual([]);
      }
    }),
  );
  expect(hidden).toBeGreaterThan(0);
});
