import { sql, type SQL, type AnyColumn } from 'drizzle-orm';
import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS as E } from '../errors';
import { LIST_LIMIT_MAX, type PageQuery, type RecordPage, type Within } from '../record-shapes';

/** Rows of one page, within bounds whatever was asked. */
export const pageLimit = (query: PageQuery): number =>
  Math.min(Math.max(Math.trunc(query.limit) || 1, 1), LIST_LIMIT_MAX);

/** One row more than the page was read: its presence says that there is another page. */
export function pageOf<T>(rows: readonly T[], limit: number, cursorOf: (last: T) => string): RecordPage<T> {
  const items = rows.slice(0, limit);
  const last = items[items.length - 1];
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** Cursor of lists that are ordered by an instant and then by id, newest first. */
export const instantCursor = (at: number, id: string): string => `${at}_${id}`;
export function parseInstantCursor(cursor: string): { at: number; id: string } {
  const match = /^(-?\d{1,15})_(.+)$/s.exec(cursor);
  if (match === null) throw new AppError(E.badCursor);
  return { at: Number(match[1]), id: match[2]! };
}

/** Cursor of lists that are ordered by a number, newest first. */
export function parseNumberCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new AppError(E.badCursor);
  return Number(cursor);
}

/** Is the organisation `within` or below it? undefined: all are let in. */
export function inOrg(org: AnyColumn | SQL, within: Within | undefined): SQL | undefined {
  if (within === null || within === undefined) return undefined;
  return sql`${org} in (select id from org where path @> array[${within}]::text[])`;
}

/** Does one of the columns hold `q`, letter case ignored? Nothing in `q` has a special meaning. */
export function holdsText(q: string | undefined, ...columns: readonly AnyColumn[]): SQL | undefined {
  if (q === undefined || q === '') return undefined;
  const hits = columns.map(column => sql`strpos(lower(${column}), lower(${q})) > 0`);
  return sql`(${sql.join(hits, sql` or `)})`;
}

/** Text that came from outside and must be kept whatever it is: what PostgreSQL cannot hold becomes U+FFFD. */
export const storable = (text: string): string =>
  Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\uFFFD');
