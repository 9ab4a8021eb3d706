// @ts-check
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.mjs';

/*
 * Builds what is needed, then becomes one of the built programs: `node apps/cli/run.mjs <program> [arguments]`.
 * Signals reach the program alone, so that it can end in its own time.
 */
const [program = 'main', ...args] = process.argv.slice(2);
await buildIfNeeded();
const path = fileURLToPath(new URL(`../../dist/server/${program}.js`, import.meta.url));
// A gateway under load holds thousands of messages for a few milliseconds each: with a small young generation
// the collector copies them again and again, a quarter of all CPU time.
const flags = JSON.parse(readFileSync(new URL('./node-flags.json', import.meta.url), 'utf8'));
const child = spawn(process.execPath, [...flags, path, ...args], { stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  // From a terminal the program gets Ctrl-C itself; from elsewhere it is passed on.
  process.on(signal, () => (process.stdin.isTTY ? undefined : child.kill(signal)));
}
child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
