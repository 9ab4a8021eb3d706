import type { Severity } from '@anmai/catalog';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@anmai/kernel';
import type { ChangeKind } from '../alarm';
import { changeOf } from '../incident/testing/city';
import { activationsOf, episodesOf, type Activation, type AlarmEpisode } from './activation';
import { acknowledgeKpi, nearestRank, priorityKpi, staleKpi } from './episode-kpis';
import { isSilent, type KpiPeriod } from './kpi';
import { performanceKpi } from './performance';
import { falseAlarmKpis, onlineKpis } from './quality-kpis';
import { countsPer, rateKpis } from './rate';
import { kpiReport } from './report';
import { badActorsKpi, chatteringKpi } from './tags';
import { KPI_TARGETS } from './targets';

const DAY: KpiPeriod = { from: 0, to: DAY_MS };
const WATCHED: KpiPeriod = { ...DAY, watchedMs: DAY_MS };

const alarmAt = (at: number, rest: Partial<Activation> = {}): Activation => ({
  at,
  alarmId: `al-${at}`,
  sensorId: 's1',
  ruleId: 'r1',
  severity: 'blue',
  ...rest,
});
const times = (count: number, at = 0, everyMs = 1): Activation[] =>
  Array.from({ length: count }, (_, i) => alarmAt(at + i * everyMs, { alarmId: `al-${at}-${i}` }));
const episode = (rest: Partial<AlarmEpisode>): AlarmEpisode => ({
  alarmId: 'al-1',
  sensorId: 's1',
  ruleId: 'r1',
  severity: 'yellow',
  raisedAt: 0,
  clearedAt: null,
  acknowledgedAt: null,
  ...rest,
});

describe('an empty list says nothing', () => {
  const empty = { changes: [], actions: [], assessments: [], presences: [] };
  const statusOf = (period: KpiPeriod): Record<string, string> => {
    const { rate, flood, chattering, stale, badActors, priorities, acknowledge, performance } = kpiReport(
      empty,
      period,
    );
    const all = { ...rate, flood, chattering, stale, badActors, priorities, acknowledge, performance };
    return Object.fromEntries(
      Object.entries(all).flatMap(([name, kpi]) => ('status' in kpi ? [[name, kpi.status] as const] : [])),
    );
  };

  it('unwatched: no figure is met', () => {
    expect(new Set(Object.values(statusOf(DAY)))).toEqual(new Set(['noData']));
    expect(new Set(Object.values(statusOf({ ...DAY, watchedMs: 0 })))).toEqual(new Set(['noData']));
    expect(kpiReport(empty, DAY).falseAlarms.size + kpiReport(empty, DAY).online.size).toBe(0);
  });

  it('watched: it was quiet, and what needs alarms to be told still has no figure', () => {
    expect(statusOf(WATCHED)).toEqual({
      mean: 'met',
      peak: 'met',
      crowded: 'met',
      crowdedHours: 'met',
      flood: 'met',
      chattering: 'met',
      stale: 'met',
      badActors: 'met',
      priorities: 'noData',
      acknowledge: 'noData',
      performance: 'met',
    });
  });

  it('a period without length says nothing, whatever it is given', () => {
    expect(isSilent({ from: 5, to: 5, watchedMs: 9 }, 3)).toBe(true);
  });

  it('each target has a source that names what it rests on', () => {
    for (const { text, source, grade } of Object.values(KPI_TARGETS)) {
      expect(text).not.toBe('');
      if (grade === 'M' || grade === 'P' || grade === 'C') expect(source.kind).toBe('assumption');
    }
  });
});

