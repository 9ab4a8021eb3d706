import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { Monitor, Replay, type Condition, type RegistryChange, type Rule } from '@anmai/alarms';
import { MINUTE_MS } from '@anmai/kernel';
import type { Reading } from '@anmai/readings';
import { makeSeries } from './detection-series';
import { median, round, type BenchOptions, type BenchResult, type Progress } from './report';

const SENSORS = 100;
const POINTS = 1_000_000;
const YEAR_POINTS = 525_600;
const GOAL_PER_SECOND = 100_000;
const GOAL_YEAR_SECONDS = 2;
/** Long enough that each feature has learned and its windows are full; a trend goes on for months. */
const HEAP_POINTS = 4 * 1_440;
const ROUNDS = 3;

const limits = (above: number): Pick<Extract<Condition, { type: 'threshold' }>, 'limits'> => ({
  limits: [{ severity: 'yellow', above }],
});
/** One of each kind that judges readings, none of which is on all the time. */
const CONDITIONS: readonly Condition[] = [
  { type: 'threshold', limits: [{ severity: 'yellow', above: 20, clearBelow: 18 }, { severity: 'red', above: 50 }] },
  { type: 'rate', per: 'minute', ...limits(5) },
  { type: 'trend', per: 'month', ...limits(4) },
  { type: 'forecast', per: 'minute', target: { above: 20 }, limits: [{ severity: 'orange', below: 30 }] },
  { type: 'changepoint', ...limits(6) },
  { type: 'baseline', limits: [{ severity: 'yellow', above: 7, clearBelow: 4 }], clearAfter: { samples: 12 } },
  { type: 'nightFlow', ...limits(5) },
  { type: 'flatLine', tolerance: 0, ...limits(7_200) },
  { type: 'quality', of: 10, ...limits(0.5) },
  { type: 'noData', after: { missed: 2.5 } },
]; // prettier-ignore
/** What a backtest of one sensor is usually about. */
const YEAR_TYPES = ['threshold', 'rate', 'trend', 'forecast', 'baseline'];

const SOURCE = { kind: 'assumption', why: 'benchmark', reviewBy: '2027-05-31' } as const;
const ruleOf = (condition: Condition): Rule => ({
  id: condition.type,
  version: 1,
  name: condition.type,
  enabled: true,
  appliesTo: {},
  condition,
  source: SOURCE,
});
const COMPOSITE: Condition = {
  type: 'composite',
  of: CONDITIONS.map(each => ({ ruleId: each.type })),
  need: { atLeast: 2 },
  related: 'sensor',
  withinSeconds: 3_600,
  severity: 'red',
};
const ALL = [...CONDITIONS, COMPOSITE].map(ruleOf);

/** The monitor alone, on one core, without journal and records. */
export async function benchDetection({ say }: BenchOptions): Promise<BenchResult> {
  const feed = makeSeries(SENSORS, POINTS / SENSORS);
  const threshold = ALL.filter(rule => rule.id === 'threshold');
  // The first look at code that nobody ran yet is not what is measured.
  perSecond(feed.slice(0, 1_000), ALL);
  const rates = Array.from({ length: ROUNDS }, () => {
    const plain = perSecond(feed, threshold);
    const all = perSecond(feed, ALL);
    say(
      `detection: ${round(all)} points/s through all conditions, ${round(plain)} through a threshold alone`,
    );
    return { plain, all };
  });
  const all = median(rates.map(each => each.all));
  const plain = median(rates.map(each => each.plain));
  const year = median(Array.from({ length: ROUNDS }, () => yearSeconds()));
  const heap = heapBytes(say);
  const met = all >= GOAL_PER_SECOND && year < GOAL_YEAR_SECONDS;
  return Promise.resolve({
    name: 'detection',
    headline: `${round(all)} points/s through ${ALL.length} conditions at once, ${round(all / plain, 3)} of a threshold alone (${round(plain)}/s); a year of minutes with ${YEAR_TYPES.length} conditions in ${round(year, 2)} s`,
    goal: `>= ${GOAL_PER_SECOND} points/s, a year < ${GOAL_YEAR_SECONDS} s`,
    met,
    figures: {
      perSecond: round(all),
      thresholdPerSecond: round(plain),
      ratio: round(all / plain, 3),
      evaluationsPerSecond: round(all * CONDITIONS.length),
      yearSeconds: round(year, 2),
      yearPoints: YEAR_POINTS,
      heapBytesPerSensor: Object.entries(heap).map(([condition, bytes]) => ({ condition, bytes })),
    },
  });
}

/** Each minute one reading of each sensor. */
function perSecond(minutes: readonly (readonly Reading[])[], rules: readonly Rule[]): number {
  const monitor = new Monitor({ ownAbsenceMs: Infinity });
  monitor.registry(registryOf(SENSORS, rules), minutes[0]![0]!.at - MINUTE_MS);
  const began = performance.now();
  for (const readings of minutes) monitor.readings(readings, readings[0]!.at);
  return (minutes.length * SENSORS * 1_000) / (performance.now() - began);
}

function yearSeconds(): number {
  const minutes = makeSeries(1, YEAR_POINTS);
  const rules = ALL.filter(rule => YEAR_TYPES.includes(rule.id));
  const from = minutes[0]![0]!.at;
  const replay = new Replay({ registry: registryOf(1, rules), from, tickMs: MINUTE_MS / 2 });
  const began = performance.now();
  let changes = 0;
  for (const [reading] of minutes) changes += replay.reading(reading!).length;
  if (changes === 0) throw new Error('BUG: a year without an alarm measures nothing');
  return (performance.now() - began) / 1_000;
}

/** Bytes of heap that one condition keeps for one sensor, beyond what a sensor without rules keeps. */
function heapBytes(say: Progress): Record<string, number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const feed = makeSeries(SENSORS, HEAP_POINTS);
  const used = (rules: readonly Rule[]): number => {
    collect();
    const before = process.memoryUsage().heapUsed;
    const monitor = new Monitor({ ownAbsenceMs: Infinity });
    monitor.registry(registryOf(SENSORS, rules), feed[0]![0]!.at - MINUTE_MS);
    // What is told is not kept by the monitor, but for the open alarms.
    for (const readings of feed) monitor.readings(readings, readings[0]!.at);
    collect();
    const after = process.memoryUsage().heapUsed;
    // It has to be alive up to here.
    return monitor.sensors.size === SENSORS ? (after - before) / SENSORS : NaN;
  };
  const bare = used([]);
  const bytes = Object.fromEntries(
    CONDITIONS.map(each => [each.type, round(used([ruleOf(each)]) - bare)] as const),
  );
  const out = { bare: round(bare), ...bytes, all: round(used(ALL)) };
  say(`detection: heap a sensor ${JSON.stringify(out)}`);
  return out;
}

function registryOf(count: number, rules: readonly Rule[]): RegistryChange[] {
  const sensors = Array.from({ length: count }, (_, i) => ({
    kind: 'sensor' as const,
    op: 'put' as const,
    id: `s${i}`,
    value: {
      id: `s${i}`, name: `s${i}`, assetId: `a${i}`, deviceId: `d${i}`, channel: 'v', quantity: 'generic.value',
      unit: '/', expectedEverySeconds: 60, range: null,
    },
  })); // prettier-ignore
  return [...sensors, ...rules.map(value => ({ kind: 'rule', op: 'put', id: value.id, value }) as const)];
}
