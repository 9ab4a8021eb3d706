import type { KpiShape } from '@anmai/wire';
import { countText, valueText } from '../text/format';
import { spanText, type Words } from '../text/words';

const SHARES: ReadonlySet<string> = new Set([
  'crowded',
  'crowdedHours',
  'flood',
  'badActors',
  'falseAlarms',
  'online',
]);
const percent = (share: number): string => `${valueText(Math.round(share * 1_000) / 10)} %`;

/** A figure in words. Nothing measured is never a number: `无数据`. */
export function kpiText(words: Words, { name, value }: KpiShape): string {
  if (value === null) return words.t('kpi.noData');
  const main = value['value'];
  if (name === 'priorities') {
    const shares = (['blue', 'yellow', 'orange', 'red'] as const).map(severity => {
      const share = value[severity];
      return `${words.t(`severity.${severity}`)} ${typeof share === 'number' ? percent(share) : '—'}`;
    });
    return shares.join(' · ');
  }
  if (typeof main === 'string') return words.named('performance', main);
  if (typeof main !== 'number') return words.t('kpi.noData');
  if (name === 'acknowledge') return spanText(words, main);
  return SHARES.has(name) ? percent(main) : countText(main);
}