describe('alarms per 10 minutes', () => {
  it.each([
    ['one in each', times(144, 0, 10 * MINUTE_MS), 1, 1, 'met', 'met'],
    ['one more', [...times(144, 0, 10 * MINUTE_MS), alarmAt(5)], 145 / 144, 2, 'missed', 'met'],
    ['ten at once', times(10), 10 / 144, 10, 'met', 'met'],
    ['eleven at once', times(11), 11 / 144, 11, 'met', 'missed'],
    ['outside the period', [alarmAt(0), alarmAt(-1), alarmAt(DAY_MS)], 1 / 144, 1, 'met', 'met'],
  ])('%s', (_name, activations, mean, peak, meanStatus, peakStatus) => {
    const kpis = rateKpis(activations, DAY);
    expect(kpis.mean).toMatchObject({ status: meanStatus, value: mean });
    expect(kpis.peak).toMatchObject({ status: peakStatus, value: peak });
  });

  it('sorts every window into one row of the histogram', () => {
    const { histogram } = rateKpis([...times(1), ...times(12, HOUR_MS), ...times(101, 2 * HOUR_MS)], DAY);
    expect(histogram.map(row => `${row.from}-${row.to ?? ''} ${row.windows}`)).toEqual([
      '0-0 141',
      '1-1 1',
      '2-2 0',
      '3-5 0',
      '6-10 0',
      '11-20 1',
      '21-100 0',
      '101- 1',
    ]);
  });

  it('counts crowded windows and hours', () => {
    const kpis = rateKpis(times(31, 0, MINUTE_MS), DAY);
    expect(kpis.crowded).toMatchObject({ status: 'met', value: 0 });
    expect(kpis.crowdedHours).toMatchObject({ status: 'missed', value: 1 / 24 });
  });

  it('does not thin the mean with time that nobody watched', () => {
    expect(rateKpis(times(6), { ...DAY, watchedMs: HOUR_MS }).mean.value).toBe(1);
  });

  it('a last window cut short keeps its alarms', () => {
    expect(countsPer(10, [alarmAt(24)], { from: 0, to: 25 })).toEqual([0, 0, 1]);
  });
});

