import { spanText, type Words } from '../text/words';
import { fullTime } from '../text/format';
import { repeatOf, WEEKDAYS } from './repeat';

/** How often, in words: `每 2 周 周一、周三，共 6 次`. */
export function repeatWords({ t }: Words, rrule: string | null): string {
  const repeat = repeatOf(rrule);
  if (repeat.kind === 'once') return t('repeat.once');
  if (repeat.kind === 'own') return repeat.text;
  const { kind, every, days, monthDays, end } = repeat;
  const how = every === 1 ? t(`repeat.${kind}`) : t(`repeat.${kind}Every`, { n: every });
  const on =
    days.length > 0
      ? WEEKDAYS.filter(day => days.includes(day)).map(day => t(`weekday.${day}`))
      : monthDays.map(day => (day < 0 ? t('repeat.fromEnd', { n: -day }) : t('repeat.dayOf', { n: day })));
  const until =
    end === null
      ? ''
      : 'count' in end
        ? t('repeat.count', { n: end.count })
        : t('repeat.until', { day: end.until });
  return [how, on.join(t('list.and')), until].filter(part => part !== '').join(' ');
}

/** `2026-12-01 08:00 起，2 小时` */
export const turnText = (
  words: Words,
  { from, to }: { readonly from: number; readonly to: number },
): string => words.t('turn.of', { time: fullTime(from).slice(0, 16), span: spanText(words, to - from) });
