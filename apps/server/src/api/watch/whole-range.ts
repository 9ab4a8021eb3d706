import type { Millis } from '@anmai/kernel';
import { RANGE_ROWS_MAX, type ReadingStore, type StoredReading } from '@anmai/readings';

/** With RANGE_ROWS_MAX rows each: a reading every five seconds for a month. */
export const RANGE_PAGES_MAX = 3;

/**
 * The readings of [from, to), page by page. Of more than the pages hold the oldest are read: what is missing at the end
 * then counts as not seen, and never as quiet.
 */
export async function wholeRange(
  store: Pick<ReadingStore, 'range'>,
  sensorId: string,
  { from, to }: { readonly from: Millis; readonly to: Millis },
  limit = RANGE_ROWS_MAX,
): Promise<readonly StoredReading[]> {
  const pages: StoredReading[][] = [];
  let start = from;
  while (pages.length < RANGE_PAGES_MAX) {
    const { rows, truncated } = await store.range({ sensorId, from: start, to, limit });
    pages.push(rows);
    const last = rows.at(-1);
    if (!truncated || last === undefined) break;
    start = last.at + 1;
  }
  return pages.flat();
}
