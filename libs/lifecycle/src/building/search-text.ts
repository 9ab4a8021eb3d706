import { addressLine, type BuildingFile } from './file';

/** Letter case, full width and blanks do not matter when people look for something. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/gu, '');

/** What a building is found by. The parts are kept apart by a line break, so that no hit runs over two of them. */
export function searchText(file: Pick<BuildingFile, 'name' | 'address' | 'codes'>): string {
  const { district, street, community, road, number } = file.address;
  const parts = [file.name, addressLine(file.address), ...file.codes.map(each => each.code)];
  const structured = [district, street, community, road, number].join('');
  return [...new Set([...parts, structured].map(folded))].filter(part => part !== '').join('\n');
}

/** Is one such character alone worth a search? 棉 is, 7 is not. */
const isWord = (char: string): boolean => char > '\u2e7f';

/**
 * Every pair of neighbours, and every character that can be a word by itself, once each. An index over these finds any part of a
 * text, also in Chinese, where words have no ends and two characters are a common query; trigrams of a database in locale C
 * know no Chinese at all.
 */
export function gramsOf(text: string): string[] {
  const grams = new Set<string>();
  for (const line of text.split('\n')) {
    const chars = [...line];
    for (const [i, char] of chars.entries()) {
      if (isWord(char)) grams.add(char);
      const next = chars[i + 1];
      if (next !== undefined) grams.add(char + next);
    }
  }
  return [...grams];
}

/** The grams that a text holding this query must have; none of a single digit or letter, which the text itself answers. */
export function gramsOfQuery(query: string): string[] {
  const chars = [...query];
  if (chars.length < 2) return chars.filter(isWord);
  return [...new Set(chars.slice(1).map((char, i) => chars[i]! + char))];
}
