import { GOOD } from '@anmai/readings';
import { MemoryReadingStore } from '@anmai/testing';
import { storedReadings } from './stored-readings';

it('gives the readings of several sensors in the order of their time, over page borders', async () => {
  const store = new MemoryReadingStore();
  await store.open();
  const count = 10_050;
  for (let i = 0; i < count; i += 5_000) {
    const some = Array.from({ length: Math.min(5_000, count - i) }, (_, k) => i + k);
    await store.append(some.map(n => ({ sensorId: 'a', at: n * 1_000, value: n, quality: GOOD })));
  }
  await store.append(
    [5, 10_049, 12_000].map(n => ({ sensorId: 'b', at: n * 1_000, value: n, quality: GOOD })),
  );
  const seen: string[] = [];
  for await (const { sensorId, at } of storedReadings(store, ['b', 'a', 'none'], 0, 11_000_000))
    seen.push(`${sensorId}${at / 1_000}`);
  expect(seen).toHaveLength(count + 2);
  expect(seen.slice(4, 8)).toEqual(['a4', 'b5', 'a5', 'a6']);
  expect(seen.slice(-2)).toEqual(['b10049', 'a10049']);
});
