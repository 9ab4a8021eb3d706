import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readingStoreContract } from '@anmai/readings/testing/reading-store.contract';
import { DuckdbReadingStore } from './duckdb-reading-store';

let dir: string;
let files = 0;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'duckdb-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

readingStoreContract('duckdb', {
  make: async onRefused => new DuckdbReadingStore({ file: join(dir, `${(files += 1)}.duckdb`) }, onRefused),
});
