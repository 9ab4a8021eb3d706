import { isPage, type PageName } from './route';

export interface PageGroup {
  readonly name: 'watching' | 'planning' | 'buildings';
  readonly pages: readonly PageName[];
}

/**
 * All pages that the menu is meant to have, in its order. What the address table (route.ts) does not know yet is left
 * out, so a new page shows itself as soon as it has an address.
 */
const WANTED: readonly { readonly name: PageGroup['name']; readonly pages: readonly string[] }[] = [
  { name: 'watching', pages: ['centre', 'kpi', 'devices', 'quarantine'] },
  { name: 'planning', pages: ['rules', 'plans', 'notify'] },
  {
    name: 'buildings',
    pages: ['buildings', 'checkups', 'inspect', 'hazards', 'watch', 'money', 'insurance', 'city'],
  },
];

/** The groups of the menu, each with the pages that exist; a group without pages is none. */
export function pageGroups(exists: (name: string) => name is PageName = isPage): readonly PageGroup[] {
  return WANTED.map(({ name, pages }) => ({ name, pages: pages.filter(exists) })).filter(
    group => group.pages.length > 0,
  );
}
