import { describe } from 'vitest';
import { describeAppendAndRange } from './append-and-range.contract';
import { describeLimits } from './limits.contract';
import { describeRollups } from './rollups.contract';
import type { ReadingStoreHarness } from './store-under-test';
import { storeOpener } from './store-under-test';

export type { ReadingStoreHarness } from './store-under-test';

/** The promises of ReadingStore, for every adapter and for the memory store other tests lean on. */
export function readingStoreContract(name: string, harness: ReadingStoreHarness): void {
  describe(`ReadingStore: ${name}`, () => {
    const open = storeOpener(harness);
    describeAppendAndRange(open);
    describeRollups(open, harness.now ?? Date.UTC(2026, 10, 22, 12));
    describeLimits(open);
  });
}
