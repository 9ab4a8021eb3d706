import { benchStores } from './stores';
import { round, type BenchOptions, type BenchResult } from './report';

const READINGS = 200_000;
const RANGE_ROWS = 50_000;

/** The adapters beside their baselines: memory, and node-influx's own way of writing. */
export async function storesResult({ say }: BenchOptions): Promise<BenchResult> {
  say(`stores: ${READINGS} readings into each, then ${RANGE_ROWS} rows of one sensor`);
  const { figures, nodeInfluxPerSecond } = await benchStores(READINGS, RANGE_ROWS);
  const of = (store: string) => figures.find(figure => figure.store === store)!;
  const ratio = of('influx').appendPerSecond / nodeInfluxPerSecond;
  const said = ['duckdb', 'influx'].map(
    store => `${store} ${of(store).appendPerSecond}/s in, ${RANGE_ROWS} rows in ${of(store).rangeMs} ms`,
  );
  return {
    name: 'stores',
    headline: `${said.join('; ')}; InfluxDB ${round(ratio, 2)} x node-influx's own writing`,
    goal: '',
    met: null,
    figures: { stores: figures, nodeInfluxPerSecond, ratio: round(ratio, 2) },
  };
}
