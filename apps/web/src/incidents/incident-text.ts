import type { IncidentShape, TimerShape } from '@anmai/wire';
import type { Fill } from '../look/severity-mark';
import { spanText, type Words } from '../text/words';

export const fillOfIncident = ({ condition }: IncidentShape): Fill =>
  condition === 'blind' ? 'hatched' : condition === 'cleared' ? 'hollow' : 'solid';

/** What it is and where: `燃气泄漏 · 人民路 12 号井`. */
export function incidentTitle(words: Words, incident: IncidentShape): string {
  const family = words.named('family', incident.familyId);
  const n = incident.assetCount;
  const place = incident.placeName ?? incident.id;
  return `${family} · ${n > 1 ? words.t('incident.placeAndMore', { place, n }) : place}`;
}

/** From here on a duty counts down by seconds, so that it is seen before it is over. */
export const SOON_MS = 2 * 60_000;
export type Urgency = 'overdue' | 'soon' | 'ahead';

export function urgencyOf({ dueAt }: TimerShape, now: number): Urgency {
  const leftMs = Date.parse(dueAt) - now;
  return leftMs < 0 ? 'overdue' : leftMs <= SOON_MS ? 'soon' : 'ahead';
}

/** The longest overdue first. */
export const timersInOrder = ({ timers }: IncidentShape): TimerShape[] =>
  timers.toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));

/** What is owed first; null: nothing is. */
export const nextTimer = (incident: IncidentShape): TimerShape | null => timersInOrder(incident)[0] ?? null;

export const overdueCount = ({ timers }: IncidentShape, now: number): number =>
  timers.filter(timer => urgencyOf(timer, now) === 'overdue').length;

/** `研判 逾期 2 分`, `响应 还剩 8 分`, and in the last minutes `响应 还剩 1:23`. */
export function timerText(words: Words, timer: TimerShape, now: number): string {
  const leftMs = Date.parse(timer.dueAt) - now;
  const what = words.named('timer', timer.kind);
  const span = urgencyOf(timer, now) === 'soon' ? countdown(leftMs) : spanText(words, Math.abs(leftMs));
  return words.t(leftMs < 0 ? 'timer.overdue' : 'timer.left', { what, span });
}

function countdown(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Incidents that owe something: the longest overdue first, then what is about to be. */
export function owing(
  incidents: Iterable<IncidentShape>,
  now: number,
): { readonly overdue: readonly IncidentShape[]; readonly soon: readonly IncidentShape[] } {
  const found = { overdue: [] as IncidentShape[], soon: [] as IncidentShape[] };
  for (const incident of incidents) {
    const timer = nextTimer(incident);
    const urgency = timer === null ? 'ahead' : urgencyOf(timer, now);
    if (urgency !== 'ahead') found[urgency].push(incident);
  }
  const dueAt = (incident: IncidentShape): number => Date.parse(nextTimer(incident)!.dueAt);
  for (const list of Object.values(found)) list.sort((a, b) => dueAt(a) - dueAt(b));
  return found;
}
