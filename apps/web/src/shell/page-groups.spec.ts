import { pageGroups } from './page-groups';
import { isPage, PAGE_NAMES, type PageName } from './route';

const shown = (names: readonly string[]): string =>
  pageGroups((name): name is PageName => names.includes(name))
    .map(group => `${group.name}: ${group.pages.join(' ')}`)
    .join(' | ');

it.each([
  [
    'leaves out pages that are not there',
    ['rules', 'centre', 'kpi'],
    'watching: centre kpi | planning: rules',
  ],
  ['keeps its own order', ['city', 'buildings'], 'buildings: buildings city'],
  ['knows no page of another name', ['wall'], ''],
])('%s', (_name, names, expected) => expect(shown(names)).toBe(expected));

it('leads to every page of the address table', () => {
  const led = pageGroups().flatMap(group => group.pages);
  expect(PAGE_NAMES.filter(name => !led.includes(name))).toEqual([]);
  expect(led.every(isPage)).toBe(true);
});
