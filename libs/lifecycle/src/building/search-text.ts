import { addressLine, type BuildingFile } from './file';

/** Letter case, full width and blanks do not matter when people look for something. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/gu, '');

/** What a building is found by. The parts are kept apart by a line break, so that no hit runs over two of them. */
export function searchText(file: Pick<BuildingFile, 'id' | 'name' | 'address' | 'codes'>): string {
  const { district, street, community, road, number } = file.address;
  const parts = [file.name, addressLine(file.address), file.id, ...file.codes.map(each => each.code)];
  const structured = [district, street, community, road, number].join('');
  return [...new Set([...parts, structured].map(folded))].filter(part => part !== '').join('\n');
}

/**
 * Every character and every pair of neighbours, once each. An index over these finds any part of a text, also in Chinese,
 * where words have no ends and two characters are a common query; trigrams of a database in locale C know no Chinese at all.
 */
export function gramsOf(text: string): string[] {
  const grams = new Set<string>();
  for (const line of text.split('\n')) {
    const chars = [...line];
    for (const [i, char] of chars.entries()) {
      grams.add(char);
      const next = chars[i + 1];
      if (next !== undefined) grams.add(char + next);
    }
  }
  return [...grams];
}

/** The grams that a text holding this query must have: pairs, or the one character. */
export function gramsOfQuery(query: string): string[] {
  const chars = [...query];
  if (chars.length < 2) return chars;
  return [...new Set(chars.slice(1).map((char, i) => chars[i]! + char))];
}
