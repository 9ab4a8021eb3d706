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

/** Overdue first; null: nothing is expected. */
export const nextTimer = ({ timers }: IncidentShape): TimerShape | null => timers[0] ?? null;

/** `研判 逾期 2 分` or `响应 剩 8 分`. */
export function timerText(words: Words, timer: TimerShape, now: number): string {
  const leftMs = Date.parse(timer.dueAt) - now;
  const what = words.named('timer', timer.kind);
  const span = spanText(words, Math.abs(leftMs));
  return words.t(leftMs < 0 ? 'timer.overdue' : 'timer.left', { what, span });
}
