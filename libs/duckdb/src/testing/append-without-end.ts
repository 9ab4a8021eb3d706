import { DuckdbReadingStore } from '../duckdb-reading-store';

export const BATCH_READINGS = 500;

/** Appends batches numbered from 0 to the file, and prints each number once its append has resolved. */
export async function main(file: string): Promise<void> {
  const store = new DuckdbReadingStore({ file });
  await store.open();
  for (let batch = 0; ; batch += 1) {
    await store.append(
      Array.from({ length: BATCH_READINGS }, (_, i) => {
        return {
          sensorId: `sensor-${i}`,
          at: 1_793_491_200_000 + batch * 1_000,
          value: batch,
          quality: 1 as const,
        };
      }),
    );
    process.stdout.write(`${batch}\n`);
  }
}
