import type { AnswerValue, FormItem } from '@anmai/lifecycle';
import type { Words } from '../text/words';

/** An answer in words, for what was found last time and for what another device says. */
export function answerText(
  item: FormItem,
  value: AnswerValue,
  { t, lang }: Pick<Words, 't' | 'lang'>,
): string {
  switch (value.kind) {
    case 'choice': {
      const options = item.kind === 'choice' ? item.options : [];
      return value.codes
        .map(code => options.find(option => option.code === code)?.name[lang] ?? code)
        .join('、');
    }
    case 'measure':
      return `${value.value} ${item.kind === 'measure' ? item.unit : ''}`.trim();
    case 'text':
      return value.text;
    case 'position':
      return `${value.floor} (${Math.round(value.x * 100)} %, ${Math.round(value.y * 100)} %)`;
    case 'photos':
      return t('inspect.photoCount', { n: value.ids.length });
    case 'cannot':
      return t('inspect.cannotBecause', { why: value.reason });
    case 'empty':
      return t('inspect.takenBack');
    case 'row':
    case 'result':
      return '';
  }
}
