import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { alias } from '../../../../vite.paths';

const PROJECT = fileURLToPath(new URL('../../../..', import.meta.url));

/** Bundles `parent-program.ts` as the whole program is bundled; gives the path of the script, alone in its folder. */
export async function buildParent(): Promise<string> {
  const cache = join(PROJECT, '.cache');
  await mkdir(cache, { recursive: true });
  // Inside the project, so that packages are found from there.
  const outDir = await mkdtemp(join(cache, 'postgres-parent-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: PROJECT,
    resolve: { alias },
    build: {
      ssr: resolve(PROJECT, 'libs/postgres/src/testing/parent-program.ts'),
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'parent.mjs' } },
    },
  });
  return join(outDir, 'parent.mjs');
}

/** Runs it over `dataDir` until its server is up and something is written. */
export async function startParent(
  script: string,
  dataDir: string,
): Promise<{ readonly child: ChildProcess; readonly serverPid: number }> {
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => {
    throw new Error('the program ended before it was ready');
  });
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  ended.catch(() => undefined);
  return { child, serverPid: (JSON.parse(line) as { serverPid: number }).serverPid };
}
