import fc from 'fast-check';
import {
  agreement,
  climb,
  emptyLadder,
  sureSlope,
  type Ladder,
  type LadderPlan,
  type RungLine,
} from './ladder';

/** A fit that only shows which points it was given. */
const plan: LadderPlan = {
  rungs: 4,
  pointsMax: 5,
  everyMs: 10,
  fit: (ats, values) => ({ slope: ats.length, low: values[0]!, high: values.at(-1)!, z: 0 }),
};
const climbed = (points: readonly (readonly [number, number])[]): Ladder =>
  points.reduce<Ladder>((ladder, [at, value]) => climb(plan, ladder, at, value), emptyLadder(plan));

const even = (values: readonly number[]): [number, number][] => values.map((value, i) => [10 * i, value]);

it('each rung looks twice as far back, at means of two', () => {
  const ladder = climbed(even([0, 2, 4, 6, 8, 10, 12, 14, 16]));
  expect(ladder.map(rung => rung.values)).toEqual([[8, 10, 12, 14, 16], [1, 5, 9, 13], [3, 11], [7]]);
  expect(ladder.map(rung => rung.ats)).toEqual([[40, 50, 60, 70, 80], [5, 25, 45, 65], [15, 55], [35]]);
});

it('shares the rungs that have nothing new', () => {
  const before = climbed(even([1, 2, 3, 4]));
  const after = climb(plan, before, 40, 5);
  expect(after[0]).not.toBe(before[0]);
  expect(after.slice(1).map((rung, i) => rung === before[i + 1])).toEqual([true, true, true]);
});

it.each([
  [
    'a point does not wait for its pair across a gap',
    [
      [0, 1],
      [25, 2],
    ],
    [[1, 2], [], [], []],
  ],
  [
    'what lies twice as far back as the rung reaches is given up',
    [
      [0, 1],
      [10, 2],
      [111, 3],
    ],
    [[3], [1.5], [], []],
  ],
  [
    'so are whole rungs, in time',
    [
      [0, 1],
      [10, 2],
      [206, 3],
    ],
    [[3], [], [], []],
  ],
])('%s', (_name, points, expected) => {
  expect(climbed(points as [number, number][]).map(rung => rung.values)).toEqual(expected);
});

it('is what its points say: each rung is the chunks of the whole history, newest last', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { maxLength: 70 }), values => {
      let points = even(values);
      for (const rung of climbed(points)) {
        expect(rung.ats).toEqual(points.slice(-5).map(([at]) => at));
        expect(rung.values).toEqual(points.slice(-5).map(([, value]) => value));
        points = points.flatMap(([at, value], i) => {
          const next = points[i + 1];
          return i % 2 === 0 && next !== undefined ? [[(at + next[0]) / 2, (value + next[1]) / 2]] : [];
        });
      }
    }),
  );
});

const rungsOf = (lines: readonly (RungLine | null)[]): Ladder =>
  lines.map(line => ({ ats: [], values: [], half: null, line }));
const line = (low: number, high: number): RungLine => ({ slope: (low + high) / 2, low, high, z: 0 });

it.each([
  ['nothing known', [null, null], null, 0],
  ['one scale alone', [line(1, 3)], [0, 1, 3], 1],
  [
    'the longest that agrees, within what all leave',
    [line(0, 4), line(1, 3), line(2.5, 4.5)],
    [2, 2.5, 3],
    2.5,
  ],
  [
    'a movement that has begun: the longer scale does not know it yet',
    [line(5, 9), line(-1, 1)],
    [0, 5, 9],
    5,
  ],
  ['a movement that has ended', [line(-1, 1), line(2, 3)], [0, -1, 1], 0],
  ['a scale without a line is passed over', [null, line(-3, -1)], [1, -3, -1], -1],
  ['nothing beyond a scale that does not agree', [line(0, 1), line(2, 3), line(0, 1)], [0, 0, 1], 0],
  ['ranges that just touch', [line(0, 1), line(1, 2)], [1, 1, 1], 1],
])('%s', (_name, lines, expected, sure) => {
  const found = agreement(rungsOf(lines));
  expect(found && [found.rung, found.low, found.high]).toEqual(expected);
  expect(found === null ? 0 : sureSlope(found)).toBe(sure);
  if (found !== null) expect(found.slope).toBe(Math.max(found.low, Math.min(found.slope, found.high)));
});
