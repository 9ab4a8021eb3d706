import { invariant } from '@anmai/kernel';
import type { AlarmChange, AlarmCondition, AlarmView, HistoryItem, OperatorAction } from './alarm';

/** The page's view of one alarm: both tracks, in any order of arrival. `changes` is not empty. */
export function foldAlarm(changes: readonly AlarmChange[], actions: readonly OperatorAction[]): AlarmView {
  const track = [...changes].sort((a, b) => a.n - b.n);
  const first = track[0];
  const last = track[track.length - 1];
  invariant(first !== undefined && last !== undefined, 'an alarm without changes');
  const clearedAt = last.kind === 'cleared' ? last.at : null;
  const acknowledgement = acknowledgedBy(track, actions);
  return {
    id: first.alarmId,
    ruleId: first.ruleId,
    ruleVersion: last.ruleVersion,
    sensorId: first.sensorId,
    assetId: first.assetId,
    severity: last.severity,
    condition: conditionAfter(track),
    acknowledged: acknowledgement !== null,
    onsetAt: first.onsetAt,
    raisedAt: first.at,
    clearedAt,
    closedAt: closedAt(last, acknowledgement),
    evidence: decidingEvidence(track),
    history: historyOf(track, actions),
  };
}

/** The first acknowledgement that has seen the newest raise or escalation, or null. */
function acknowledgedBy(
  track: readonly AlarmChange[],
  actions: readonly OperatorAction[],
): OperatorAction | null {
  const rising =
    track.filter(change => change.kind === 'raised' || change.kind === 'escalated').at(-1)?.n ?? 0;
  const fitting = actions.filter(action => action.kind === 'acknowledged' && action.seenN >= rising);
  return fitting.sort((a, b) => a.at - b.at)[0] ?? null;
}

function conditionAfter(track: readonly AlarmChange[]): AlarmCondition {
  const last = track[track.length - 1]!;
  if (last.kind === 'cleared') return 'cleared';
  const sight = track.filter(change => change.kind === 'blinded' || change.kind === 'restored').at(-1);
  return sight?.kind === 'blinded' ? 'blind' : 'active';
}

/** Closed by whichever of the two came later. */
function closedAt(last: AlarmChange, acknowledgement: OperatorAction | null): number | null {
  if (last.kind !== 'cleared' || acknowledgement === null) return null;
  return Math.max(last.noticedAt, acknowledgement.at);
}

/** What explains the severity: a clear or a blind spell explains nothing about the limit. */
function decidingEvidence(track: readonly AlarmChange[]): AlarmView['evidence'] {
  const deciding = track
    .filter(change => ['raised', 'escalated', 'deescalated'].includes(change.kind))
    .at(-1);
  return (deciding ?? track[0]!).evidence;
}

function historyOf(track: readonly AlarmChange[], actions: readonly OperatorAction[]): HistoryItem[] {
  const items: HistoryItem[] = [
    ...track.map(change => ({
      at: change.noticedAt,
      actor: 'system',
      change: change.kind,
      reason: change.reason,
    })),
    ...actions.map(action => ({
      at: action.at,
      actor: action.actor,
      change: action.kind,
      reason: action.note,
    })),
  ];
  return items.sort((a, b) => a.at - b.at);
}
