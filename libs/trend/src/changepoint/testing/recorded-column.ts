import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sample } from '../local-line';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

/** Folder of a recording; in a worktree the shared folder is named by ANMAI_SHARED. */
export const recordedFolder = (name: string): string =>
  join(process.env['ANMAI_SHARED'] ?? join(ROOT, '../shared'), 'data', name);

/** `yyyy-mm-dd hh:mm` or `dd/mm/yy hh`, taken as UTC. */
function instantOf(text: string): number {
  const slashed = /^(\d+)\/(\d+)\/(\d+) (\d+)$/.exec(text);
  if (slashed === null) return Date.parse(`${text.replace(' ', 'T')}Z`);
  const [, day, month, year, hour] = slashed.map(Number) as [number, number, number, number, number];
  return Date.UTC(2000 + year, month - 1, day, hour);
}

/** Usable values of one column, in the order of time; -9999 and 7999 are what the loggers write for a fault. */
export function recordedColumn(file: string, column: string): Sample[] {
  const [head = '', ...rows] = readFileSync(recordedFolder(file), 'utf8').trim().split('\n');
  const place = head.split(',').findIndex(name => name.trim() === column);
  const samples: Sample[] = [];
  for (const row of rows) {
    const cells = row.split(',');
    const cell = cells[place]?.trim() ?? '';
    const value = Number(cell);
    const at = instantOf(cells[0] ?? '');
    const isUsable = cell !== '' && value > -999 && value < 7_000 && at > (samples.at(-1)?.at ?? -Infinity);
    if (isUsable) samples.push({ at, value });
  }
  return samples;
}
