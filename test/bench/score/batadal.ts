import { DAY_MS, HOUR_MS } from '@anmai/kernel';
import type { Detector } from './detect';
import { begins, cellsOf, merged, overlaps, type Stretch } from './feed';

const FOLDER = 'water-batadal-train';
/** Alarms of all channels nearer than this are one incident to an operator. */
const MERGE_MS = 12 * HOUR_MS;
const MONTH_MS = 30 * DAY_MS;

export interface WaterResult {
  readonly found: number;
  readonly attacks: number;
  readonly falsePerMonth: number;
  /** Hours in alarm on any channel, attacks included. */
  readonly alarmHours: number;
  readonly attackHours: number;
}

/**
 * All 43 channels, learned on the year without attacks and whatever comes before in the six months; no label is used. An
 * attack is found when the alarm of a channel begins while it lasts; an incident that overlaps no attack is false.
 */
export function scoreWater(detector: Detector): WaterResult {
  const clean = cellsOf(`${FOLDER}/BATADAL_dataset03.csv`).slice(1);
  const [head = [], ...rows] = cellsOf(`${FOLDER}/BATADAL_dataset04.csv`);
  const at = [...clean, ...rows].map(row => instant(row[0]!));
  const from = instant(rows[0]![0]!);
  const alarms = head.slice(1, -1).flatMap((_name, i) => {
    const values = [...clean, ...rows].map(row => Number(row[i + 1]));
    return detector({ at, values, everyMs: HOUR_MS }).filter(({ to }) => to >= from);
  });
  const attacks = cellsOf(`${FOLDER}/attacks_dataset04.csv`)
    .slice(1)
    .map((row): Stretch => ({ from: instant(row[1]!), to: instant(row[2]!) }));
  const incidents = merged(alarms, MERGE_MS);
  const falseOnes = incidents.filter(each => !attacks.some(attack => overlaps(each, attack)));
  return {
    found: attacks.filter(attack => alarms.some(alarm => begins(alarm, attack))).length,
    attacks: attacks.length,
    falsePerMonth: (falseOnes.length * MONTH_MS) / (at.at(-1)! - from),
    alarmHours: hoursOf(merged(alarms, 0), from),
    attackHours: hoursOf(attacks, from),
  };
}

const hoursOf = (stretches: readonly Stretch[], from: number): number =>
  stretches.reduce((sum, each) => sum + each.to - Math.max(from, each.from), 0) / HOUR_MS;

/** `dd/mm/yy HH` or `dd/mm/yyyy HH`. */
function instant(text: string): number {
  const [, day, month, year, hour] = /^(\d+)\/(\d+)\/(\d+) (\d+)$/.exec(text)!.map(Number);
  return Date.UTC(year! % 100 === year ? 2_000 + year : year!, month! - 1, day, hour);
}
