import fc from 'fast-check';
import { rankCauses, CAUSES_MAX, type CauseCandidate } from './cause';
import { CAUSE_PATTERNS, PLAIN_CAUSES } from './cause-table';
import { FAMILIES, familyOf, familyTable, type FamilyId } from './family';
import { assetOf } from './testing/city';
import { Topology } from './topology';

/** 'gauge rain.intensity 10 yellow': asset, quantity (with a side as `quantity<`), minute, rank. */
function candidatesOf(text: string): CauseCandidate[] {
  return text.split(', ').map(cell => {
    const [assetId = '', sign = '', minute = '0', rank = '2'] = cell.split(' ');
    const quantity = sign.replace(/[<>]$/, '');
    const side = sign.endsWith('<') ? 'low' : 'high';
    const onsetAt = Number(minute) * 60_000;
    return {
      alarmId: `al-${assetId}-${sign}`,
      sensorId: assetId,
      assetId,
      quantity,
      side,
      onsetAt,
      peakRank: Number(rank),
    };
  });
}

/** 'a>b>c': what flows into what. */
const networkOf = (chain: string): Topology => {
  const ids = chain.split('>');
  return new Topology(ids.map((id, i) => assetOf({ id, links: ids.slice(i + 1, i + 2) })));
};

describe('the probable cause', () => {
  it.each<readonly [string, FamilyId, string, string, string]>([
    [
      'rain before level before ponding',
      'storm',
      'p drainage.ponding 0, m drainage.level 5, g rain.intensity 20',
      '',
      'g storm.rain',
    ],
    [
      'but not rain that came an hour later',
      'storm',
      'p drainage.ponding 0, g rain.intensity 60',
      '',
      'p plain.earliest',
    ],
    [
      'the river that holds the sewer back',
      'storm',
      'm drainage.level 0, r river.level 10',
      '',
      'r storm.river',
    ],
    [
      'the sewer that floods the road',
      'storm',
      'p drainage.ponding 0, m drainage.level 9',
      '',
      'm storm.sewer',
    ],
    ['pressure falls, flow rises', 'water', 'f water.flow 0, p water.pressure< 1', '', 'f water.burst'],
    [
      'pressure falls at many places',
      'water',
      'a water.pressure< 2, b water.pressure< 1, c water.pressure< 3',
      '',
      'b water.supplyLoss',
    ],
    [
      'pressure too high at many',
      'water',
      'a water.pressure 2, b water.pressure 1, c water.pressure 3',
      '',
      'b plain.earliest',
    ],
    ['gas in two wells', 'gas', 'a gas.combustible 5, b gas.combustible 1', '', 'b gas.leakNeighbours'],
    ['gas and a fall of pressure', 'gas', 'a gas.combustible 1, p gas.pressure< 9', '', 'p gas.pipeBreak'],
    [
      'upstream before earlier within the slack',
      'heating',
      'a heating.x 9, b heating.x 1, c heating.x 5',
      'a>b>c',
      'a plain.upstream',
    ],
    ['earlier beyond it', 'heating', 'a heating.x 40, b heating.x 1', 'a>b', 'b plain.earliest'],
    ['worse when all else is equal', 'other', 'a x 0 1, b x 0 4', '', 'b plain.earliest'],
    ['one alone', 'gas', 'a gas.combustible 5', '', 'a plain.single'],
    ['three silent ones', 'silence', 'a x 0, b x 1, c x 2', '', 'a silence.outage'],
  ])('%s', (_name, familyId, text, chain, expected) => {
    const [first] = rankCauses(familyId, candidatesOf(text), networkOf(chain));
    expect(`${first!.assetId} ${first!.code}`).toBe(expected);
  });

  it('explains itself in figures', () => {
    const [first] = rankCauses(
      'gas',
      candidatesOf('a gas.combustible 1, b gas.combustible 4'),
      networkOf('a>b'),
    );
    expect(first!.data).toEqual({
      sensorId: 'a',
      quantity: 'gas.combustible',
      onsetAt: 60_000,
      leadMs: 180_000,
      downstreamAssets: 1,
      assets: 2,
    });
  });

  it('is the same whatever the order, names each asset once, and not too many', () => {
    const one = fc.tuple(
      fc.nat(9),
      fc.constantFrom('rain.intensity', 'drainage.level', 'drainage.ponding'),
      fc.nat(90),
    );
    const both = fc
      .uniqueArray(one, { minLength: 1, maxLength: 20, selector: ([a, q]) => `${a} ${q}` })
      .chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    const topology = networkOf('a0>a1>a2>a3>a4>a5>a6>a7>a8>a9');
    fc.assert(
      fc.property(both, lists => {
        const [a, b] = lists.map(list =>
          rankCauses('storm', candidatesOf(list.map(([n, q, m]) => `a${n} ${q} ${m}`).join(', ')), topology),
        );
        expect(a).toEqual(b);
        expect(new Set(a!.map(cause => cause.assetId)).size).toBe(a!.length);
        expect(a!.length).toBeLessThanOrEqual(CAUSES_MAX);
      }),
    );
  });

  it('of nothing is none, and each code has its words', () => {
    expect(rankCauses('gas', [], new Topology())).toEqual([]);
    const all = [...CAUSE_PATTERNS, ...Object.values(PLAIN_CAUSES)];
    expect(new Set(all.map(cause => cause.code)).size).toBe(all.length);
    for (const { zh, en } of all) expect([zh, en]).not.toContain('');
  });
});

describe('families', () => {
  it.each<readonly [string | null, string | null, boolean, FamilyId]>([
    ['gas.combustible', 'drainage.manhole', false, 'gas'],
    ['gas.h2s', 'drainage.manhole', false, 'gas'],
    ['drainage.level', 'drainage.manhole', false, 'storm'],
    ['rain.amount', 'rain.gauge', false, 'storm'],
    ['device.immersion', 'gas.well', false, 'storm'],
    ['device.battery', 'gas.well', false, 'device'],
    ['water.turbidity', 'water.pipe', false, 'water'],
    ['building.strain', 'building', false, 'building'],
    ['building.strain', 'bridge', false, 'structure'],
    ['environment.temperature', 'heating.pipe', false, 'heating'],
    ['generic.value', 'gas.station', false, 'gas'],
    ['generic.value', null, false, 'other'],
    [null, 'river', false, 'storm'],
    [null, 'kind.of.the.town', false, 'other'],
    ['gas.combustible', 'gas.well', true, 'silence'],
  ])('%s on %s (no data: %s) is %s', (quantity, kind, isNoData, expected) => {
    expect(familyOf(quantity, kind, isNoData)).toBe(expected);
  });

  it('can be edited, and each says why', () => {
    const gas = { ...FAMILIES[0]!, metres: 50 };
    expect(familyTable([gas]).get('gas')!.metres).toBe(50);
    for (const { source } of FAMILIES) expect(source.kind === 'assumption' && source.why).toBeTruthy();
  });
});
