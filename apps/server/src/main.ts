import 'reflect-metadata';
import pino from 'pino';
import { AppError } from '@anmai/kernel';
import { EXIT_CONFIG, readConfig, type Config } from './config';
import { startPlatform } from './platform';

/** A stop that takes longer is cut: what was acknowledged is on disk anyway. */
const STOP_MS_MAX = 9_500;

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

async function main(): Promise<void> {
  const read = readConfig(process.env);
  if ('faults' in read) {
    process.stderr.write(`${JSON.stringify({ event: 'config', faults: read.faults })}\n`);
    process.exit(EXIT_CONFIG);
  }
  await run(read.config);
}

async function run(config: Config): Promise<void> {
  const log = pino(
    { level: config.ANMAI_LOG_LEVEL, base: null, redact: ['*.password', '*.authorization'] },
    pino.destination(2),
  );
  const tellPassword = (password: string): void => say({ event: 'admin', username: 'admin', password });
  const starting = startPlatform(config, log, tellPassword);
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    await (await starting).stop();
    process.exit(0);
  };
  // From the first moment on: a program told to stop while it starts must leave no PostgreSQL behind.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  const platform = await starting;
  if (stopping) return;
  say({
    event: 'ready',
    http: platform.httpUrl,
    ...(platform.mqttUrl === null ? {} : { mqtt: platform.mqttUrl }),
    ...(platform.mqttsUrl === null ? {} : { mqtts: platform.mqttsUrl }),
  });
}

main().catch((error: unknown) => {
  const remedy = error instanceof AppError ? { code: error.code, remedy: error.remedy } : {};
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${JSON.stringify({ event: 'failed', message, ...remedy })}\n`);
  if (!(error instanceof AppError) && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
