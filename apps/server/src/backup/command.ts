import { resolve } from 'node:path';
import { AppError, type Millis } from '@anmai/kernel';
import { Command, InvalidArgumentError } from 'commander';
import { EXIT_CONFIG, readConfig, type Config } from '../config';
import { backUp } from './backup-platform';
import type { Counts } from './manifest';
import { restore } from './restore-platform';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

function instant(text: string): Millis {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('an ISO 8601 time such as 2026-10-01T00:00:00Z');
  return at;
}

function configOfEnvironment(): Config {
  const read = readConfig(process.env);
  if ('config' in read) return read.config;
  for (const { key, fault, remedy } of read.faults) say(`${key}: ${fault}. ${remedy}`);
  process.exit(EXIT_CONFIG);
}

async function run(work: (config: Config) => Promise<Counts>): Promise<void> {
  try {
    const counts = await work(configOfEnvironment());
    process.stdout.write(`${JSON.stringify({ event: 'done', ...counts })}\n`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(`${error.code} ${error.message}\n${error.remedy}`);
    process.exitCode = 1;
  }
}

/** `npm run backup -- <file>`; settings come from the environment, as for the platform itself. */
export const backupCommand = (): Command =>
  new Command('backup')
    .description('writes everything of a stopped platform into one file (.tar.gz)')
    .argument('<file>', 'must not be there yet')
    .option(
      '--raw-from <time>',
      'leave out raw readings of UTC days before this time; their rollups stay',
      instant,
    )
    .action((file: string, { rawFrom }: { rawFrom?: Millis }) =>
      run(config => backUp(config, resolve(file), rawFrom ?? null, say)),
    );

/** `npm run restore -- <file>` */
export const restoreCommand = (): Command =>
  new Command('restore')
    .description('puts a backup into an empty data folder and empty databases')
    .argument('<file>')
    .action((file: string) => run(config => restore(config, resolve(file), say)));
