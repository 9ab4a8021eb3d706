import type { Millis } from '@anmai/kernel';
import { isAside, isWorse, move, SYSTEM, type Life, type Mover } from './life';
import type { ServiceSpell, Suppression } from './shapes';

const mover = (at: Millis, reason: string): Mover => ({ at, actor: SYSTEM, reason });

export function beginSuppression(life: Life, each: Suppression, at: Millis): Life {
  if (isWorse(life.severity, each.severityMax)) return life;
  const suppressions = [...life.suppressions, each];
  if (life.suppressions.length > 0) return { ...life, suppressions };
  return move(life, 'suppress', { suppressions }, mover(at, `${each.reason}: hidden by ${each.causeId}`));
}

export function endSuppression(life: Life, each: Suppression, at: Millis): Life {
  const suppressions = life.suppressions.filter(other => other !== each);
  if (suppressions.length === life.suppressions.length) return life;
  if (suppressions.length > 0) return { ...life, suppressions };
  return move(life, 'unsuppress', { suppressions }, mover(at, `${each.causeId} hides it no longer`));
}

export function beginService(life: Life, spell: ServiceSpell, at: Millis): Life {
  const services = [...life.services, spell];
  if (life.services.length > 0) return { ...life, services };
  return move(life, 'outOfService', { services }, mover(at, spell.reason));
}

export function endService(life: Life, spell: ServiceSpell, at: Millis): Life {
  const services = life.services.filter(other => other !== spell);
  if (services.length > 0) return { ...life, services };
  return move(life, 'inService', { services }, mover(at, `window ${spell.windowId} is over`));
}

interface Due {
  readonly at: Millis;
  readonly fire: (life: Life) => Life;
}

/** What time alone does next. One that is put aside is not called again: it calls when it comes back. */
function nextDue(life: Life): Due | null {
  const { shelf, reAlarmAt } = life;
  const dues: Due[] = [];
  if (shelf !== null) dues.push({ at: shelf.until, fire: each => expire(each, shelf.until) });
  if (reAlarmAt !== null && !isAside(life))
    dues.push({ at: reAlarmAt, fire: each => reAlarm(each, reAlarmAt) });
  return dues.sort((a, b) => a.at - b.at)[0] ?? null;
}

const expire = (life: Life, at: Millis): Life =>
  move(life, 'shelveExpired', { shelf: null }, mover(at, 'the time of the shelving is over'));

const reAlarm = (life: Life, at: Millis): Life =>
  move(life, 'reAlarm', { isAcknowledged: false, reAlarmAt: null }, mover(at, 'acknowledged, and still on'));

/** All that was due by `until`, in order. Each fires once, so this ends. */
export function passTime(life: Life, until: Millis): Life {
  let now = life;
  for (let due = nextDue(now); due !== null && due.at <= until; due = nextDue(now)) now = due.fire(now);
  return now;
}
