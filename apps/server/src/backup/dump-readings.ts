import type { Millis } from '@anmai/kernel';
import { DAY_MS } from '@anmai/kernel';
import { READING_AT_END, ROLLUP_WIDTHS_MS, type ReadingStore, type RollupWidthMs } from '@anmai/readings';

/** Rows of one part of the archive at most; also what one append of a restore takes. */
export const PART_ROWS_MAX = 50_000;
/** Buckets of one question to the store at most. */
const ASKED_BUCKETS_MAX = 100_000;

export type Row = readonly (number | null)[];
/** Takes a full part. */
export type TakePart = (
  part: readonly { readonly sensorId: string; readonly rows: readonly Row[] }[],
) => Promise<void>;

/** Gathers rows of sensors into parts of bounded size. */
class Parts {
  count = 0;
  private part: { sensorId: string; rows: Row[] }[] = [];
  private held = 0;

  constructor(private readonly take: TakePart) {}

  async add(sensorId: string, rows: readonly Row[]): Promise<void> {
    for (let from = 0; from < rows.length;) {
      const piece = rows.slice(from, from + PART_ROWS_MAX - this.held);
      this.part.push({ sensorId, rows: piece });
      this.held += piece.length;
      from += piece.length;
      if (this.held === PART_ROWS_MAX) await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.held === 0) return;
    const { part, held } = this;
    this.part = [];
    this.held = 0;
    await this.take(part);
    this.count += held;
  }
}

/** All raw readings from `rawFrom` on; gives how many. */
export async function dumpRaw(store: ReadingStore, rawFrom: Millis, take: TakePart): Promise<number> {
  const parts = new Parts(take);
  for (const sensorId of [...(await store.sensorIds())].sort()) {
    let from = rawFrom;
    for (;;) {
      const query = { sensorId, from, to: READING_AT_END, limit: PART_ROWS_MAX };
      const { rows, truncated } = await store.range(query);
      await parts.add(
        sensorId,
        rows.map(({ at, value, quality }) => [at, value, quality]),
      );
      const last = rows.at(-1);
      if (!truncated || last === undefined) break;
      from = last.at + 1;
    }
  }
  await parts.flush();
  return parts.count;
}

/** All rollups of one width; gives how many. */
export async function dumpBuckets(
  store: ReadingStore,
  widthMs: RollupWidthMs,
  take: TakePart,
): Promise<number> {
  const parts = new Parts(take);
  for (const sensorId of [...(await store.sensorIds())].sort()) {
    for (const { from, to } of await occupied(store, sensorId)) {
      const stepMs = ASKED_BUCKETS_MAX * widthMs;
      for (let start = from; start < to; start += stepMs) {
        const query = { sensorId, from: start, to: Math.min(to, start + stepMs), widthMs };
        const found = await store.buckets(query);
        await parts.add(
          sensorId,
          found.map(({ at, min, max, mean, count, last }) => [at, min, max, mean, count, last]),
        );
      }
    }
  }
  await parts.flush();
  return parts.count;
}

/** Whole days with rollups, in runs: the store is not asked for decades in which a sensor was silent. */
async function occupied(store: ReadingStore, sensorId: string): Promise<{ from: Millis; to: Millis }[]> {
  const [, , dayMs] = ROLLUP_WIDTHS_MS;
  const days = await store.buckets({ sensorId, from: 0, to: READING_AT_END, widthMs: dayMs });
  const runs: { from: Millis; to: Millis }[] = [];
  for (const { at } of days) {
    const run = runs.at(-1);
    if (run !== undefined && run.to === at) run.to = at + DAY_MS;
    else runs.push({ from: at, to: at + DAY_MS });
  }
  return runs;
}
