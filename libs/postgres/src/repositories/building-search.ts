import { folded, gramsOfQuery } from '@anmai/lifecycle';
import type { BuildingFilter, BuildingQuery, BuildingSummary } from '../building-shapes';
import type { Session } from '../database';
import type { RecordPage, Within } from '../record-shapes';
import { pageLimit, pageOf } from './paging';

/** The conditions of a statement, with their values. */
export class Conditions {
  readonly texts: string[] = [];
  readonly values: unknown[] = [];

  /** `text` with `?` where each value goes. */
  add(text: string, ...values: readonly unknown[]): void {
    let n = this.values.length;
    this.texts.push(text.replaceAll('?', () => `$${(n += 1)}`));
    this.values.push(...values);
  }

  get where(): string {
    return this.texts.join(' and ');
  }
}

/** Living files that `within` lets see and that the filter lets through. */
export function filtered(filter: BuildingFilter, within: Within): Conditions {
  const on = new Conditions();
  on.add('b.merged_into is null');
  if (within !== null) on.add('b.org_id in (select id from org where path @> array[?::text])', within);
  const q = folded(filter.q ?? '');
  // The grams find candidates by the index, the text itself decides.
  if (q !== '')
    on.add('(b.grams @> ?::text[] and strpos(b.search, ?) > 0 or b.id = ?)', gramsOfQuery(q), q, q);
  if (filter.district !== undefined) on.add('b.district = ?', filter.district);
  if (filter.street !== undefined) on.add('b.street = ?', filter.street);
  if (filter.grade === 'none') on.add('b.grade is null');
  else if (filter.grade !== undefined) on.add('b.grade = ?', filter.grade);
  if (filter.protection !== undefined) on.add('b.protection = ?', filter.protection);
  if (filter.use !== undefined) on.add('b.use_class = ?', filter.use);
  if (filter.structure !== undefined) on.add('b.structure = ?', filter.structure);
  if (filter.yearFrom !== undefined) on.add('coalesce(b.year_last, 9999) >= ?', filter.yearFrom);
  if (filter.yearTo !== undefined) on.add('coalesce(b.year_first, 0) <= ?', filter.yearTo);
  return on;
}

/** Columns of a summary of `alias`. */
export const summaryOf = (alias: string): string =>
  `${alias}.id, ${alias}.org_id as "orgId", ${alias}.name, ${alias}.address, ${alias}.district, ${alias}.street,
   ${alias}.grade, ${alias}.protection, ${alias}.use_class as "use", ${alias}.structure,
   ${alias}.body -> 'storeys' as storeys, ${alias}.body -> 'yearBuilt' as "yearBuilt", ${alias}.version`;

/** Ascending by id. */
export async function listBuildings(
  session: Session,
  query: BuildingQuery,
  within: Within,
): Promise<RecordPage<BuildingSummary>> {
  const limit = pageLimit(query);
  const on = filtered(query, within);
  if (query.cursor) on.add('b.id > ?', query.cursor);
  const rows = await session.query<BuildingSummary>(
    `select ${summaryOf('b')} from building b where ${on.where} order by b.id limit ${limit + 1}`,
    on.values,
  );
  return pageOf(rows, limit, last => last.id);
}
