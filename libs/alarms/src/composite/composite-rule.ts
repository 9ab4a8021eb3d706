import { severityRank } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { AlarmChange } from '../alarm';
import type { CompositeCondition, CompositePart } from '../rule';

/** An open alarm of a rule that some composite asks about. */
export interface Member {
  readonly alarmId: string;
  readonly ruleId: string;
  readonly sensorId: string;
  readonly assetId: string;
  /** Device time of its raise. */
  readonly at: Millis;
  readonly rank: number;
  readonly blind: boolean;
}

export function memberOf(change: AlarmChange): Member {
  const { alarmId, ruleId, sensorId, assetId, at, severity } = change;
  return { alarmId, ruleId, sensorId, assetId, at, rank: severityRank(severity), blind: false };
}

/** Which part of the condition an alarm can stand for; the first that fits. */
export function partOf(parts: readonly CompositePart[], member: Member): number {
  return parts.findIndex(
    part => part.ruleId === member.ruleId && member.rank >= severityRank(part.minSeverity ?? null),
  );
}

/**
 * Is the condition met by these alarms, which belong together? `all`: each part by one of them. A number: by so many
 * that differ in part or asset, so that two sensors of one well are no second witness.
 */
export function isMet({ of, need }: CompositeCondition, members: readonly Member[]): boolean {
  const parts = new Set<number>();
  const witnesses = new Set<string>();
  for (const member of members) {
    const part = partOf(of, member);
    if (part < 0) continue;
    parts.add(part);
    witnesses.add(`${part}/${member.assetId}`);
  }
  if (need === 'all') return parts.size === of.length;
  return witnesses.size >= (need === 'any' ? 1 : need.atLeast);
}
