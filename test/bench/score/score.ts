import { round, type BenchOptions, type BenchResult } from '../report';
import { scoreWater, type WaterResult } from './batadal';
import { always, byBaseline, everyReading, never, type Detector } from './detect';
import { gasReference, scoreGas, type GasResult } from './metec';
import { scoreNab } from './nab';

/** `single` where detections are scored one by one. */
const DETECTORS: readonly { readonly name: string; readonly alarms: Detector; readonly single: Detector }[] =
  [
    { name: 'baseline', alarms: byBaseline, single: byBaseline },
    { name: 'never', alarms: never, single: never },
    { name: 'always', alarms: always, single: everyReading },
  ];

/** Published scores on the same files, standard profile (SOURCE.md of the feed). */
const NAB_PUBLISHED = { ARTime: 76.5, contextOSE: 71.3, htmjava: 68.6, numentaTM: 62.9, random: 15.2 };
const GAS_SHOWN = ['authors_DLQ', 'thr>4ppm_for1min_clear30', 'thr>3ppm_for3min_clear30'];
const GOALS = { gasFalseMax: 5, waterFoundMin: 5, waterFalseMax: 2, nabMin: 60 };

/** How well the default baseline condition finds what is labelled in real feeds, beside published and trivial answers. */
export async function benchScore({ say }: BenchOptions): Promise<BenchResult> {
  const rows = DETECTORS.map(({ name, alarms, single }) => {
    say(`score: ${name}`);
    return { name, gas: scoreGas(alarms), water: scoreWater(alarms, 'plain'), nab: scoreNab(single) };
  });
  for (const { name, gas, water, nab } of rows) {
    say(`  ${name.padEnd(26)} ${gasText(gas)}`);
    say(`  ${''.padEnd(26)} ${waterText(water)}`);
    const check = nab.byReference === null ? 'not compared' : `reference scorer ${nab.byReference}`;
    say(
      `  ${''.padEnd(26)} NAB ${round(nab.score, 2)} (${check}), ${nab.found}/${nab.windows} windows, ${nab.falseRows} false`,
    );
  }
  const related = (['companions', 'both'] as const).map(input => ({
    input,
    water: scoreWater(byBaseline, input),
  }));
  for (const { input, water } of related) say(`  ${`baseline of ${input}`.padEnd(26)} ${waterText(water)}`);
  const reference = gasReference();
  for (const name of GAS_SHOWN) say(`  ${name.padEnd(26)} ${gasText(reference[name]!)}`);
  const { gas, water, nab } = rows[0]!;
  const published = Object.entries(NAB_PUBLISHED).map(([name, score]) => `${name} ${score}`);
  say(`  NAB, published: ${published.join(', ')}`);
  return Promise.resolve({
    name: 'score',
    headline:
      `gas ${gas.found}/${gas.releases} with ${gas.falseAlarms} false, water ${water.found}/${water.attacks} with ` +
      `${round(water.falsePerMonth, 1)} false a month, NAB ${round(nab.score, 1)}`,
    goal: 'gas 7/7 with 5 false, water 5/7 with 2 a month, NAB 60',
    met:
      gas.found === gas.releases &&
      gas.falseAlarms <= GOALS.gasFalseMax &&
      water.found >= GOALS.waterFoundMin &&
      water.falsePerMonth <= GOALS.waterFalseMax &&
      nab.score >= GOALS.nabMin,
    figures: { rows, related, published: [NAB_PUBLISHED] },
  });
}

const gasText = ({ found, releases, falseAlarms, medianDelayMin }: GasResult): string =>
  `gas ${found}/${releases} releases, ${falseAlarms} false` +
  (found === 0 ? '' : `, median delay ${round(medianDelayMin)} min`);

const waterText = ({
  found,
  attacks,
  delaysHours,
  falsePerMonth,
  alarmHours,
  attackHours,
}: WaterResult): string =>
  `water ${found}/${attacks} attacks${found === 0 ? '' : ` after ${delaysHours.join(' ')} h`}, ${round(falsePerMonth, 1)} false a month, ` +
  `${alarmHours} h in alarm (${attackHours} h attacked)`;
