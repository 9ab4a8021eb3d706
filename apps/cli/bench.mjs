// @ts-check
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { buildIfNeeded } from './build.mjs';

/* Builds the program and the benchmarks, then runs these: `npm run bench -- --only puback,path --seconds 20`. */
const at = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
await buildIfNeeded();
await build({ root: at('../..'), configFile: at('../../vite.bench.config.ts'), logLevel: 'warn' });
// What runs in the benchmark's own process runs as it does in the program.
const flags = JSON.parse(readFileSync(at('./node-flags.json'), 'utf8'));
const args = [...flags, at('../../dist/bench/main.js'), ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { cwd: at('../..'), stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  // From a terminal the benchmark gets Ctrl-C itself; from elsewhere it is passed on.
  process.on(signal, () => (process.stdin.isTTY ? undefined : child.kill(signal)));
}
child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
