import { once } from 'node:events';
import { AppError } from '@anmai/kernel';
import type { Command } from 'commander';

/** Exit code of wrong options, as sysexits.h has it. */
const EXIT_USAGE = 64;

/** Writes one line; waits while the reader is slow. */
export async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}

/** Runs a command line to its end; an error says what to do. */
export async function runProgram(program: Command): Promise<void> {
  // A reader such as `head` that has seen enough is no failure.
  process.stdout.on('error', () => process.exit(0));
  program.exitOverride(error => process.exit(error.exitCode === 0 ? 0 : EXIT_USAGE));
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.code} ${error.message}\n${error.remedy}\n`);
    process.exitCode = EXIT_USAGE;
  }
}