describe('tags', () => {
  it.each([
    ['three in just under a minute', [0, 30_000, 59_999], 3],
    ['three in a minute', [0, 30_000, 60_000], undefined],
    ['two', [0, 1], undefined],
    ['in any order', [59_999, 0, 30_000], 3],
    ['far apart, then close', [0, 600_000, 600_001, 600_002, 600_003], 4],
  ])('chattering: %s', (_name, at, most) => {
    const kpi = chatteringKpi(
      at.map(each => alarmAt(each)),
      DAY,
    );
    expect(kpi.value?.[0]?.most).toBe(most);
    expect(kpi.status).toBe(most === undefined ? 'met' : 'missed');
  });

  it('one rule on one sensor is a tag', () => {
    const kpi = chatteringKpi(
      [alarmAt(0), alarmAt(1, { ruleId: 'r2' }), alarmAt(2, { sensorId: 's2' })],
      DAY,
    );
    expect(kpi.value).toEqual([]);
  });

  it('the ten worst, with their share', () => {
    const many = Array.from({ length: 12 }, (_, i) =>
      Array.from({ length: i + 1 }, (_each, k) => alarmAt(k, { sensorId: `s${i}` })),
    ).flat();
    const { value, status } = badActorsKpi(many, DAY);
    expect(value?.actors.map(actor => actor.activations)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(value?.share).toBeCloseTo(75 / 78);
    expect(status).toBe('missed');
  });

  it('evenly spread alarms have no bad actors', () => {
    const even = Array.from({ length: 200 }, (_, i) => alarmAt(i, { sensorId: `s${i}` }));
    expect(badActorsKpi(even, DAY)).toMatchObject({ status: 'met' });
  });
});

describe('alarms from raise to end', () => {
  const told = (minute: number, kind: ChangeKind, n: number, severity: Severity = 'yellow') =>
    changeOf({ alarm: 'al-1', minute, kind, n, severity });

  it('are put together from both tracks, in any order and delivered twice', () => {
    const changes = [
      told(9, 'cleared', 3),
      told(0, 'raised', 1),
      told(4, 'escalated', 2, 'red'),
      told(0, 'raised', 1),
    ];
    const act = (kind: 'acknowledged' | 'commented', at: number) =>
      ({ id: `${at}`, alarmId: 'al-1', kind, actor: 'wang', at, note: null, seenN: 1 }) as const;
    const actions = [act('acknowledged', 500), act('acknowledged', 300), act('commented', 100)];
    expect(episodesOf(changes, actions)).toEqual([
      episode({ sensorId: 'al-1', clearedAt: 9 * MINUTE_MS, acknowledgedAt: 300 }),
    ]);
    expect(activationsOf(changes).map(each => `${each.at / MINUTE_MS} ${each.severity}`)).toEqual([
      '0 yellow',
      '4 red',
    ]);
  });

  it.each([
    ['just over a day', { raisedAt: -1 }, 1],
    ['a day to the millisecond', { raisedAt: 0 }, 0],
    ['cleared in time', { raisedAt: -1, clearedAt: DAY_MS - 1 }, 0],
    ['cleared after the period', { raisedAt: -1, clearedAt: DAY_MS }, 1],
  ])('stale: %s', (_name, rest, count) => {
    expect(staleKpi([episode(rest)], DAY).value).toHaveLength(count);
  });

  it('five stale ones are too many', () => {
    const stale = (count: number): AlarmEpisode[] =>
      Array.from({ length: count }, (_, i) => episode({ alarmId: `al-${i}`, raisedAt: -1 }));
    expect([staleKpi(stale(4), DAY).status, staleKpi(stale(5), DAY).status]).toEqual(['met', 'missed']);
  });

  it('times to acknowledge, with those that still wait', () => {
    const acknowledged = Array.from({ length: 9 }, (_, i) =>
      episode({ alarmId: `al-${i}`, raisedAt: 0, acknowledgedAt: (i + 1) * MINUTE_MS }),
    );
    expect(acknowledgeKpi(acknowledged, DAY)).toMatchObject({
      status: 'met',
      value: { medianMs: 5 * MINUTE_MS, p90Ms: 9 * MINUTE_MS, waiting: 0, longestWaitMs: null },
    });
    const ignored = [...acknowledged, ...[1, 2].map(i => episode({ alarmId: `no-${i}`, raisedAt: 0 }))];
    expect(acknowledgeKpi(ignored, DAY)).toMatchObject({
      status: 'missed',
      value: { p90Ms: DAY_MS, acknowledged: 9, waiting: 2, longestWaitMs: DAY_MS },
    });
  });

  it.each([
    [0.5, 5],
    [0.9, 9],
    [0.91, 10],
    [0.99, 10],
    [0, 1],
  ])('nearest rank %f of ten', (share, expected) => {
    expect(nearestRank([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], share)).toBe(expected);
  });

  it('shares of severities', () => {
    const split = (blue: number, yellow: number, orange: number, red: number): Activation[] =>
      Object.entries({ blue, yellow, orange, red }).flatMap(([severity, count]) =>
        Array.from({ length: count }, (_, i) => alarmAt(i, { severity: severity as Severity })),
      );
    expect(priorityKpi(split(80, 15, 5, 0), DAY)).toMatchObject({
      status: 'met',
      value: { blue: 0.8, red: 0 },
    });
    expect(priorityKpi(split(0, 0, 0, 9), DAY)).toMatchObject({ status: 'missed', value: { red: 1 } });
  });
});

describe('quality of the system', () => {
  it('false alarms by rule; unassessed is not right', () => {
    const episodes = ['a', 'b', 'c', 'd', 'e'].map(alarmId => episode({ alarmId }));
    const verdicts = [
      { alarmId: 'a', isFalse: true, at: 1 },
      { alarmId: 'a', isFalse: false, at: 2 },
      { alarmId: 'b', isFalse: true, at: 1 },
      { alarmId: 'unknown', isFalse: true, at: 1 },
    ];
    const kpis = falseAlarmKpis([...episodes, episode({ alarmId: 'x', ruleId: 'r2' })], verdicts, DAY);
    expect(kpis.get('r1')).toMatchObject({
      status: 'missed',
      value: { alarms: 5, assessed: 2, false: 1, share: 0.5 },
    });
    expect(kpis.get('r2')).toMatchObject({ status: 'noData', value: null });
  });

  it('online time by owner', () => {
    const device = (orgId: string, onlineMs: number, expectedMs = 100) => ({
      deviceId: 'd',
      orgId,
      onlineMs,
      expectedMs,
    });
    const kpis = onlineKpis([
      ...[device('gas', 100), device('gas', 90)],
      ...[device('water', 100), device('water', 89)],
      device('new', 0, 0),
      device('odd', 300),
    ]);
    expect(kpis.get('gas')).toMatchObject({ status: 'met', value: { devices: 2, share: 0.95 } });
    expect(kpis.get('water')).toMatchObject({ status: 'missed' });
    expect(kpis.get('new')).toMatchObject({ status: 'noData' });
    expect(kpis.get('odd')).toMatchObject({ value: { share: 1 } });
  });

  it.each([
    ['predictive', times(9)],
    ['robust', times(10)],
    ['robust', times(99)],
    ['stable', times(100)],
    ['stable', Array.from({ length: 10 }, (_, i) => times(6, i * 10 * MINUTE_MS)).flat()],
    ['reactive', times(144 * 12, 0, 50_000).slice(0, 500)],
    ['overloaded', times(1_000)],
    ['overloaded', times(144 * 6, 0, 100_000)],
  ] as const)('performance class %s', (name, activations) => {
    expect(performanceKpi(activations, DAY).value?.class).toBe(name);
  });
});
