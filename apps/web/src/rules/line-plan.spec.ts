import { linePlan } from './line-plan';

it('has nothing to draw without limits', () => expect(linePlan([])).toBeNull());

it('puts one limit in the middle', () =>
  expect(linePlan([{ severity: 'red', below: 3 }])).toEqual({
    marks: [{ severity: 'red', value: 3, at: 0.5 }],
    spans: [{ severity: 'red', from: 0, to: 0.5 }],
  }));

it('spreads several, worse drawn over milder', () => {
  const plan = linePlan([
    { severity: 'red', above: 50 },
    { severity: 'yellow', above: 20, below: 0 },
  ]);
  expect(plan?.marks.map(mark => [mark.value, mark.at])).toEqual([[0, 0.25], [20, 0.45], [50, 0.75]]); // prettier-ignore
  expect(plan?.spans).toEqual([
    { severity: 'yellow', from: 0, to: 0.25 },
    { severity: 'yellow', from: 0.45, to: 1 },
    { severity: 'red', from: 0.75, to: 1 },
  ]);
});
