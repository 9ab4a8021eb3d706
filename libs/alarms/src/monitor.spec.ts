import { changesOf, monitorWith, ruleOf, run } from './testing/timeline';
import type { NoDataCondition, ThresholdCondition } from './rule';

const LEVELS: ThresholdCondition = {
  type: 'threshold',
  limits: [
    { severity: 'yellow', above: 20, clearBelow: 18 },
    { severity: 'orange', above: 50, clearBelow: 45 },
  ],
};
const LOW: ThresholdCondition = {
  type: 'threshold',
  limits: [{ severity: 'yellow', below: 0.14, clearAbove: 0.16 }],
};
const SILENT: NoDataCondition = { type: 'noData', after: { missed: 2.5 } };

/** Device time of the newest sample, ms from the start. */
const lastOf = (timeline: string): number => Number(timeline.split(', ').at(-1)!.split(' ')[0]) * 1_000;

describe('threshold', () => {
  it.each([
    ['quiet below the limit', {}, '0 10, 60 19.9', ''],
    ['the border raises: the safe side', {}, '0 10, 60 20', '60 raised yellow'],
    ['straight to the worst severity', {}, '0 10, 60 51', '60 raised orange'],
    ['severity rises', {}, '0 25, 60 50', '0 raised yellow, 60 escalated orange'],
    [
      'severity falls, through its own deadband',
      {},
      '0 55, 60 46, 120 44',
      '0 raised orange, 120 deescalated yellow',
    ],
    ['the deadband holds the alarm', {}, '0 25, 60 19, 120 18', '0 raised yellow'],
    ['clears below the deadband', {}, '0 25, 60 17.9', '0 raised yellow, 60 cleared yellow'],
    ['from the worst straight to normal', {}, '0 60, 60 1', '0 raised orange, 60 cleared orange'],
    [
      'again after a clear: a new alarm',
      {},
      '0 25, 60 1, 120 25',
      '0 raised yellow, 60 cleared yellow, 120 raised yellow',
    ],
    ['three in a row', { raiseAfter: { samples: 3 } }, '0 25, 60 25, 120 25', '120 raised yellow'],
    ['one miss breaks a row', { raiseAfter: { samples: 3 } }, '0 25, 60 1, 120 25, 180 25', ''],
    [
      '2 of 3 forgives one miss',
      { raiseAfter: { samples: 2, of: 3 } },
      '0 25, 60 1, 120 25',
      '120 raised yellow',
    ],
    [
      '2 of 3 does not reach further back',
      { raiseAfter: { samples: 2, of: 3 } },
      '0 25, 60 1, 120 1, 180 25',
      '',
    ],
    ['one second short of the hold', { raiseAfter: { seconds: 60 } }, '0 25, 59 25', ''],
    ['raises at exactly the hold', { raiseAfter: { seconds: 60 } }, '0 25, 60 25', '60 raised yellow'],
    [
      'flipping between levels does not restart the hold',
      { raiseAfter: { seconds: 60 } },
      '0 60, 30 25, 60 55',
      '60 raised yellow',
    ],
    ['a normal sample restarts the hold', { raiseAfter: { seconds: 60 } }, '0 25, 30 1, 60 25, 119 25', ''],
    [
      'blind time counts towards raising',
      { raiseAfter: { seconds: 60 } },
      '0 25, 30 bad, 60 25',
      '60 raised yellow',
    ],
    ['an overdue report lets the hold run out', { raiseAfter: { seconds: 80 } }, '0 25, 89 tick', ''],
    [
      'an unusable value is no report, and time goes on from the one before it',
      { raiseAfter: { seconds: 120 } },
      '0 25, 60 bad, 119 tick, 130 tick',
      '120 raised yellow, 120 blinded yellow',
    ],
    ['… when it is overdue for sure', { raiseAfter: { seconds: 80 } }, '0 25, 90 tick', '90 raised yellow'],
    [
      'clears after the hold',
      { clearAfter: { seconds: 60 } },
      '0 25, 60 1, 119 1, 120 1',
      '0 raised yellow, 120 cleared yellow',
    ],
    [
      'a relapse restarts clearing',
      { clearAfter: { seconds: 60 } },
      '0 25, 60 1, 90 25, 100 1, 159 1',
      '0 raised yellow',
    ],
    [
      'clears after 2 samples',
      { clearAfter: { samples: 2 } },
      '0 25, 60 1, 120 1',
      '0 raised yellow, 120 cleared yellow',
    ],
    ['time alone never clears', { clearAfter: { seconds: 60 } }, '0 25, 60 1, 149 tick', '0 raised yellow'],
  ])('%s', (_name, extra, timeline, expected) => {
    expect(run(monitorWith([ruleOf({ ...LEVELS, ...extra })]), timeline)).toBe(expected);
  });

  it.each<[string, ThresholdCondition['raiseAfter'], string, number]>([
    ['of three in a row', { samples: 3 }, '0 25, 60 25, 120 25', 0],
    ['of three in a row after a broken run', { samples: 3 }, '0 25, 60 1, 120 25, 180 25, 240 25', 120],
    ['of 2 of 3, a miss between', { samples: 2, of: 3 }, '0 25, 60 1, 120 25', 0],
    ['of 3 of 5, what has left the window apart', { samples: 3, of: 5 }, '0 25, 60 1, 120 1, 180 25, 240 1, 300 25, 360 25', 180],
    ['of a hold in seconds', { seconds: 60 }, '0 25, 30 1, 60 25, 120 25', 60],
    ['blind samples apart', { samples: 2 }, '0 25, 60 bad, 120 25', 0],
  ])('the onset is the first sample of the run that raised: %s', (_name, raiseAfter, timeline, onset) => {
    const changes = changesOf(monitorWith([ruleOf({ ...LEVELS, raiseAfter })]), timeline);
    expect(changes.map(change => change.onsetAt - changes.at(-1)!.at + lastOf(timeline))).toEqual([onset * 1_000]);
  }); // prettier-ignore

  it.each([
    ['at the lower border', '0 0.2, 60 0.14', '60 raised yellow'],
    ['in its deadband', '0 0.1, 60 0.16', '0 raised yellow'],
    ['back above', '0 0.1, 60 0.161', '0 raised yellow, 60 cleared yellow'],
  ])('from below: %s', (_name, timeline, expected) => {
    expect(run(monitorWith([ruleOf(LOW)]), timeline)).toBe(expected);
  });

  it('names the side that was passed when both sides share a severity', () => {
    const limits = [
      { severity: 'yellow', above: 8.5 },
      { severity: 'yellow', below: 6.5 },
    ] as const;
    const monitor = monitorWith([ruleOf({ type: 'threshold', limits })]);
    const changes = changesOf(monitor, '0 9, 60 7, 120 6, 180 7');
    expect(changes.map(change => Object.keys(change.evidence.limit)[0])).toEqual([
      'above',
      'above',
      'below',
      'below',
    ]);
  });

  it('compares in the unit of the sensor: a limit in %VOL on a sensor in %LEL', () => {
    const rule = ruleOf({ type: 'threshold', unit: '%VOL', limits: [{ severity: 'red', above: 1 }] });
    expect(run(monitorWith([rule]), '0 19.9, 60 20')).toBe('60 raised red');
  });

  it('names a rule whose unit does not fit instead of watching with it', () => {
    const rule = ruleOf({ type: 'threshold', unit: 'MPa', limits: [{ severity: 'red', above: 1 }] });
    const [fault] = monitorWith([rule]).sensors.get('s1')!.watches.faults;
    expect(fault?.ruleId).toBe('r1');
    expect(fault?.reason).toContain('MPa');
  });
});

