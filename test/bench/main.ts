import { Command } from 'commander';
import { removeDataDirs } from '../support/server-process';
import { benchLatency } from './latency';
import { benchMemory } from './memory';
import { benchNodeRed } from './node-red-bench';
import { benchPath } from './path';
import { benchPuback } from './puback';
import { printResults, progress, type BenchOptions, type BenchResult } from './report';
import { storesResult } from './stores-result';

const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<BenchResult>>> = {
  puback: benchPuback,
  path: benchPath,
  latency: benchLatency,
  memory: benchMemory,
  nodered: benchNodeRed,
  stores: storesResult,
};

async function main(): Promise<void> {
  const program = new Command('bench')
    .description(
      'Benchmarks, each as a ratio to a baseline measured in the same run. No figure fails the run.',
    )
    .option('--only <names>', `some of ${Object.keys(BENCHES).join(',')}`, Object.keys(BENCHES).join(','))
    .option('--seconds <n>', 'length of one long measurement', Number, 60)
    .parse();
  const { only, seconds } = program.opts<{ only: string; seconds: number }>();
  const results: BenchResult[] = [];
  for (const name of only.split(',')) {
    const bench = BENCHES[name];
    if (bench === undefined) throw new Error(`there is no benchmark ${name}`);
    progress(`${name} …`);
    results.push(await bench({ seconds, say: progress }));
  }
  removeDataDirs();
  printResults(results);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
await main();
process.exit(0);
