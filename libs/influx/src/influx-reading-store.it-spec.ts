import { readingStoreContract } from '@anmai/readings/testing/reading-store.contract';
import type { Influxd } from '@anmai/testing';
import { startInfluxd } from '@anmai/testing';
import { InfluxReadingStore } from './influx-reading-store';

let server: Influxd;
let databases = 0;
beforeAll(async () => {
  server = await startInfluxd();
});
afterAll(() => server.stop());

readingStoreContract('influx', {
  make: async onRefused => {
    const database = `contract-${(databases += 1)}`;
    return new InfluxReadingStore({ url: server.url, database }, onRefused);
  },
  // The server refuses by its own clock what is too old.
  now: Date.now(),
});
