import { Command } from 'commander';
import { removeDataDirs } from '../support/server-process';
import { benchBuildings } from './buildings';
import { benchDetection } from './detection';
import { benchLatency } from './latency';
import { benchMemory } from './memory';
import { benchNodeRed } from './node-red-bench';
import { benchPath } from './path';
import { benchPuback } from './puback';
import { benchScore } from './score/score';
import { printResults, progress, type BenchOptions, type BenchResult } from './report';
import { stopPrograms } from './server';
import { storesResult } from './stores-result';

const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<BenchResult>>> = {
  puback: benchPuback,
  path: benchPath,
  latency: benchLatency,
  memory: benchMemory,
  nodered: benchNodeRed,
  stores: storesResult,
  score: benchScore,
  detection: benchDetection,
  buildings: benchBuildings,
};

async function main(): Promise<void> {
  const program = new Command('bench')
    .description(
      'Benchmarks, each as a ratio to a baseline measured in the same run. No figure fails the run.',
    )
    .option('--only <names>', `some of ${Object.keys(BENCHES).join(',')}`, Object.keys(BENCHES).join(','))
    .option('--seconds <n>', 'length of one long measurement', Number, 60)
    .option('--devices <n>', 'of the benchmark memory, ten sensors each', Number, 10_000)
    .parse();
  const { only, seconds, devices } = program.opts<{ only: string; seconds: number; devices: number }>();
  const results: BenchResult[] = [];
  for (const name of only.split(',')) {
    const bench = BENCHES[name];
    if (bench === undefined) throw new Error(`there is no benchmark ${name}`);
    progress(`${name} …`);
    results.push(await bench({ seconds, devices, say: progress }));
  }
  printResults(results);
}

/** Whatever happened: no program and no folder stays behind. */
async function end(code: number): Promise<never> {
  await stopPrograms();
  removeDataDirs();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(130));
try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  await end(1);
}
await end(0);
