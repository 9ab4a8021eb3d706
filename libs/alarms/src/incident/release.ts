import type { LimitSource } from '@anmai/catalog';
import type { AlarmCondition } from '../alarm';
import type { IncidentVerdict } from './disposal-step';
import type { FamilyId } from './family';

/** What is known of a linked sensor at the instant of a release. */
export interface SensorFact {
  readonly sensorId: string;
  /** Worst of its alarms; null: it has none. */
  readonly alarm: AlarmCondition | null;
  /** Usable readings within all limits (deadband included), counted back from the newest without a break. */
  readonly normalRun: number;
  /** No usable value within its time. */
  readonly blind: boolean;
  /** Held out of service by a planned window, by somebody, with a reason: what it reads says nothing of the place. */
  readonly outOfService: boolean;
}

export interface ReleasePolicy {
  /** Readings in a row within the limits. */
  readonly normalReadings: number;
  readonly byFamily: Readonly<Partial<Record<FamilyId, number>>>;
  readonly source: LimitSource;
}

export const RELEASE_POLICY: ReleasePolicy = {
  normalReadings: 3,
  byFamily: { gas: 5 },
  source: {
    kind: 'assumption',
    why: '十堰 2021-06-13：爆炸前四分钟宣布“处置完毕”。须每个关联传感器连续 N 次读数正常；N 无公开规定。',
    reviewBy: '2027-05-31',
  },
};

export type NotNormal = 'unknown' | 'alarmOpen' | 'blind' | 'outOfService' | 'tooFewReadings';

/** Why a sensor stands in the way of a release, and what to do about it. */
export interface MissingSensor {
  readonly sensorId: string;
  readonly reason: NotNormal;
  readonly normalRun: number;
  readonly needed: number;
  readonly instead: string;
}

const INSTEAD: Readonly<Record<NotNormal, string>> = {
  unknown: 'Nothing is known of it: find it in the registry, or measure at the place.',
  alarmOpen: 'It still measures danger: work on until its readings are normal.',
  blind: 'It does not report: restore it or put another beside it. Silence is not normal.',
  outOfService:
    'It is out of service: end its planned window, or assess the incident as a device fault if that is what it was.',
  tooFewReadings: 'It has just become normal: wait for further readings.',
};

/** The linked sensors that are not back to normal, and why. Without linked sensors nothing can be said: see mayStep. */
export function notNormal(
  sensorIds: readonly string[],
  facts: readonly SensorFact[],
  verdict: IncidentVerdict | null,
  needed: number,
): MissingSensor[] {
  const byId = new Map(facts.map(fact => [fact.sensorId, fact]));
  return sensorIds.flatMap(sensorId => {
    const fact = byId.get(sensorId) ?? null;
    const reason = reasonOf(fact, verdict, needed);
    if (reason === null) return [];
    return [{ sensorId, reason, normalRun: fact?.normalRun ?? 0, needed, instead: INSTEAD[reason] }];
  });
}

function reasonOf(
  fact: SensorFact | null,
  verdict: IncidentVerdict | null,
  needed: number,
): NotNormal | null {
  if (fact === null) return 'unknown';
  // Only a sensor that was itself the fault may be left out; else this would be the way around the rule.
  if (fact.outOfService) return verdict === 'deviceFault' ? null : 'outOfService';
  if (fact.blind || fact.alarm === 'blind') return 'blind';
  if (fact.alarm === 'active') return 'alarmOpen';
  return fact.normalRun >= needed ? null : 'tooFewReadings';
}
