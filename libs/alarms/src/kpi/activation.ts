import type { Severity } from '@anmai/catalog';
import { invariant, type Millis } from '@anmai/kernel';
import type { AlarmChange, OperatorAction } from '../alarm';
import { groupBy } from './kpi';

/** One time that an alarm called for the operator: raised, or worse than before. */
export interface Activation {
  readonly at: Millis;
  readonly alarmId: string;
  readonly sensorId: string;
  readonly ruleId: string;
  readonly severity: Severity;
}

/** One alarm from raise to end, as the operator saw it: in journal time. */
export interface AlarmEpisode {
  readonly alarmId: string;
  readonly sensorId: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly raisedAt: Millis;
  /** null: open, which blind is, too. */
  readonly clearedAt: Millis | null;
  /** First acknowledgement; null: none yet. */
  readonly acknowledgedAt: Millis | null;
}

/** In order of journal time. A change counts once, however often it is given. */
export function activationsOf(changes: readonly AlarmChange[]): Activation[] {
  const unique = new Map(changes.map(change => [change.id, change]));
  return [...unique.values()]
    .filter(change => change.kind === 'raised' || change.kind === 'escalated')
    .map(({ noticedAt, alarmId, sensorId, ruleId, severity }) => ({
      at: noticedAt,
      alarmId,
      sensorId,
      ruleId,
      severity,
    }))
    .sort((a, b) => a.at - b.at || (a.alarmId < b.alarmId ? -1 : 1));
}

/** One an alarm, in order of its raise. */
export function episodesOf(
  changes: readonly AlarmChange[],
  actions: readonly OperatorAction[],
): AlarmEpisode[] {
  const tracks = groupBy(changes, change => change.alarmId);
  const acknowledged = new Map<string, Millis>();
  for (const { kind, alarmId, at } of actions) {
    if (kind === 'acknowledged')
      acknowledged.set(alarmId, Math.min(acknowledged.get(alarmId) ?? Infinity, at));
  }
  return [...tracks.values()]
    .map(track => episodeOf(track, acknowledged))
    .sort((a, b) => a.raisedAt - b.raisedAt || (a.alarmId < b.alarmId ? -1 : 1));
}

function episodeOf(changes: readonly AlarmChange[], acknowledged: ReadonlyMap<string, Millis>): AlarmEpisode {
  const track = [...changes].sort((a, b) => a.n - b.n);
  const [first] = track;
  invariant(first !== undefined, 'an alarm without changes');
  return {
    alarmId: first.alarmId,
    sensorId: first.sensorId,
    ruleId: first.ruleId,
    severity: first.severity,
    raisedAt: first.noticedAt,
    clearedAt: track.find(change => change.kind === 'cleared')?.noticedAt ?? null,
    acknowledgedAt: acknowledged.get(first.alarmId) ?? null,
  };
}
