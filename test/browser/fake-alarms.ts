import type { Severity } from '@anmai/catalog';
import type { AlarmShape, ReadingShape, SensorShape } from '@anmai/wire';
import { FAKE_RULES, type City } from './fake-city';

const MINUTE_MS = 60_000;
const iso = (at: number): string => new Date(at).toISOString();

export interface FakeAlarm {
  readonly sensorId: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly limit: AlarmShape['evidence']['limit'];
  readonly value: number | null;
  readonly minutesAgo: number;
  readonly condition?: AlarmShape['condition'];
  readonly acknowledged?: boolean;
  /** What beside its condition is shown of it. */
  readonly life?: Partial<AlarmShape>;
}

function readingsOf({ value }: FakeAlarm, raisedMs: number): ReadingShape[] {
  if (value === null) return [];
  return Array.from({ length: 8 }, (_, i) => ({
    at: iso(raisedMs - (7 - i) * MINUTE_MS),
    value: value * (0.86 + 0.02 * i),
    quality: i === 2 ? (3 as const) : (1 as const),
  }));
}

function historyOf(alarm: FakeAlarm, raisedMs: number): AlarmShape['history'] {
  const step = (minutes: number, actor: string, change: string, reason: string | null) => ({
    at: iso(raisedMs + minutes * MINUTE_MS),
    actor,
    change,
    reason,
  });
  const history = [step(0, 'system', 'raised', '达到限值')];
  if (alarm.severity === 'red') history.push(step(2, 'system', 'escalated', '橙 → 红'));
  if (alarm.condition === 'blind') history.push(step(4, 'system', 'blinded', '连续 3 个上报周期没有数据'));
  if (alarm.acknowledged)
    history.push(step(5, '李值守', 'acknowledged', '已电话通知抢修班,预计 15 分钟到场'));
  if (alarm.condition === 'cleared') history.push(step(9, 'system', 'cleared', '低于解除限值 60 秒'));
  return history;
}

export function alarmOf(city: City, fake: FakeAlarm, now: number): AlarmShape {
  const sensor = city.sensors.find(item => item.id === fake.sensorId) as SensorShape;
  const rule = FAKE_RULES.find(item => item.id === fake.ruleId) ?? FAKE_RULES[0];
  const asset = city.assets.find(item => item.id === sensor.assetId);
  const raisedMs = now - fake.minutesAgo * MINUTE_MS;
  return {
    id: `al-${fake.sensorId}-${fake.ruleId}`,
    ruleId: fake.ruleId,
    ruleName: rule?.name ?? fake.ruleId,
    ruleVersion: rule?.version ?? 1,
    sensorId: sensor.id,
    sensorName: sensor.name,
    assetId: sensor.assetId,
    assetName: asset?.name ?? sensor.assetId,
    severity: fake.severity,
    condition: fake.condition ?? 'active',
    acknowledged: fake.acknowledged ?? false,
    shelvedUntil: null,
    onsetAt: iso(raisedMs - MINUTE_MS),
    raisedAt: iso(raisedMs),
    clearedAt: fake.condition === 'cleared' ? iso(raisedMs + 9 * MINUTE_MS) : null,
    closedAt: null,
    evidence: {
      limit: fake.limit,
      source: rule?.source ?? { kind: 'assumption', why: '', reviewBy: '' },
      readings: readingsOf(fake, raisedMs),
    },
    history: historyOf(fake, raisedMs),
    ...fake.life,
  };
}

const LEL = (above: number) => ({ above, unit: '%LEL' });

export const ONE_RED: readonly FakeAlarm[] = [
  {
    sensorId: 'well-0003.ch4',
    ruleId: 'gas-adjacent',
    severity: 'red',
    limit: LEL(50),
    value: 53.1,
    minutesAgo: 3,
  },
];

export const SOME: readonly FakeAlarm[] = [
  {
    sensorId: 'well-0007.ch4',
    ruleId: 'gas-adjacent',
    severity: 'orange',
    limit: LEL(40),
    value: 43.5,
    minutesAgo: 12,
    acknowledged: true,
  },
  {
    sensorId: 'house-0004.tilt',
    ruleId: 'tilt',
    severity: 'yellow',
    limit: { above: 4, unit: 'mm/m' },
    value: 4.32,
    minutesAgo: 190,
    acknowledged: true,
  },
  {
    sensorId: 'dma-0002.p',
    ruleId: 'water-end-pressure',
    severity: 'orange',
    limit: { below: 0.14, unit: 'MPa' },
    value: 0.132,
    minutesAgo: 26,
    condition: 'cleared',
  },
  {
    sensorId: 'mh-0005.level',
    ruleId: 'no-data',
    severity: 'blue',
    limit: { missed: 2.5 },
    value: null,
    minutesAgo: 1700,
  },
];

