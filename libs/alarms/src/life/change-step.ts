import type { Millis } from '@anmai/kernel';
import type { AlarmChange } from '../alarm';
import { alter, isWorse, move, SYSTEM, type Life, type LifeContext, type Mover } from './life';

/** What a change of the condition track does to the operator side of the alarm's life. */
export function takeChange(life: Life, change: AlarmChange, at: Millis, context: LifeContext): Life {
  const mover = { at, actor: SYSTEM, reason: change.reason };
  if (change.kind === 'cleared') return clears(life, change, mover, context);
  if (!life.isActive) return occurs(life, change, mover, context);
  const { severity, kind } = change;
  const isBlind = kind === 'blinded' || (life.isBlind && kind !== 'restored');
  const isRise = kind === 'raised' || kind === 'escalated' || isWorse(severity, life.severity);
  const now = isRise ? rises(life, change, mover) : life;
  return alter(now, { severity, isBlind }, at);
}

function clears(life: Life, change: AlarmChange, mover: Mover, context: LifeContext): Life {
  const clearedN = change.n;
  if (!life.isActive) return alter(life, { clearedN }, mover.at);
  const returned = { isActive: false, isBlind: false, isLatched: context.latched, reAlarmAt: null, clearedN };
  return move(life, 'return', returned, mover);
}

/** The first raise, or on again after a return: whatever was said before does not hold for it. */
function occurs(life: Life, change: AlarmChange, mover: Mover, context: LifeContext): Life {
  const on = move(
    life,
    'occur',
    {
      ...risen(life, change, mover.at),
      isActive: true,
      isBlind: change.kind === 'blinded',
      isLatched: false,
      confirmedBy: null,
      closedAt: null,
    },
    mover,
  );
  const { shelfBefore } = context;
  const isFirst = life.transitions.length === 0;
  if (!isFirst || shelfBefore === null || shelfBefore.until <= mover.at) return unhidden(on, mover.at);
  if (isWorse(on.severity, shelfBefore.severity)) return on;
  const reason = `shelved by ${shelfBefore.by} with the alarm before: ${shelfBefore.reason}`;
  return move(on, 'shelve', { shelf: shelfBefore }, { ...mover, reason });
}

function rises(life: Life, change: AlarmChange, mover: Mover): Life {
  const next = unhidden({ ...life, severity: change.severity }, mover.at);
  return move(next, 'escalate', risen(next, change, mover.at), mover);
}

function risen(life: Life, change: AlarmChange, at: Millis): Partial<Life> {
  const { severity, n: risenN } = change;
  const severityMax = isWorse(severity, life.severityMax) ? severity : life.severityMax;
  const assessment = life.assessment === null ? null : { ...life.assessment, coversRise: false };
  return { severity, severityMax, risenN, risenAt: at, isAcknowledged: false, reAlarmAt: null, assessment };
}

/** Neither a shelf nor a cause hides more than the severity that it was meant for. */
function unhidden(life: Life, at: Millis): Life {
  const { shelf, severity } = life;
  const reason = `rose to ${severity}, above what was put aside`;
  const mover = { at, actor: SYSTEM, reason };
  const unshelved =
    shelf !== null && isWorse(severity, shelf.severity)
      ? move(life, 'unshelve', { shelf: null }, mover)
      : life;
  const suppressions = unshelved.suppressions.filter(each => !isWorse(severity, each.severityMax));
  if (suppressions.length === unshelved.suppressions.length) return unshelved;
  if (suppressions.length > 0) return { ...unshelved, suppressions };
  return move(unshelved, 'unsuppress', { suppressions }, mover);
}
