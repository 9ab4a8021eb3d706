import { rowPath, cellPath, type Answers, type AnswerValue, type FieldPath } from './answer';
import type { CheckupForm, FormEntry, FormGroup, FormItem, SectionId, ShowIf } from './form';

/** Where conditions look answers up: first in the row, then outside of groups. */
export type Lookup = (itemId: string) => AnswerValue | undefined;

export const lookupIn =
  (answers: Answers, group: FormGroup | null = null, rowId = ''): Lookup =>
  itemId =>
    (group === null ? undefined : answers[cellPath(group.id, rowId, itemId)]) ?? answers[itemId];

export function isShown(condition: ShowIf | undefined, lookup: Lookup): boolean {
  if (condition === undefined) return true;
  if ('all' in condition) return condition.all.every(each => isShown(each, lookup));
  if ('any' in condition) return condition.any.some(each => isShown(each, lookup));
  if ('not' in condition) return !isShown(condition.not, lookup);
  const answer = lookup(condition.item);
  if (answer === undefined) return false;
  if ('is' in condition)
    return answer.kind === 'choice' && answer.codes.some(code => condition.is.includes(code));
  return answer.kind === 'measure' && answer.value > condition.above;
}

/** Ids of the rows of a group that are there, in order of id. */
export function rowsOf(answers: Answers, groupId: string): readonly string[] {
  const prefix = `${groupId}/`;
  return Object.entries(answers)
    .filter(([path, value]) => path.startsWith(prefix) && value.kind === 'row' && value.present)
    .map(([path]) => path.slice(prefix.length))
    .sort();
}

/** One question that is asked, given the answers so far. */
export interface AskedItem {
  readonly path: FieldPath;
  readonly section: SectionId;
  readonly group: FormGroup | null;
  readonly rowId: string | null;
  readonly item: FormItem;
}

/** Everything that is asked now: what is skipped and rows that are gone are left out. */
export function askedItems(form: CheckupForm, answers: Answers): readonly AskedItem[] {
  return form.sections.flatMap(({ id, entries }) => entries.flatMap(entry => askedOf(id, entry, answers)));
}

function askedOf(section: SectionId, entry: FormEntry, answers: Answers): AskedItem[] {
  if (!isShown(entry.showIf, lookupIn(answers))) return [];
  if (entry.kind !== 'group') return [{ path: entry.id, section, group: null, rowId: null, item: entry }];
  return rowsOf(answers, entry.id).flatMap(rowId =>
    entry.items
      .filter(item => isShown(item.showIf, lookupIn(answers, entry, rowId)))
      .map(item => ({ path: cellPath(entry.id, rowId, item.id), section, group: entry, rowId, item })),
  );
}

/** Every path that the form knows, whether it is asked now or not; rows as they come. */
export function knowsPath(form: CheckupForm, path: FieldPath): FormEntry | null {
  const [first, row, cell] = path.split('/');
  for (const { entries } of form.sections) {
    const entry = entries.find(each => each.id === first);
    if (entry === undefined) continue;
    if (row === undefined) return entry.kind === 'group' ? null : entry;
    if (entry.kind !== 'group') return null;
    return cell === undefined ? entry : (entry.items.find(item => item.id === cell) ?? null);
  }
  return null;
}

export const isRowPath = (group: FormGroup, path: FieldPath, rowId: string): boolean =>
  path === rowPath(group.id, rowId);
