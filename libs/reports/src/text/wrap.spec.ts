import fc from 'fast-check';
import { printable, wrap } from './wrap';

/** A Chinese character is 2 wide, any other 1. */
const measure = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u2E80-\uFFEF]/.test(char) ? 2 : 1), 0);

it.each([
  ['breaks between Chinese characters', '房屋安全体检', 8, ['房屋安全', '体检']],
  ['keeps a word together', '体检 report of 2026', 10, ['体检', 'report of', '2026']],
  ['no line begins with a comma', '房屋安全，体检', 8, ['房屋安', '全，体检']],
  ['no line ends with an opening bracket', '房屋安（全）', 8, ['房屋安', '（全）']],
  ['breaks what is wider than a line', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['a new line is a new line', '甲\n乙', 8, ['甲', '乙']],
  ['nothing has one line', '', 8, ['']],
  ['goes on after a long word', 'abcdef 体检', 4, ['abcd', 'ef', '体检']],
])('%s', (_name, text, width, lines) => expect(wrap(text, width, measure)).toEqual(lines));

it('loses nothing that is printed, and no line is too wide but for what may not be parted', () => {
  const words = fc.stringMatching(/^[a-c房屋检测，。（） ]{0,60}$/);
  fc.assert(
    fc.property(words, fc.integer({ min: 8, max: 30 }), (text, width) => {
      const lines = wrap(text, width, measure);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
    }),
  );
});

it('drops what cannot be printed', () => {
  expect(printable('a\u0000b\u0007c\td\r\ne\uD800')).toBe('abc d\ne?');
});
