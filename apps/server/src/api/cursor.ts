import { AppError } from '@anmai/kernel';
import { HTTP_ERRORS } from '@anmai/nest';
import type { RecordPage } from '@anmai/postgres';
import type { Page } from '@anmai/wire';

/** What a client gets is opaque: the list that it belongs to and the place in it. */
const SEPARATOR = '\n';

export const cursorOf = (list: string, place: string): string =>
  Buffer.from(`${list}${SEPARATOR}${place}`, 'utf8').toString('base64url');

/** The place within that list. Throws VAL-004 for a cursor of another list, or for none at all. */
export function placeOf(list: string, cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const isOurs = text.startsWith(list + SEPARATOR) && cursorOf(list, text.slice(list.length + 1)) === cursor;
  if (!isOurs) throw new AppError(HTTP_ERRORS.badCursor);
  return text.slice(list.length + 1);
}

/** A query as the records take it. */
export function paged<Q extends { readonly cursor?: string | undefined }>(list: string, query: Q): Q {
  return query.cursor === undefined ? query : { ...query, cursor: placeOf(list, query.cursor) };
}

/** A page as clients get it. */
export const pageReply = <T, S>(list: string, page: RecordPage<T>, shape: (item: T) => S): Page<S> => ({
  items: page.items.map(item => shape(item)),
  nextCursor: page.nextCursor === null ? null : cursorOf(list, page.nextCursor),
});
