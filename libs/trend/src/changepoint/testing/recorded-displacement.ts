import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sample } from '../local-line';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
const FOLDER = join(ROOT, process.env['ANMAI_SHARED'] ?? '../shared', 'data/building-displacement-gnss');

export const STATIONS = ['G001', 'J188', 'J768', 'J861', 'S106', 'Z101'] as const;
export const COMPONENTS = ['north', 'east', 'up'] as const;

/** Daily displacement in mm, of one station in one direction. */
export interface RecordedSeries {
  readonly name: string;
  readonly samples: readonly Sample[];
}

export function recordedDisplacement(): RecordedSeries[] {
  return STATIONS.flatMap(station => {
    const [, ...rows] = readFileSync(join(FOLDER, `${station}.csv`), 'utf8')
      .trim()
      .split('\n');
    return COMPONENTS.map((component, i) => ({
      name: `${station} ${component}`,
      samples: rows.map(row => {
        const cells = row.split(',');
        return { at: Date.parse(cells[0]!), value: Number(cells[i + 1]) };
      }),
    }));
  });
}
