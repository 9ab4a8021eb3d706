import { DirtySpans, SPANS_MAX } from './dirty-spans';

const MINUTE = 60_000;
const of = (...ats: number[]): DirtySpans => {
  const dirty = new DirtySpans();
  for (const at of ats) dirty.add(at);
  return dirty;
};

it.each([
  ['nothing', [], []],
  ['one reading makes its minute dirty', [90_000], [[1, 2]]],
  ['neighbours are one span', [0, 60_000, 120_001], [[0, 3]]],
  [
    'a late reading is a span of its own',
    [600_000, 0],
    [
      [0, 1],
      [10, 11],
    ],
  ],
  ['before 1970', [-1], [[-1, 0]]],
])('%s', (_name, ats, minutes) => {
  expect(of(...ats).spans()).toEqual(
    minutes.map(([from, to]) => ({ from: from! * MINUTE, to: to! * MINUTE })),
  );
});

it('is the same after the checkpoint was read again', () => {
  const dirty = of(0, 60_000, 600_000);
  expect(DirtySpans.fromMemo(dirty.toMemo()).spans()).toEqual(dirty.spans());
  expect(DirtySpans.fromMemo(null).spans()).toEqual([]);
});

it('forgets what was taken, and takes it back when the rollup failed', () => {
  const dirty = of(0, 60_000);
  const taken = dirty.take();
  expect(dirty.spans()).toEqual([]);
  dirty.add(600_000);
  dirty.restore(taken);
  expect(dirty.spans()).toHaveLength(2);
});

it('joins neighbours when there are too many, and covers all of them', () => {
  const dirty = of(...Array.from({ length: SPANS_MAX + 1 }, (_, i) => i * 15 * MINUTE));
  expect(dirty.spans()).toEqual([{ from: 0, to: SPANS_MAX * 15 * MINUTE + MINUTE }]);
});
