import type { ActionKind } from '../alarm';
import { isAside, type Life } from './life';
import type { LifeSettings } from './settings';
import type { Duty, DutyKind } from './shapes';

/** Which action fulfils what is owed since the raise or the newest rise. */
const DONE_BY: Readonly<Record<DutyKind, readonly ActionKind[]>> = {
  identify: ['acknowledged', 'closed'],
  respond: ['assessed', 'confirmed', 'closed'],
  feedback: ['commented', 'confirmed', 'closed'],
};

/**
 * What the centre owes this alarm: see it, say what it is, feed back what was found. Nothing while it is put aside or
 * closed. One that calls again has to be seen again; the rest starts anew with a rise only.
 */
export function dutiesOf(life: Life, settings: LifeSettings): Duty[] {
  if (isAside(life) || life.closedAt !== null) return [];
  const dutyOf = (kind: DutyKind): Duty => {
    const calls = kind === 'identify' && life.callingSince !== null;
    const since = calls ? life.callingSince : life.risenAt;
    const done = life.deeds.filter(deed => deed.at >= since && DONE_BY[kind].includes(deed.kind));
    const doneAt = calls ? null : (done[0]?.at ?? null);
    const dueAt = since + settings.dutyMs[kind];
    return { kind, dueAt, doneAt, isOverdue: doneAt === null && life.at >= dueAt };
  };
  return [dutyOf('identify'), dutyOf('respond'), dutyOf('feedback')];
}
