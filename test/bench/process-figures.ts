import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

/** CPU time of all threads of a process so far; NaN where /proc does not tell. */
export function cpuMsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return NaN;
  }
}

/** CPU time of a process and of all below it, such as the database that it runs: what a busy machine does not change much. */
export function treeCpuMsOf(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter(each => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has just ended.
    }
  }
  const isBelow = (each: number): boolean =>
    each === pid || (parents.has(each) && each > 1 && isBelow(parents.get(each) ?? 0));
  return [...parents.keys()].filter(isBelow).reduce((sum, each) => sum + (cpuMsOf(each) || 0), 0);
}

export interface MemoryFigures {
  readonly nowBytes: number;
  /** The highest it has been. */
  readonly mostBytes: number;
  /** Of `nowBytes`: pages of mapped files (the journal), which the system takes back when it needs them. */
  readonly fileBytes: number;
}

/** Resident memory of a process; NaN where /proc does not tell. */
export function memoryOf(pid: number): MemoryFigures {
  let status = '';
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // No /proc, or no such process: every figure is NaN.
  }
  const bytes = (key: string): number => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) * 1_024;
  return { nowBytes: bytes('VmRSS'), mostBytes: bytes('VmHWM'), fileBytes: bytes('RssFile') };
}
