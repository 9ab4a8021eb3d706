// @ts-check
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.mjs';

/* The platform with reload: a change of server code builds and starts it anew; the page has Vite's own dev server. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SETTLE_MS = 300;
/** @type {import('node:child_process').ChildProcess | null} */
let server = null;
/** @type {NodeJS.Timeout | undefined} */
let timer;

async function restart() {
  if (server !== null) {
    const ended = new Promise(resolve => server?.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    server = null;
  }
  try {
    await buildIfNeeded();
    server = spawn(process.execPath, ['--enable-source-maps', join(ROOT, 'dist/server/main.js')], {
      stdio: 'inherit',
    });
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
  }
}

const page = spawn(
  process.execPath,
  [join(ROOT, 'node_modules/vite/bin/vite.js'), '-c', 'vite.web.config.ts'],
  { cwd: ROOT, stdio: 'inherit' },
);
for (const folder of ['apps/server', 'libs']) {
  watch(join(ROOT, folder), { recursive: true }, (_event, name) => {
    if (name === null || !/\.ts$/.test(name) || /spec\.ts$/.test(name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void restart(), SETTLE_MS);
  });
}
process.on('SIGINT', () => {
  page.kill('SIGTERM');
  server?.once('exit', () => process.exit(0));
  if (server === null) process.exit(0);
  server.kill('SIGTERM');
});
await restart();
