// @ts-check
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STAMP = join(ROOT, 'dist', '.stamp');
const SOURCES = [
  'apps',
  'libs',
  'simulators',
  'package-lock.json',
  'vite.paths.ts',
  'vite.server.config.ts',
  'vite.web.config.ts',
];

/** What the build was made from: names, sizes and contents of all sources. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (/** @type {string} */ path) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else hash.update(path.slice(ROOT.length)).update('\0').update(readFileSync(path)).update('\0');
  };
  for (const source of SOURCES) visit(join(ROOT, source));
  return hash.digest('hex');
}

/** @param {string} config */
function vite(config) {
  return new Promise((resolve, reject) => {
    const args = [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '-c', config, '--logLevel', 'warn'];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', code =>
      code === 0 ? resolve(undefined) : reject(new Error(`vite build -c ${config}: exit ${code}`)),
    );
  });
}

/** Builds server, simulators and page when they are older than their sources. */
export async function buildIfNeeded() {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  const since = performance.now();
  process.stderr.write('building the server, the simulators and the page …\n');
  await Promise.all([vite('vite.server.config.ts'), vite('vite.web.config.ts')]);
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(STAMP, wanted);
  process.stderr.write(`built in ${Math.round((performance.now() - since) / 100) / 10} s\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildIfNeeded();
