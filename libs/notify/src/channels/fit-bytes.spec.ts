import fc from 'fast-check';
import { fitBytes } from './fit-bytes';

it.each([
  ['fits', 'a\nb', 3, 'a\nb'],
  ['whole lines only', 'aaaa\nbbbb\ncccc', 10, 'aaaa\n…'],
  ['no whole line: characters', '井井井井', 10, '井井\n…'],
])('%s', (_name, text, bytesMax, expected) => expect(fitBytes(text, bytesMax, '…')).toBe(expected));

it('never passes the limit, never breaks a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.integer({ min: 10, max: 200 }),
      (text, bytesMax) => {
        const fitted = fitBytes(text, bytesMax, '…');
        expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(bytesMax);
        expect(Buffer.from(fitted).toString('utf8')).toBe(fitted);
      },
    ),
  );
});
