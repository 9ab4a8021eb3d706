import type { Millis } from '@anmai/kernel';
import type { AlarmView, HistoryItem } from '../alarm';
import { foldAlarm } from '../fold';
import { dutiesOf } from './duties';
import type { LifeEvent } from './graph';
import { isAside, isCalling, stateBeneath, stateWord, SYSTEM, type Life, type LifeContext } from './life';
import { lifeOf, type Tracks } from './life-of';
import type { Duty, Timer } from './shapes';

/** How an event that nobody recorded stands in the history. The others are there as changes and actions. */
const TOLD_AS: Partial<Readonly<Record<LifeEvent, string>>> = {
  shelve: 'shelved',
  unshelve: 'unshelved',
  shelveExpired: 'shelveExpired',
  suppress: 'suppressed',
  unsuppress: 'unsuppressed',
  outOfService: 'outOfService',
  inService: 'inService',
  reAlarm: 'reAlarmed',
};

/** All that the page shows of one alarm as of `at`: `foldAlarm` with the operator side of its life. */
export function alarmViewAt(tracks: Tracks, context: LifeContext, at: Millis): Required<AlarmView> {
  return viewOfLife(lifeOf(tracks, context, at), tracks, context);
}

/** The same for a life that is at hand; it has to be of these tracks and this context. */
export function viewOfLife(life: Life, tracks: Tracks, context: LifeContext): Required<AlarmView> {
  const duties = dutiesOf(life, context.settingsAt(life.at));
  const identify = duties.find(duty => duty.kind === 'identify');
  return {
    ...foldAlarm(tracks.changes, []),
    acknowledged: life.isAcknowledged,
    closedAt: life.closedAt,
    history: historyOf(life, tracks),
    state: stateWord(life),
    stateBeneath: stateBeneath(life),
    isCalling: isCalling(life),
    shelvedUntil: life.shelf?.until ?? null,
    suppressedBy: life.suppressions[0] ?? null,
    outOfService: life.services[0] ?? null,
    latched: context.latched,
    assessment: life.assessment,
    unattendedSince: identify?.isOverdue === true ? identify.dueAt : null,
    duties,
    timers: timersOf(life, duties, context),
  };
}

function historyOf(life: Life, { changes, actions }: Tracks): HistoryItem[] {
  const noted = new Map<string, HistoryItem>();
  for (const { id, noticedAt, kind, reason } of [...changes].sort((a, b) => a.n - b.n)) {
    noted.set(id, { at: noticedAt, actor: SYSTEM, change: kind, reason });
  }
  const derived = life.transitions.flatMap(({ at, event, actor, reason }): HistoryItem[] => {
    const change = TOLD_AS[event];
    return change === undefined || actor !== SYSTEM ? [] : [{ at, actor, change, reason }];
  });
  const done = new Map<string, HistoryItem>();
  for (const { id, at, actor, kind, note } of [...actions].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const noEffect = life.refused.get(id);
    const item = { at, actor, change: kind, reason: note };
    done.set(id, noEffect === undefined ? item : { ...item, noEffect });
  }
  return [...noted.values(), ...derived, ...done.values()].sort((a, b) => a.at - b.at);
}

function timersOf(life: Life, duties: readonly Duty[], context: LifeContext): Timer[] {
  const timers: Timer[] = duties
    .filter(duty => duty.doneAt === null)
    .map(duty => ({ kind: duty.kind, at: duty.dueAt }));
  if (life.shelf !== null) timers.push({ kind: 'shelveExpires', at: life.shelf.until });
  if (life.reAlarmAt !== null && !isAside(life)) timers.push({ kind: 'reAlarm', at: life.reAlarmAt });
  for (const { to } of life.suppressions) if (to !== null) timers.push({ kind: 'suppressionEnds', at: to });
  for (const { to } of life.services) timers.push({ kind: 'serviceEnds', at: to });
  for (const { from } of context.suppressions) timers.push({ kind: 'suppressionStarts', at: from });
  for (const { from } of context.serviceSpells) timers.push({ kind: 'serviceStarts', at: from });
  return timers.filter(timer => timer.at > life.at).sort((a, b) => a.at - b.at);
}

/** When time alone will change what this view shows, after `at`; null: never. A clock sleeps until then. */
export function nextChangeAt(view: Pick<AlarmView, 'timers'>, at: Millis): Millis | null {
  return view.timers?.find(timer => timer.at > at)?.at ?? null;
}
