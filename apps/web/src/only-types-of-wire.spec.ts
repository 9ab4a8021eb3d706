import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('.', import.meta.url));

function sourcesOf(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourcesOf(path);
    return /\.tsx?$/.test(name) && !name.endsWith('.spec.ts') ? [path] : [];
  });
}

/** Its codecs use what only a server has: one value of it, and no browser gets past the first line of the page. */
it('takes nothing but types from wire', () => {
  const values = sourcesOf(ROOT).filter(path =>
    [...readFileSync(path, 'utf8').matchAll(/import (type )?(?:[^;]*?)from '@anmai\/wire'/g)].some(
      ([, isType]) => isType === undefined,
    ),
  );
  expect(values.map(path => path.slice(ROOT.length))).toEqual([]);
});
