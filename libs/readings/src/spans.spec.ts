import { intersect, pieces, wholeBuckets } from './spans';

const span = (from: number, to: number): { from: number; to: number } => ({ from, to });

it.each([
  ['widens to whole buckets', [span(61, 62)], [span(60, 120)]],
  ['leaves a whole bucket as it is', [span(60, 120)], [span(60, 120)]],
  ['merges what touches', [span(60, 61), span(5, 6)], [span(0, 120)]],
  ['merges what lies within', [span(0, 600), span(61, 62)], [span(0, 600)]],
  ['keeps what lies apart', [span(300, 301), span(0, 1)], [span(0, 60), span(300, 360)]],
  ['drops what is empty', [span(7, 7)], []],
])('%s', (_name, spans, expected) => expect(wholeBuckets(spans, 60)).toEqual(expected));

it.each([
  ['one in two', [span(0, 100)], [span(10, 20), span(90, 200)], [span(10, 20), span(90, 100)]],
  ['touching', [span(0, 10)], [span(10, 20)], []],
  ['two in one', [span(0, 10), span(20, 30)], [span(5, 25)], [span(5, 10), span(20, 25)]],
  ['none', [], [span(0, 9)], []],
])('intersects: %s', (_name, a, b, expected) => expect(intersect(a, b)).toEqual(expected));

it('cuts at multiples of the step', () => {
  expect([...pieces(span(50, 250), 100)]).toEqual([span(50, 100), span(100, 200), span(200, 250)]);
});
