import type {
  ChoiceItem,
  FindingLevel,
  FormGroup,
  FormOption,
  ItemLimit,
  MeasureItem,
  PhotosItem,
  PositionItem,
  ShowIf,
  TextItem,
} from '../form';
import { confirmed, provisional, type Mark, type Words } from '../mark';

/*
 * Short ways of writing forms down. Numbers in brackets are the sources listed in the project's domain notes; what is
 * marked provisional was recalled or copied from a place of low standing.
 */

export const w = (zh: string, en: string): Words => ({ zh, en });

export const option = (code: string, level: FindingLevel, zh: string, en: string): FormOption => ({
  code,
  level,
  name: w(zh, en),
});

/** Which option weighs how much is our own default. */
const OPTION_MARK = provisional('default of the form; no source gives levels for single observations');

interface Extra {
  readonly required?: boolean;
  readonly showIf?: ShowIf;
  readonly hint?: Words;
}
const extra = ({ required = true, showIf, hint }: Extra) => ({
  required,
  ...(showIf === undefined ? {} : { showIf }),
  ...(hint === undefined ? {} : { hint }),
});

export const choice = (
  id: string,
  name: Words,
  options: readonly FormOption[],
  more: Extra & { multiple?: boolean; mark?: Mark } = {},
): ChoiceItem => ({
  kind: 'choice',
  id,
  name,
  options,
  multiple: more.multiple ?? false,
  mark: more.mark ?? OPTION_MARK,
  ...extra(more),
});

export const measure = (
  id: string,
  name: Words,
  [unit, min, max, decimals]: readonly [string, number, number, number],
  limits: readonly ItemLimit[] = [],
  more: Extra = {},
): MeasureItem => ({
  kind: 'measure',
  id,
  name,
  unit,
  min,
  max,
  decimals,
  limits,
  ...extra({ required: false, ...more }),
});

export const text = (id: string, name: Words, more: Extra = {}): TextItem => ({
  kind: 'text',
  id,
  name,
  charsMax: 500,
  ...extra({ required: false, ...more }),
});

export const photos = (id: string, name: Words, countMin: number, more: Extra = {}): PhotosItem => ({
  kind: 'photos',
  id,
  name,
  countMin,
  countMax: 20,
  ...extra(more),
});

export const position = (id: string, more: Extra = {}): PositionItem => ({
  kind: 'position',
  id,
  name: w('平面位置', 'place on the floor sketch'),
  ...extra(more),
});

export const group = (
  id: string,
  name: Words,
  rowName: Words,
  items: FormGroup['items'],
  more: Extra & { trend?: FormGroup['trend']; rowsMax?: number } = {},
): FormGroup => ({
  kind: 'group',
  id,
  name,
  rowName,
  items,
  rowsMax: more.rowsMax ?? 100,
  ...(more.trend === undefined ? {} : { trend: more.trend }),
  ...extra({ required: false, ...more }),
});

export const over = (value: number, level: 1 | 2, mark: Mark, onlyIf?: ShowIf): ItemLimit => ({
  op: '>',
  value,
  level,
  mark,
  ...(onlyIf === undefined ? {} : { onlyIf }),
});

/** "None, slight, serious": the three answers to most of what is looked at. */
export const looks = (id: string, name: Words, slight: Words, serious: Words, more: Extra = {}): ChoiceItem =>
  choice(
    id,
    name,
    [
      option('none', 0, '未见异常', 'nothing unusual'),
      { code: 'slight', level: 1, name: slight },
      { code: 'serious', level: 2, name: serious },
    ],
    more,
  );

export const MEMORY = provisional('JGJ 125-2016, from memory, not checked against the text');
export const JGJ_CODE = confirmed('JGJ 125-2016 constants as coded in a public repository [50b]');
export const TILT_2 = confirmed('JGJ 125-2016 4.2.1, as applied in a worked report [47]');
export const TILT_3 = provisional(
  'JGJ 125-2016 4.2.1; the pair 3 %/2 % was seen in 自建房技术要点 第十四条 [32]',
);
export const SURVEY_34 = provisional('自建房排查 wording [34]; JGJ 125 from memory');
export const LOW_53 = provisional('secondary page [53], not checked against the text');
export const PAGE_51 = provisional('secondary page [51], edition uncertain');
