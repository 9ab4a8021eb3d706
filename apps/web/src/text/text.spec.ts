import { en } from './en';
import { fill, spanText, words } from './words';
import { zh } from './zh';

const holes = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(match => match[1])
    .sort()
    .join(' ');

it('has the same keys in both languages', () =>
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort()));

it('has the same holes in both languages, and no empty text', () => {
  for (const [key, text] of Object.entries(zh)) {
    const other = (en as Record<string, string>)[key] ?? '';
    expect([key, holes(other)]).toEqual([key, holes(text)]);
    expect([key, text.trim() !== '' && other.trim() !== '']).toEqual([key, true]);
  }
});

it('has no Chinese left in the English, but for the name of the other language', () => {
  const chinese = Object.entries(en).filter(
    ([key, text]) => /[\u4e00-\u9fff]/.test(text) && key !== 'switch.lang',
  );
  expect(chinese).toEqual([]);
});

it('fills holes and shows those that were forgotten', () => {
  expect(fill('{n} 条,{m}', { n: 3 })).toBe('3 条,{m}');
});

it.each([
  ['zh', 12 * 60_000 + 5_000, '12 分'],
  ['zh', 3 * 3_600_000 + 12 * 60_000, '3 小时 12 分'],
  ['en', 42_000, '42 s'],
  ['en', 26 * 3_600_000, '1 d 2 h'],
] as const)('%s: a span of %d ms', (lang, ms, expected) => expect(spanText(words(lang), ms)).toBe(expected));

it('falls back to the code of what it has no word for', () => {
  expect([words('zh').named('kind', 'gas.well'), words('zh').named('kind', 'metro.line')]).toEqual([
    '燃气相邻地下空间',
    'metro.line',
  ]);
});
