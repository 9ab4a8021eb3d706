import type { AlarmShape } from '@anmai/wire';
import type { Fill } from '../look/severity-mark';
import { valueText } from '../text/format';
import { spanText, type TextKey, type Words } from '../text/words';

type Limit = AlarmShape['evidence']['limit'];

/** What the limit says, in words: `≥ 50 %LEL`, `连续 2.5 个上报周期没有数据`. */
export function limitText(words: Words, limit: Limit): string {
  const { t } = words;
  const unit = typeof limit['unit'] === 'string' ? limit['unit'] : '';
  const parts: string[] = [];
  for (const [name, value] of Object.entries(limit)) {
    if (name === 'unit' || name === 'severity' || name === 'type') continue;
    const text = typeof value === 'number' ? valueText(value) : value;
    if (name === 'above') parts.push(t('limit.above', { value: text, unit }));
    else if (name === 'below') parts.push(t('limit.below', { value: text, unit }));
    else if (name === 'missed') parts.push(t('limit.missed', { n: text }));
    else if (name === 'seconds' && typeof value === 'number')
      parts.push(t('limit.seconds', { span: spanText(words, value * 1_000) }));
    else if (name !== 'clearBelow' && name !== 'clearAbove')
      parts.push(t('limit.other', { name, value: text }));
  }
  return parts.join('  ').trim();
}

export const unitOf = (alarm: AlarmShape): string =>
  typeof alarm.evidence.limit['unit'] === 'string' ? alarm.evidence.limit['unit'] : '';

/** The last value among the deciding readings; null when there is none, as with silence. */
export const decidingValue = (alarm: AlarmShape): number | null =>
  [...alarm.evidence.readings].reverse().find(reading => reading.value !== null)?.value ?? null;

export const fillOf = (alarm: AlarmShape): Fill =>
  alarm.condition === 'blind'
    ? 'hatched'
    : alarm.condition === 'cleared' || alarm.closedAt !== null
      ? 'hollow'
      : 'solid';

/** The one word for its state in the list: what an operator has to do about it comes first. */
export function stateKey(alarm: AlarmShape): TextKey {
  if (alarm.closedAt !== null) return 'condition.closed';
  if (alarm.condition !== 'active') return `condition.${alarm.condition}`;
  return alarm.acknowledged ? 'ack.done' : 'ack.open';
}
