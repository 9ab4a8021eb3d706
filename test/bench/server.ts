import { readFileSync } from 'node:fs';
import { startServer, type ServerProcess } from '../support/server-process';

/** What `npm start` runs Node with. As a built file this one lies as deep below the root as its source does. */
const FLAGS = JSON.parse(
  readFileSync(new URL('../../apps/cli/node-flags.json', import.meta.url), 'utf8'),
) as string[];

/**
 * The whole program, quiet. `ANMAI_BENCH_NODE_OPTIONS`: for a look inside, such as `--require=./profile.cjs`.
 */
export async function startProgram(
  env: Readonly<Record<string, string>> = {},
  dataDir?: string,
): Promise<ServerProcess> {
  const nodeOptions = [...FLAGS, process.env['ANMAI_BENCH_NODE_OPTIONS'] ?? ''].join(' ').trim();
  const server = await startServer({
    ...(dataDir === undefined ? {} : { dataDir }),
    env: {
      ANMAI_LOG_LEVEL: 'error',
      NODE_OPTIONS: nodeOptions,
      ...env,
    },
  });
  running.add(server);
  return server;
}

const running = new Set<ServerProcess>();

/** All that still run; one that has ended already does no harm. */
export async function stopPrograms(): Promise<void> {
  await Promise.all([...running].map(server => server.stop()));
}

export const mqttPort = (server: ServerProcess): number => Number(new URL(server.mqtt).port);
