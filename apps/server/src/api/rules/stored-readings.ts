import type { Millis } from '@anmai/kernel';
import type { Reading, ReadingStore } from '@anmai/readings';

const PAGE_READINGS = 10_000;

/** Readings of one sensor, ascending, a page at a time. */
async function* readingsOf(
  store: ReadingStore,
  sensorId: string,
  from: Millis,
  to: Millis,
): AsyncGenerator<readonly Reading[]> {
  for (let next = from; ;) {
    const { rows, truncated } = await store.range({ sensorId, from: next, to, limit: PAGE_READINGS });
    yield rows.map(row => ({ sensorId, ...row, value: row.value ?? Number.NaN }));
    const last = rows[rows.length - 1];
    if (!truncated || last === undefined) return;
    next = last.at + 1;
  }
}

/** The next reading of a sensor, and where more come from. */
interface Head {
  readonly pages: AsyncGenerator<readonly Reading[]>;
  page: readonly Reading[];
  index: number;
}

async function advance(head: Head): Promise<boolean> {
  head.index++;
  while (head.index >= head.page.length) {
    const next = await head.pages.next();
    if (next.done === true) return false;
    head.page = next.value;
    head.index = 0;
  }
  return true;
}

/** Readings of several sensors as one stream in the order of their time; at one instant in the order of `sensorIds`. */
export async function* storedReadings(
  store: ReadingStore,
  sensorIds: readonly string[],
  from: Millis,
  to: Millis,
): AsyncGenerator<Reading> {
  let heads: Head[] = [];
  for (const id of sensorIds) {
    const head: Head = { pages: readingsOf(store, id, from, to), page: [], index: -1 };
    if (await advance(head)) heads.push(head);
  }
  while (heads.length > 0) {
    const first = heads.reduce((a, b) => (b.page[b.index]!.at < a.page[a.index]!.at ? b : a));
    yield first.page[first.index]!;
    if (!(await advance(first))) heads = heads.filter(head => head !== first);
  }
}
