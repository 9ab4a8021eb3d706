import { readdir, readFile, readlink } from 'node:fs/promises';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Tells a process from a later one with the same number. null where the system does not say (no /proc). */
export async function birthOf(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // Field 22, counted after the name, which may hold blanks and brackets.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

/**
 * Processes at work in `folder`: a postmaster and its children all live in their data folder. null where the system
 * does not say.
 */
export async function processesIn(folder: string): Promise<number[] | null> {
  const names = await readdir('/proc').catch(() => null);
  if (names === null) return null;
  const pids = names.filter(name => /^\d+$/.test(name)).map(Number);
  const homes = await Promise.all(pids.map(pid => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_, index) => homes[index] === folder);
}

/** Asks `done` every `everyMs` until it says yes; false when it did not within `msMax`. */
export async function waitUntil(
  done: () => boolean | Promise<boolean>,
  msMax: number,
  everyMs = 20,
): Promise<boolean> {
  const started = performance.now();
  while (!(await done())) {
    if (performance.now() - started > msMax) return false;
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
  return true;
}
