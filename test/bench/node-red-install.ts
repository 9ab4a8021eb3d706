import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from './report';

const PACKAGES = ['node-red@4', 'node-red-contrib-influxdb@0.7'];

/** Where this runs, that is the root of the project (see bench.mjs). */
const FOLDER = join(process.cwd(), '.cache', 'bench', 'node-red');

export interface NodeRedInstall {
  readonly folder: string;
  readonly program: string;
  readonly version: string;
}

/**
 * Node-RED as a download of the benchmark, never a dependency of the project. The folder gets a package.json of its own
 * before anything is installed: without one npm would look for the next one above, and find the project's.
 */
export function installNodeRed(say: Progress): NodeRedInstall {
  const home = join(FOLDER, 'node_modules', 'node-red');
  const program = join(home, 'red.js');
  mkdirSync(FOLDER, { recursive: true });
  const manifest = join(FOLDER, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "name": "bench-node-red", "private": true }\n');
  if (!existsSync(program)) install(say);
  if (!existsSync(program)) throw new Error(`npm did not put Node-RED into ${FOLDER}`);
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  return { folder: FOLDER, program, version };
}

function install(say: Progress): void {
  say(`nodered: downloading ${PACKAGES.join(' and ')} into ${FOLDER}`);
  const args = ['install', '--prefix', FOLDER, '--no-audit', '--no-fund', '--loglevel', 'error', ...PACKAGES];
  const cwd = realpathSync(FOLDER);
  const { status } = spawnSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`npm install ended with ${status}`);
}
