import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../local-line';
import { recordedFolder } from './recorded-column';
import type { TrueStep } from './step-score';

const FOLDER = recordedFolder('building-displacement-gnss');

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

interface ReferenceComponent {
  readonly steps: Readonly<Record<string, { readonly step_mm: number; readonly noise_mm: number }>>;
}

const REFERENCE = JSON.parse(readFileSync(join(FOLDER, 'reference.json'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, ReferenceComponent>>>
>;

/** The offsets that the recording's reference gives for a series, at its three dates of earthquakes. */
export function referenceSteps(name: string): TrueStep[] {
  const [station = '', component = ''] = name.split(' ');
  const steps = REFERENCE[station]?.[component]?.steps ?? {};
  return Object.entries(steps).map(([date, { step_mm }]) => ({ at: Date.parse(date), mm: step_mm }));
}
