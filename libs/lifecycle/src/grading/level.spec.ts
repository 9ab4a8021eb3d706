import fc from 'fast-check';
import { bandOf, gradeOf, levelOf, percentText, tenthsText } from './level';
import { foundationScore, plus, scoreOf, WEIGHT_TENTHS, type MemberCounts } from './member';

const share = (dangerous: number, all: number) => ({ dangerous, all });

describe('golden vectors of a worked report', () => {
  const floor = (sideBeams: number): MemberCounts => ({
    wall: { total: 43, dangerous: 1 },
    middleBeam: { total: 7, dangerous: 0 },
    sideBeam: { total: sideBeams, dangerous: 0 },
    secondaryBeam: { total: 5, dangerous: 0 },
    enclosure: { total: 51, dangerous: 0 },
    slab: { total: 39, dangerous: 0 },
  });

  it.each([
    ['as printed', 14, '2.7', '244.0', '1.107', 'Bu'],
    ['with 10 side beams', 10, '2.7', '238.4', '1.133', 'Bu'],
  ])('floor %s', (_name, sideBeams, dangerous, all, percent, level) => {
    const score = scoreOf(floor(sideBeams));
    expect([tenthsText(score.dangerous), tenthsText(score.all), percentText(score), levelOf(score)]).toEqual([
      dangerous,
      all,
      percent,
      level,
    ]);
  });

  it('building: 10.8 / 1324.3 is 0.816 %, B', () => {
    const members = scoreOf({
      wall: { total: 172, dangerous: 4 },
      middleBeam: { total: 26, dangerous: 0 },
      sideBeam: { total: 45, dangerous: 0 },
      secondaryBeam: { total: 20, dangerous: 0 },
      enclosure: { total: 204, dangerous: 0 },
      slab: { total: 156, dangerous: 0 },
    });
    const score = plus(foundationScore({ total: 105, dangerous: 0 }), members);
    expect([tenthsText(score.dangerous), tenthsText(score.all), percentText(score)]).toEqual([
      '10.8',
      '1324.3',
      '0.816',
    ]);
    expect(gradeOf(score, 0, 5)).toBe('B');
  });
});

it.each([
  ['nothing counted is no answer', 0, 0, null, null],
  ['nothing dangerous', 0, 100, 'Au', 'A'],
  ['the least there is', 1, 1_000_000_000, 'Bu', 'B'],
  ['just below 5 %', 4_999, 100_000, 'Bu', 'B'],
  ['exactly 5 %', 5, 100, 'Cu', 'C'],
  ['just above 5 %', 5_001, 100_000, 'Cu', 'C'],
  ['just below 25 %', 24_999, 100_000, 'Cu', 'C'],
  ['exactly 25 %', 1, 4, 'Du', 'D'],
  ['all of it', 7, 7, 'Du', 'D'],
])('%s', (_name, dangerous, all, level, grade) => {
  expect(levelOf(share(dangerous, all))).toBe(level);
  expect(gradeOf(share(dangerous, all), 0, 6)).toBe(grade);
});

it.each([
  ['below 5 % without Du', 1, 100, 0, 6, 'B'],
  ['below 5 % with one Du', 1, 100, 1, 6, 'C'],
  ['between, Du exactly a third', 10, 100, 2, 6, 'C'],
  ['between, one Du more than a third', 10, 100, 3, 6, 'D'],
  ['between, a third is no whole number', 10, 100, 2, 5, 'D'],
  ['between, no Du', 10, 100, 0, 2, 'C'],
])('counts the floors at Du: %s', (_name, dangerous, all, duCount, layers, grade) => {
  expect(gradeOf(share(dangerous, all), duCount, layers)).toBe(grade);
});

it.each([
  [1, 3, '33.333'],
  [2, 3, '66.667'],
  [1, 200_000, '0.001'],
  [1, 400_000, '0.000'],
  [5, 5, '100.000'],
  [0, 7, '0.000'],
  [0, 0, '–'],
])('writes %i / %i as %s %%', (dangerous, all, text) => {
  expect(percentText(share(dangerous, all))).toBe(text);
});

it('weights are whole tenths', () => {
  expect(Object.values(WEIGHT_TENTHS).every(Number.isSafeInteger)).toBe(true);
});

it('never has a better band for more that is dangerous', () => {
  const order = ['nothing', 'little', 'some', 'much'];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.nat(1e9), (all, n) => {
      const dangerous = n % (all + 1);
      const more = Math.min(all, dangerous + 1);
      const rank = (d: number): number => order.indexOf(bandOf(share(d, all))!);
      expect(rank(more)).toBeGreaterThanOrEqual(rank(dangerous));
    }),
  );
});
