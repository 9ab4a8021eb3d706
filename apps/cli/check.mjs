// @ts-check
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/* Format, types, lint, structure and unit tests; no services. All at once: a machine has more than one core. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const bin = (/** @type {string} */ name) =>
  fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));
/** @type {readonly [string, string, string[]][]} */
const STEPS = [
  ['format', 'prettier', ['--check', '--log-level', 'warn', '--cache', '.']],
  ['types', 'tsc', ['-p', '.', '--incremental', '--tsBuildInfoFile', '.cache/tsc.json']],
  ['lint', 'eslint', ['--cache', '--cache-location', '.cache/eslint', '.']],
  ['units and structure', 'vitest', ['run', '--project', 'unit', '--silent', '--reporter=dot']],
];

/** @param {readonly [string, string, string[]]} step */
function run([name, program, args]) {
  const since = performance.now();
  return new Promise(resolve => {
    const child = spawn(bin(program), args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', chunk => (said += chunk));
    child.stderr.on('data', chunk => (said += chunk));
    child.once('exit', code => {
      const seconds = Math.round((performance.now() - since) / 100) / 10;
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
      if (code !== 0) process.stdout.write(`${said}\n`);
      resolve(code === 0);
    });
  });
}

const results = await Promise.all(STEPS.map(run));
process.exit(results.every(Boolean) ? 0 : 1);
