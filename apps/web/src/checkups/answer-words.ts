import type { AnswerValue, AskedItem, FormItem } from '@anmai/lifecycle';
import type { Words } from '../text/words';

/** `裂缝 c1 · 最大宽度`, or the item alone. */
export const itemName = ({ lang }: Words, { group, rowId, item }: AskedItem): string =>
  group === null ? item.name[lang] : `${group.rowName[lang]} ${rowId ?? ''} · ${item.name[lang]}`;

export function answerText({ lang, t }: Words, item: FormItem, answer: AnswerValue): string {
  switch (answer.kind) {
    case 'choice': {
      const options = item.kind === 'choice' ? item.options : [];
      const names = options
        .filter(option => answer.codes.includes(option.code))
        .map(option => option.name[lang]);
      return names.join(t('chk.and'));
    }
    case 'measure':
      return `${answer.value}${item.kind === 'measure' ? ` ${item.unit}` : ''}`;
    case 'text':
      return answer.text;
    case 'position':
      return `${answer.floor} (${Math.round(answer.x * 100)} %, ${Math.round(answer.y * 100)} %)`;
    case 'cannot':
      return t('chk.cannot', { reason: answer.reason });
    case 'photos':
      return t('chk.photos', { n: answer.ids.length });
    case 'row':
    case 'result':
    case 'empty':
      return '';
  }
}
