import { startServer, type ServerProcess } from '../support/server-process';

/**
 * The whole program, quiet. `ANMAI_BENCH_NODE_OPTIONS`: for a look inside, such as `--require=./profile.cjs`.
 */
export function startProgram(
  env: Readonly<Record<string, string>> = {},
  dataDir?: string,
): Promise<ServerProcess> {
  const nodeOptions = process.env['ANMAI_BENCH_NODE_OPTIONS'];
  return startServer({
    ...(dataDir === undefined ? {} : { dataDir }),
    env: {
      ANMAI_LOG_LEVEL: 'error',
      ...(nodeOptions === undefined ? {} : { NODE_OPTIONS: nodeOptions }),
      ...env,
    },
  });
}

export const mqttPort = (server: ServerProcess): number => Number(new URL(server.mqtt).port);
