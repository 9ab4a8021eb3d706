import type { AlarmShape } from '@anmai/wire';
import { asideOf, isLatched } from './aside';
import type { Fill } from '../look/severity-mark';
import { unitText, valueText } from '../text/format';
import { spanText, type TextKey, type Words } from '../text/words';

type Limit = AlarmShape['evidence']['limit'];

/** What the limit says, in words: `≥ 50 %LEL`, `连续 2.5 个上报周期没有数据`. */
export function limitText(words: Words, limit: Limit): string {
  const { t } = words;
  const unit = typeof limit['unit'] === 'string' ? unitText(limit['unit']) : '';
  const parts: string[] = [];
  const span = (value: number | string): string => spanText(words, Number(value) * 1_000);
  for (const [name, value] of Object.entries(limit)) {
    if (SAID_ELSEWHERE.has(name)) continue;
    const text = typeof value === 'number' ? valueText(value) : value;
    const every = limit['expectedEverySeconds'];
    if (limit['unit'] === 'bool') parts.push(t('limit.signal'));
    else if (name === 'above') parts.push(t('limit.above', { value: text, unit }));
    else if (name === 'below') parts.push(t('limit.below', { value: text, unit }));
    else if (name === 'missed' && every !== undefined)
      parts.push(t('limit.missedEvery', { n: text, span: span(every) }));
    else if (name === 'missed') parts.push(t('limit.missed', { n: text }));
    else if (name === 'seconds') parts.push(t('limit.seconds', { span: span(value) }));
    else parts.push(t('limit.other', { name, value: text }));
  }
  return parts.join('  ').trim();
}

/** Parts of a limit that other parts put into words, or that say when the alarm is over. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set([
  'unit',
  'severity',
  'type',
  'clearBelow',
  'clearAbove',
  'expectedEverySeconds',
]);

/** Sensors are often called after their asset; below the name of the asset only the rest of it tells something. */
export function shortSensorName({ sensorName, assetName }: AlarmShape): string {
  const rest = sensorName.startsWith(assetName)
    ? sensorName.slice(assetName.length).replace(/^[\s·\-_/]+/, '')
    : '';
  return rest === '' ? sensorName : rest;
}

export const unitOf = (alarm: AlarmShape): string =>
  typeof alarm.evidence.limit['unit'] === 'string' ? unitText(alarm.evidence.limit['unit']) : '';

/** An alarm about silence itself: there is nothing to see of the sensor, so it looks like what is blind. */
export const isSilence = ({ evidence: { limit } }: AlarmShape): boolean =>
  limit['above'] === undefined && limit['below'] === undefined && ('missed' in limit || 'seconds' in limit);

/** The last value among the deciding readings; null when there is none, as with silence. */
export const decidingValue = (alarm: AlarmShape): number | null =>
  [...alarm.evidence.readings].reverse().find(reading => reading.value !== null)?.value ?? null;

export const fillOf = (alarm: AlarmShape): Fill =>
  alarm.condition === 'cleared' || alarm.closedAt !== null
    ? 'hollow'
    : alarm.condition === 'blind' || isSilence(alarm)
      ? 'hatched'
      : 'solid';

/** The one word for its state in the list: what an operator has to do about it comes first. */
export function stateKey(alarm: AlarmShape): TextKey {
  if (alarm.closedAt !== null) return 'condition.closed';
  const aside = asideOf(alarm);
  if (aside !== null) return `condition.${aside}`;
  if (isLatched(alarm)) return 'condition.latched';
  if (alarm.condition === 'cleared' && !alarm.acknowledged) return 'condition.clearedOpen';
  if (alarm.condition !== 'active') return `condition.${alarm.condition}`;
  return alarm.acknowledged ? 'ack.done' : 'ack.open';
}
