import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** Path of a recorded feed. One that is not there is a failure, never a skip. */
export function recorded(name: string): string {
  const file = `${FOLDER}${name}`;
  if (!existsSync(file)) throw new Error(`the recorded feed ${file} is missing`);
  return file;
}

/** Rows of a recording without quotes in it, by column. */
export function rowsOf(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(recorded(name), 'utf8').trim().split('\n');
  const columns = head.split(',');
  return lines.map(line =>
    Object.fromEntries(line.split(',').map((cell, i) => [columns[i] ?? '', cell.trim()])),
  );
}
