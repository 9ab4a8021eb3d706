import type { ReadingStore, StoredReading } from '@anmai/readings';
import { wholeRange } from './whole-range';

const reading = (at: number): StoredReading => ({ at, value: at, quality: 1 });
const storeOf = (count: number): Pick<ReadingStore, 'range'> => ({
  range: ({ from, to, limit }) => {
    const all = Array.from({ length: count }, (_, i) => reading(i)).filter(({ at }) => at >= from && at < to);
    return Promise.resolve({ rows: all.slice(0, limit), truncated: all.length > limit });
  },
});

it.each<[string, number, number, number]>([
  ['none', 0, 0, 0],
  ['one page', 10, 10, 10],
  ['one more than a page', 11, 11, 10],
  ['three pages', 30, 30, 10],
  ['more than may be read: the oldest', 31, 30, 10],
])('%s', async (_name, kept, read, limit) => {
  const rows = await wholeRange(storeOf(kept), 's', { from: 0, to: 1_000 }, limit);
  expect(rows.map(row => row.at)).toEqual(Array.from({ length: read }, (_, i) => i));
});
