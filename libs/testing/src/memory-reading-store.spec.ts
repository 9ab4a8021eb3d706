import { readingStoreContract } from '@anmai/readings/testing/reading-store.contract';
import { MemoryReadingStore } from './memory-reading-store';

readingStoreContract('memory', { make: async onRefused => new MemoryReadingStore(onRefused) });

it('rejects with a retryable error while an outage is played', async () => {
  const store = new MemoryReadingStore();
  await store.open();
  store.outage = 'unplugged';
  await expect(store.append([])).rejects.toMatchObject({ code: 'RDG-001', retryable: true });
  store.outage = null;
  await store.append([]);
});