export const BLIND: readonly FakeAlarm[] = [
  {
    sensorId: 'well-0003.ch4',
    ruleId: 'gas-adjacent',
    severity: 'red',
    limit: LEL(50),
    value: 53.1,
    minutesAgo: 34,
    condition: 'blind',
    acknowledged: true,
  },
  {
    sensorId: 'underpass-0001.depth',
    ruleId: 'ponding',
    severity: 'yellow',
    limit: { above: 15, unit: 'cm' },
    value: 17,
    minutesAgo: 41,
    condition: 'blind',
  },
];

const LATER = iso(Date.now() + 45 * MINUTE_MS);
const EARLIER = iso(Date.now() - 20 * MINUTE_MS);
const raised = (reason: string) => ({ at: EARLIER, actor: 'system', change: 'raised', reason });

/** One of each that does not call, one that waits for a reset, and a sensor that chatters. */
export const ASIDE: readonly FakeAlarm[] = [
  {
    ...(SOME[0] as FakeAlarm),
    acknowledged: false,
    life: {
      shelvedUntil: LATER,
      history: [
        raised('limit reached'),
        { at: EARLIER, actor: '李值守', change: 'shelved', reason: '井下正在清淤，探头受扰' },
      ],
      assessment: { verdict: 'biogas', note: '现场复测为沼气', by: '李值守', at: EARLIER, coversRise: true },
    },
  },
  {
    ...(SOME[1] as FakeAlarm),
    acknowledged: false,
    life: {
      suppressedBy: {
        ruleId: 'power-hides',
        causeId: 'al-well-0003.ch4-gas-adjacent',
        since: EARLIER,
        until: null,
        reason: '同井可燃气体报警使本测点失真',
      },
      history: [
        raised('limit reached'),
        {
          at: EARLIER,
          actor: 'system',
          change: 'suppressed',
          reason: '同井可燃气体报警使本测点失真: hidden by al-well-0003.ch4-gas-adjacent',
        },
      ],
    },
  },
  {
    ...(SOME[3] as FakeAlarm),
    life: {
      outOfService: { windowId: 'w-1', since: EARLIER, until: LATER, reason: '液位计年度标定' },
    },
  },
  { ...(SOME[2] as FakeAlarm), life: { state: 'LATCH_UNACK', latched: true, unattendedSince: EARLIER } },
  ...[1, 2, 3, 4].map((minutesAgo): FakeAlarm => ({
    sensorId: 'well-0009.ch4',
    ruleId: 'gas-adjacent',
    severity: 'yellow',
    limit: LEL(20),
    value: 21.4,
    minutesAgo: minutesAgo / 4,
    condition: minutesAgo === 1 ? 'active' : 'cleared',
    life: { id: `al-chatter-${minutesAgo}` },
  })),
];

/** `count` alarms over all sensors, of all severities and states. */
export function flood(city: City, count: number): FakeAlarm[] {
  const severities: readonly Severity[] = ['yellow', 'orange', 'yellow', 'red', 'blue', 'yellow', 'orange'];
  return Array.from({ length: count }, (_, i) => {
    const sensor = city.sensors[(i * 7) % city.sensors.length] as SensorShape;
    const ruleId = FAKE_RULES[(i + Math.floor(i / city.sensors.length)) % FAKE_RULES.length]?.id ?? 'no-data';
    return {
      sensorId: sensor.id,
      ruleId: `${ruleId}-${Math.floor(i / city.sensors.length)}`,
      severity: severities[i % severities.length] ?? 'yellow',
      limit: { above: 20 + (i % 9), unit: sensor.unit },
      value: 23.4 + (i % 31) * 1.7,
      minutesAgo: 1 + (i % 10),
      acknowledged: i % 5 === 0,
      condition:
        i % 11 === 4 ? ('blind' as const) : i % 13 === 6 ? ('cleared' as const) : ('active' as const),
    };
  });
}
