import { benchStores } from './stores';

const asked = process.env['ANMAI_BENCH'] === '1';

// The figures on request: `ANMAI_BENCH=1 npx vitest run --project it test/bench/stores`. Otherwise a short run, so
// that the benchmark does not rot.
it('measures the reading stores', async () => {
  const { figures, nodeInfluxPerSecond } = asked ? await benchStores() : await benchStores(10_000, 10_000);
  expect(figures.map(({ store }) => store)).toEqual(['memory', 'duckdb', 'influx']);
  expect(figures.every(({ appendPerSecond, rangeMs }) => appendPerSecond > 0 && rangeMs >= 0)).toBe(true);
  if (!asked) return;
  console.table(figures);
  const own = figures.find(({ store }) => store === 'influx')?.appendPerSecond ?? 0;
  console.log(
    `node-influx's own writing: ${nodeInfluxPerSecond}/s, ours ${(own / nodeInfluxPerSecond).toFixed(2)} ×`,
  );
}, 300_000);
