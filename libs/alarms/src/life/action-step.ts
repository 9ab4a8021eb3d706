import type { Millis } from '@anmai/kernel';
import type { OperatorAction } from '../alarm';
import { alter, move, type Life, type LifeContext, type Mover } from './life';
import { refusalOf } from './refusals';
import type { LifeSettings } from './settings';

/** What an operator's action does. One that could not be taken as things stood at `at` is kept, and does nothing. */
export function takeAction(life: Life, action: OperatorAction, at: Millis, context: LifeContext): Life {
  const settings = context.settingsAt(at);
  const refusal = refusalOf(life, { ...action, at }, settings);
  if (refusal !== null) return { ...life, refused: new Map(life.refused).set(action.id, refusal.code) };
  const deeds = [...life.deeds, { kind: action.kind, at }];
  return effect({ ...life, deeds }, action, at, settings);
}

function effect(life: Life, action: OperatorAction, at: Millis, settings: LifeSettings): Life {
  const { actor, note } = action;
  const mover: Mover = { at, actor, reason: note ?? 'no reason given' };
  switch (action.kind) {
    case 'commented':
      return life;
    case 'acknowledged':
      return move(life, 'acknowledge', acknowledged(life, at, settings), mover);
    case 'shelved': {
      const shelf = { since: at, until: action.until!, severity: life.severity, by: actor, reason: note! };
      return move(life, 'shelve', { shelf }, mover);
    }
    case 'unshelved':
      return move(life, 'unshelve', { shelf: null }, mover);
    case 'assessed': {
      const assessment = { verdict: action.verdict!, note, by: actor, at, coversRise: true };
      return alter(life, { assessment }, at);
    }
    case 'confirmed':
      return alter(life, { confirmedBy: actor }, at);
    case 'reset':
      return move(life, 'reset', { isLatched: false }, mover);
    case 'closed':
      return move(life, 'close', { isAcknowledged: true, closedAt: at }, mover);
  }
}

function acknowledged(life: Life, at: Millis, settings: LifeSettings): Partial<Life> {
  const reAlarmMs = settings.reAlarmMs[life.severity];
  const calls = life.isActive && reAlarmMs !== null;
  return { isAcknowledged: true, reAlarmAt: calls ? at + reAlarmMs : null };
}