describe('blind', () => {
  it.each([
    [
      'a bad value blinds an alarm and never clears it',
      '0 25, 60 bad, 120 1',
      '0 raised yellow, 60 blinded yellow, 120 restored yellow, 120 cleared yellow',
    ],
    ['a missing value does too', '0 25, 60 none', '0 raised yellow, 60 blinded yellow'],
    [
      'silence blinds after 2.5 intervals',
      '0 25, 149 tick, 150 tick, 9999 tick',
      '0 raised yellow, 150 blinded yellow',
    ],
    [
      'blind time does not count towards clearing',
      '0 25, 60 1, 90 bad, 100 1, 159 1',
      '0 raised yellow, 90 blinded yellow, 100 restored yellow',
    ],
    ['out of range is not "above the limit"', '0 1, 60 bad', ''],
  ])('%s', (_name, timeline, expected) => {
    const rule = ruleOf({
      ...LEVELS,
      clearAfter: timeline.includes('159') ? { seconds: 60 } : { samples: 1 },
    });
    expect(run(monitorWith([rule]), timeline)).toBe(expected);
  });
});

describe('no data', () => {
  it.each([
    ['a sensor that is heard is quiet', '0 1, 60 1, 120 1, 180 1', ''],
    ['one second short', '0 1, 149 tick', ''],
    ['after 2.5 missed intervals', '0 1, 150 tick', '150 raised yellow'],
    ['a sensor that was never heard', '150 tick', '150 raised yellow'],
    ['heard again', '0 1, 200 1', '150 raised yellow, 200 cleared yellow'],
    ['told once, however long', '0 1, 5000 tick', '150 raised yellow'],
    ['an empty value is no data', '0 1, 100 none, 150 tick', '150 raised yellow'],
    ['a value that cannot be used is no data', '0 1, 100 bad, 149 bad, 150 tick', '150 raised yellow'],
    ['old data that arrive late are no sign of life', '0@1000 1, 100@500 1, 150 tick', '150 raised yellow'],
    ['a device whose clock is an hour behind is alive', '0@-3600 1, 100@-3500 1, 200@-3400 1', ''],
  ])('%s', (_name, timeline, expected) => {
    expect(run(monitorWith([ruleOf(SILENT)]), timeline)).toBe(expected);
  });

  it('does not blame sensors for the absence of the platform itself', () => {
    const monitor = monitorWith([ruleOf(SILENT)]);
    monitor.readings([{ sensorId: 's1', at: 0, value: 1, quality: 1 }], 0);
    expect(monitor.tick(3_600_000)).toEqual([]);
    expect(run(monitor, '3749 tick')).toBe('');
    expect(run(monitor, '3750 tick')).toBe('3750 raised yellow');
  });
});

