import { addressLine, type BuildingFile } from './file';
import { folded } from './search-text';

/** Why two files may be of one building. */
export const DUPLICATE_REASONS = ['sameCode', 'sameNameAndAddress', 'overlap', 'near'] as const;
export type DuplicateReason = (typeof DUPLICATE_REASONS)[number];

/** Words for one thing: 幢, 栋, 座 and 号楼 all number a building within its grounds. */
const plain = (text: string): string =>
  folded(text)
    .replaceAll(/号楼|[幢栋座]/gu, '#')
    .replaceAll(/[^\p{L}\p{N}#]/gu, '');

/** Equal for what is probably the same building; empty, which equals nothing, when name or address is missing. */
export function sameKey(file: Pick<BuildingFile, 'name' | 'address'>): string {
  const name = plain(file.name);
  const address = plain(addressLine(file.address));
  return name === '' || address === '' ? '' : `${address}|${name}`;
}
