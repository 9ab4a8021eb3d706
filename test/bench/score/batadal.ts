import { DAY_MS, HOUR_MS } from '@anmai/kernel';
import { residualsOf } from './companions';
import type { Detector } from './detect';
import { begins, cellsOf, merged, overlaps, type Stretch } from './feed';

const FOLDER = 'water-batadal-train';
/** Alarms of all channels nearer than this are one incident to an operator. */
const MERGE_MS = 12 * HOUR_MS;
const MONTH_MS = 30 * DAY_MS;

export interface WaterResult {
  readonly found: number;
  readonly attacks: number;
  /** Hours from the begin of each attack to the first alarm that begins in it. */
  readonly delaysHours: readonly number[];
  readonly falsePerMonth: number;
  /** Hours in alarm on any channel, attacks included. */
  readonly alarmHours: number;
  readonly attackHours: number;
}

/** `plain`: each channel as it is; `companions`: what its companions leave of it; `both`: alarms of either. */
export type WaterInput = 'plain' | 'companions' | 'both';

/**
 * All 43 channels, learned on the year without attacks and whatever comes before in the six months; no label is used. An
 * attack is found when the alarm of a channel begins while it lasts; an incident that overlaps no attack is false.
 */
export function scoreWater(detector: Detector, input: WaterInput): WaterResult {
  const clean = cellsOf(`${FOLDER}/BATADAL_dataset03.csv`).slice(1);
  const [head = [], ...rows] = cellsOf(`${FOLDER}/BATADAL_dataset04.csv`);
  const all = [...clean, ...rows];
  const at = all.map(row => instant(row[0]!));
  const from = instant(rows[0]![0]!);
  const channels = head.slice(1, -1).map((name, i) => ({ name, values: all.map(row => Number(row[i + 1])) }));
  const watched = [
    ...(input === 'companions' ? [] : channels.map(({ values }) => values)),
    ...(input === 'plain' ? [] : residualsOf(channels, at, clean.length)),
  ];
  const alarms = watched
    .flatMap(values => detector({ at, values, everyMs: HOUR_MS }))
    .filter(({ to }) => to >= from);
  return resultOf(alarms, from, at.at(-1)!);
}

function resultOf(alarms: readonly Stretch[], from: number, to: number): WaterResult {
  const attacks = cellsOf(`${FOLDER}/attacks_dataset04.csv`)
    .slice(1)
    .map((row): Stretch => ({ from: instant(row[1]!), to: instant(row[2]!) }));
  const incidents = merged(alarms, MERGE_MS);
  const falseOnes = incidents.filter(each => !attacks.some(attack => overlaps(each, attack)));
  const delaysHours = attacks.flatMap(attack => {
    const onsets = alarms.filter(alarm => begins(alarm, attack)).map(alarm => alarm.from);
    return onsets.length === 0 ? [] : [(Math.min(...onsets) - attack.from) / HOUR_MS];
  });
  return {
    found: delaysHours.length,
    attacks: attacks.length,
    delaysHours,
    falsePerMonth: (falseOnes.length * MONTH_MS) / (to - from),
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
