import { once } from 'node:events';
import { AppError } from '@anmai/kernel';
import { buildProgram, withCommand } from './cli/program';

/** Exit codes: 0 done or stopped, 1 failed, 64 the options are wrong (as sysexits.h has it). */
const EXIT_FAILED = 1;
const EXIT_USAGE = 64;

async function main(): Promise<void> {
  const stop = new AbortController();
  let asked = 0;
  const onSignal = (): void => {
    asked += 1;
    // Whoever asks twice does not want to wait for goodbyes.
    if (asked > 1) process.exit(EXIT_FAILED);
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const print = async (line: string): Promise<void> => {
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  };
  // A reader such as `head` that has seen enough is no failure.
  process.stdout.on('error', () => process.exit(0));
  const program = buildProgram({ signal: stop.signal, log, print });
  try {
    await program.parseAsync(withCommand(process.argv.slice(2)), { from: 'user' });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log(`${error.code} ${error.message}\n${error.remedy}`);
    process.exitCode = error.code === 'SIM-005' ? EXIT_USAGE : EXIT_FAILED;
  }
}

await main();
