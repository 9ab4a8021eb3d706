import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** Runs in the child: loads a TypeScript module with the module names of the repository and calls its `main`. */
const LOADER = `
  import { runnerImport } from 'vite';
  const [file, ...args] = process.argv.slice(1);
  const inline = { root: ${JSON.stringify(ROOT)}, configFile: false, logLevel: 'error' };
  const { module: paths } = await runnerImport('/vite.paths.ts', inline);
  const { module } = await runnerImport(file, { ...inline, resolve: { alias: paths.alias } });
  await module.main(...args);
`;

export interface TsProcess {
  /** What the module printed, line by line; ends with the process. */
  readonly lines: AsyncIterable<string>;
  /** SIGKILL, and wait for the end. */
  kill(): Promise<void>;
}

/** Calls the exported `main(...args)` of a TypeScript file in a process of its own. */
export function startTsProcess(file: string, args: readonly string[]): TsProcess {
  const child = spawn(process.execPath, ['--input-type=module', '-e', LOADER, file, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // A test run that ends early must not leave the process behind.
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  return {
    lines: createInterface({ input: child.stdout }),
    kill: async () => {
      process.off('exit', killAtExit);
      await killed(child);
    },
  };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
