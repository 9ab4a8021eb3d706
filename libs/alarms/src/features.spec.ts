import { changesOf, monitorWith, ruleOf, run } from './testing/timeline';

describe('flat line', () => {
  const stuck = ruleOf({
    type: 'flatLine',
    tolerance: 0.1,
    limits: [
      { severity: 'blue', above: 120 },
      { severity: 'yellow', above: 240 },
    ],
  });

  it.each([
    ['a moving value is none', '0 1, 60 2, 120 3, 180 4', ''],
    ['raises, gets worse, and ends with the first move', '0 1, 60 1, 120 1.05, 180 1, 240 1, 300 2',
      '120 raised blue, 240 escalated yellow, 300 cleared yellow'], // prettier-ignore
    [
      'missing values do not end it',
      '0 1, 60 1, 120 1, 180 none, 240 1',
      '120 raised blue, 180 blinded blue, 240 restored blue, 240 escalated yellow',
    ],
  ])('%s', (_name, timeline, expected) => {
    expect(run(monitorWith([stuck]), timeline)).toBe(expected);
  });

  it('explains how long and how little it moved', () => {
    const [raised] = changesOf(monitorWith([stuck]), '0 1, 60 1, 120 1.05');
    expect(raised!.evidence).toMatchObject({
      limit: { above: 120, unit: 's' },
      derived: { value: 120, unit: 's', lowest: 1, highest: 1.05, tolerance: 0.1 },
    });
  });
});

describe('quality', () => {
  const poor = ruleOf({
    type: 'quality',
    of: 4,
    limits: [{ severity: 'yellow', above: 0.5, clearBelow: 0.3 }],
  });

  it.each([
    ['good readings are none', '0 1, 60 1, 120 1, 180 1, 240 1', ''],
    ['half of them bad raises, told by a bad one', '0 1, 60 1, 120 bad, 180 bad', '180 raised yellow'],
    [
      'is not blinded by what it is about, and ends when enough are good',
      '0 1, 60 1, 120 bad, 180 bad, 240 bad, 300 1, 360 1, 420 1, 480 1',
      '180 raised yellow, 420 cleared yellow',
    ],
  ])('%s', (_name, timeline, expected) => {
    expect(run(monitorWith([poor]), timeline)).toBe(expected);
  });
});
