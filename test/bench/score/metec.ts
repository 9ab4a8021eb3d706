import { MINUTE_MS } from '@anmai/kernel';
import { median } from '../report';
import type { Detector } from './detect';
import { begins, cellsOf, feedText, merged, type Stretch } from './feed';

const FOLDER = 'gas-methane-metec';
const SENSORS = ['E', 'N', 'NE', 'NW', 'S', 'SE', 'SW', 'W'];

export interface GasResult {
  readonly found: number;
  readonly releases: number;
  readonly falseAlarms: number;
  readonly medianDelayMin: number;
}

/**
 * Alarms of all sensors that overlap in time are one incident. A release is found when an incident begins while it
 * lasts; an incident that begins outside any release is false.
 */
export function scoreGas(detector: Detector): GasResult {
  const [head = [], ...rows] = cellsOf(`${FOLDER}/methane_ppm_1min.csv`);
  const at = rows.map(row => Date.parse(row[0]!));
  const alarms = SENSORS.flatMap(sensor => {
    const column = head.indexOf(sensor);
    const values = rows.map(row => (row[column] === '' ? null : Number(row[column])));
    return detector({ at, values, everyMs: MINUTE_MS });
  });
  const releases = cellsOf(`${FOLDER}/releases.csv`)
    .slice(1)
    .map((row): Stretch => ({ from: Date.parse(row[0]!), to: Date.parse(row[1]!) }));
  const incidents = merged(alarms, 0);
  const firsts = releases.map(release => incidents.find(incident => begins(incident, release)));
  const delays = firsts.flatMap((first, i) => (first === undefined ? [] : [first.from - releases[i]!.from]));
  return {
    found: delays.length,
    releases: releases.length,
    falseAlarms: incidents.filter(each => !releases.some(release => begins(each, release))).length,
    medianDelayMin: median(delays) / MINUTE_MS,
  };
}

/** The published and the simple rules, as they come with the data. */
export function gasReference(): Readonly<Record<string, GasResult>> {
  interface Row {
    readonly releases: number;
    readonly detected: number;
    readonly false_alarms: number;
    readonly median_delay_min: number;
  }
  const rows = JSON.parse(feedText(`${FOLDER}/reference.json`)) as Record<string, Row>;
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [
      name,
      {
        found: row.detected,
        releases: row.releases,
        falseAlarms: row.false_alarms,
        medianDelayMin: row.median_delay_min,
      },
    ]),
  );
}
