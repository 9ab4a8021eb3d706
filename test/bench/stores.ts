import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FieldType, InfluxDB } from 'influx';
import { DuckdbReadingStore } from '@anmai/duckdb';
import { InfluxReadingStore } from '@anmai/influx';
import type { Reading, ReadingStore } from '@anmai/readings';
import { MemoryReadingStore, startInfluxd } from '@anmai/testing';

const BASE = 1_793_491_200_000;
const BATCH_READINGS = 5_000;
const SENSORS = 1_000;

export interface StoreFigures {
  readonly store: string;
  readonly appendPerSecond: number;
  /** Whole milliseconds for as many rows of one sensor as were asked for. */
  readonly rangeMs: number;
}

/** Readings of SENSORS sensors, one a second each; `from` is the number of the first. */
function batch(from: number): Reading[] {
  return Array.from({ length: BATCH_READINGS }, (_, i): Reading => {
    const n = from + i;
    const at = BASE + Math.floor(n / SENSORS) * 1_000;
    return { sensorId: `sensor-${n % SENSORS}`, at, value: Math.sin(n) * 100, quality: 1 };
  });
}

async function perSecond(total: number, write: (from: number) => Promise<void>, start = 0): Promise<number> {
  const since = performance.now();
  for (let from = start; from < start + total; from += BATCH_READINGS) await write(from);
  return Math.round((total / (performance.now() - since)) * 1_000);
}

async function measure(
  name: string,
  store: ReadingStore,
  total: number,
  rangeRows: number,
): Promise<StoreFigures> {
  await store.open();
  // The first batch makes the series; a server that runs has them.
  await store.append(batch(0));
  const appendPerSecond = await perSecond(total, from => store.append(batch(from)));
  for (let i = 0; i < rangeRows; i += BATCH_READINGS) {
    const rows = batch(i).map((each, k): Reading => ({
      ...each,
      sensorId: 'long',
      at: BASE + (i + k) * 1_000,
    }));
    await store.append(rows);
  }
  const query = { sensorId: 'long', from: 0, to: BASE * 2, limit: rangeRows };
  let rangeMs = Infinity;
  for (let times = 0; times < 3; times += 1) {
    const since = performance.now();
    const { rows } = await store.range(query);
    if (rows.length !== rangeRows) throw new Error(`${name} gave ${rows.length} rows`);
    rangeMs = Math.min(rangeMs, Math.round(performance.now() - since));
  }
  return { store: name, appendPerSecond, rangeMs };
}

/** node-influx's own `writePoints`, with a schema, in the same batches: the baseline of our writer. */
async function nodeInflux(url: string, total: number): Promise<number> {
  const fields = { value: FieldType.FLOAT, quality: FieldType.INTEGER };
  const schema = [{ measurement: 'reading', tags: ['sensor'], fields }];
  const influx = new InfluxDB(`${url}/baseline`);
  schema.forEach(each => influx.addSchema({ ...each, database: 'baseline' }));
  await influx.createDatabase('baseline');
  return perSecond(total, from =>
    influx.writePoints(
      batch(from).map(({ sensorId, at, value, quality }) => {
        return {
          measurement: 'reading',
          tags: { sensor: sensorId },
          fields: { value, quality },
          timestamp: at,
        };
      }),
      { precision: 'ms' },
    ),
  );
}

export interface StoresBench {
  readonly figures: readonly StoreFigures[];
  /** Readings a second through node-influx's own `writePoints`, on the same server. */
  readonly nodeInfluxPerSecond: number;
}

/** Appends `total` readings to each store in batches of 5,000, then reads `rangeRows` rows of one sensor. */
export async function benchStores(total = 500_000, rangeRows = 100_000): Promise<StoresBench> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-'));
  const server = await startInfluxd();
  const stores: [string, ReadingStore][] = [
    ['memory', new MemoryReadingStore()],
    ['duckdb', new DuckdbReadingStore({ file: join(dir, 'bench.duckdb') })],
    ['influx', new InfluxReadingStore({ url: server.url, database: 'bench' })],
  ];
  try {
    const figures: StoreFigures[] = [];
    for (const [name, store] of stores) figures.push(await measure(name, store, total, rangeRows));
    return { figures, nodeInfluxPerSecond: await nodeInflux(server.url, total) };
  } finally {
    await Promise.all(stores.map(([, store]) => store.close()));
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}
