import type { Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { AlarmView } from '../alarm';
import type { Chattering } from './chatter';
import { groupsOf } from './groups';
import { isWorse } from './life';

/** A row of a list will do. */
type Listed = Omit<AlarmView, 'history'>;

/** One line of the alarm list: one alarm, or all occurrences of a watch that chatters. */
export interface AlarmLine<V extends Listed = AlarmView> {
  /** The newest occurrence. */
  readonly head: V;
  /** All of them, newest first; more than one only when it chatters. */
  readonly alarms: readonly V[];
  readonly chattering: Chattering | null;
  /** Worst of those that are not closed; of the head when all are. */
  readonly severity: Severity;
  /** Somebody has seen all of them. One that nobody has seen is never lost in a line. */
  readonly acknowledged: boolean;
  readonly isCalling: boolean;
}

export const watchOf = ({ ruleId, sensorId }: Pick<AlarmView, 'ruleId' | 'sensorId'>): string =>
  `${ruleId} ${sensorId}`;

/**
 * Lines of a list, newest first. Occurrences of a chattering watch from its run on are one line; what was raised before
 * the run has a line of its own. `chatteringOf` is asked by `watchOf`.
 */
export function alarmLines<V extends Listed>(
  alarms: readonly V[],
  chatteringOf: (watch: string) => Chattering | null,
): AlarmLine<V>[] {
  const lines: AlarmLine<V>[] = [];
  for (const [watch, ofWatch] of groupsOf(alarms, watchOf)) {
    const chattering = chatteringOf(watch);
    const sinceAt: Millis = chattering?.since ?? Infinity;
    const run = ofWatch.filter(alarm => alarm.raisedAt >= sinceAt);
    const before = ofWatch.filter(alarm => alarm.raisedAt < sinceAt);
    if (run.length > 0) lines.push(lineOf(run, chattering));
    lines.push(...before.map(alarm => lineOf([alarm], null)));
  }
  return lines.sort((a, b) => newestFirst(a.head, b.head));
}

const newestFirst = (a: Listed, b: Listed): number => b.raisedAt - a.raisedAt || (a.id < b.id ? -1 : 1);

function lineOf<V extends Listed>(alarms: readonly V[], chattering: Chattering | null): AlarmLine<V> {
  const sorted = [...alarms].sort(newestFirst);
  const head = sorted[0]!;
  const open = sorted.filter(alarm => alarm.closedAt === null);
  return {
    head,
    alarms: sorted,
    chattering,
    severity: open
      .map(alarm => alarm.severity)
      .reduce((worst, each) => (isWorse(each, worst) ? each : worst), open[0]?.severity ?? head.severity),
    acknowledged: sorted.every(alarm => alarm.acknowledged),
    isCalling: sorted.some(alarm => alarm.isCalling ?? !alarm.acknowledged),
  };
}