describe('delivered twice, late, out of order', () => {
  const ONE = ruleOf(LEVELS);
  const TWO = ruleOf({ ...LEVELS, raiseAfter: { samples: 2 } });
  it.each([
    [
      'the same reading again',
      ONE,
      '0 25, 1@0 25, 60 1, 61@0 25, 62@60 1',
      '0 raised yellow, 60 cleared yellow',
    ],
    ['a corrected value replaces the first', ONE, '0 1, 1@0 25', '1 raised yellow'],
    ['two that together raise, in the wrong order', TWO, '0 1, 61@120 25, 62@60 25', '62 raised yellow'],
    [
      'a spell that was over when it came to light',
      ONE,
      '0 1, 300 1, 301@100 60, 302@200 1',
      '301 raised orange, 301 cleared orange',
    ],
    [
      'late data inside a told alarm tell nothing new',
      ONE,
      '0 25, 120 25, 121@60 30, 180 1',
      '0 raised yellow, 180 cleared yellow',
    ],
    [
      'late data never bring back what has cleared',
      ONE,
      '0 25, 60 1, 120 1, 121@30 25',
      '0 raised yellow, 60 cleared yellow',
    ],
    ['a late normal value ends nothing', ONE, '0 1, 60 25, 61@30 1', '60 raised yellow'],
  ])('%s', (_name, rule, timeline, expected) => {
    expect(run(monitorWith([rule]), timeline)).toBe(expected);
  });

  const minutes = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, i) => `${(from + i) * 60} 1`).join(', ');

  it('tells a spell in a back-fill far behind the live data once, as over', () => {
    const monitor = monitorWith([ONE]);
    expect(run(monitor, minutes(100, 130))).toBe('');
    expect(run(monitor, '7741@600 25, 7742@660 60, 7743@720 1')).toBe(
      '7743 raised orange, 7743 cleared orange',
    );
    expect(run(monitor, '7751@600 25, 7752@660 60, 7753@720 1')).toBe('');
  });

  it('tells a back-fill that ends above the limit after a quiet while', () => {
    const monitor = monitorWith([ONE]);
    run(monitor, minutes(100, 130));
    expect(run(monitor, '7741@600 25, 7750 tick')).toBe('');
    expect(run(monitor, '7751 tick')).toBe('7751 raised yellow, 7751 cleared yellow');
  });

  it('does not tell again what was told live', () => {
    const monitor = monitorWith([ONE]);
    expect(run(monitor, `0 25, 60 1, ${minutes(2, 40)}`)).toBe('0 raised yellow, 60 cleared yellow');
    expect(run(monitor, '2401@10 25, 2402@50 1, 2420 tick')).toBe('');
  });
});
