import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { Monitor, Replay, type Condition, type RegistryChange, type Rule } from '@anmai/alarms';
import { MINUTE_MS } from '@anmai/kernel';
import { seriesPages, SERIES_START } from './detection-series';
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
  const minutes = POINTS / SENSORS;
  const threshold = ALL.filter(rule => rule.id === 'threshold');
  // The first look at code that nobody ran yet is not what is measured.
  perSecond(1_000, ALL);
  const rates = Array.from({ length: ROUNDS }, () => {
    const plain = perSecond(minutes, threshold);
    const all = perSecond(minutes, ALL);
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
    headline: `${round(all)} points a CPU second through ${ALL.length} conditions at once, ${round(all / plain, 3)} of a threshold alone (${round(plain)}/s); a year of minutes with ${YEAR_TYPES.length} conditions in ${round(year, 2)} s of CPU`,
    goal: `>= ${GOAL_PER_SECOND} points/s, a year < ${GOAL_YEAR_SECONDS} s`,
    met,
    figures: {
      perSecond: round(all),
      thresholdPerSecond: round(plain),
      ratio: round(all / plain, 3),
      evaluationsPerSecond: round(all * CONDITIONS.length),
      yearSeconds: round(year, 2),
      yearPoints: YEAR_POINTS,
      heapBytesPerSensor: heap,
      heapBytesPerCondition: round(heap / CONDITIONS.length),
    },
  });
}

/** CPU time of this process, the collector's included: the same on a machine that has other work. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Each minute one reading of each sensor; points a second of CPU time, of which only the monitor's own counts. */
function perSecond(minutes: number, rules: readonly Rule[]): number {
  const monitor = monitorOf(rules);
  let ms = 0;
  for (const page of seriesPages(SENSORS, minutes)) {
    const began = cpuMs();
    for (const readings of page) monitor.readings(readings, readings[0]!.at);
    ms += cpuMs() - began;
  }
  return (minutes * SENSORS * 1_000) / ms;
}

function monitorOf(rules: readonly Rule[]): Monitor {
  const monitor = new Monitor({ ownAbsenceMs: Infinity });
  monitor.registry(registryOf(SENSORS, rules), SERIES_START - MINUTE_MS);
  return monitor;
}

function yearSeconds(): number {
  const rules = ALL.filter(rule => YEAR_TYPES.includes(rule.id));
  const replay = new Replay({ registry: registryOf(1, rules), from: SERIES_START, tickMs: MINUTE_MS / 2 });
  let changes = 0;
  let ms = 0;
  for (const page of seriesPages(1, YEAR_POINTS)) {
    const began = cpuMs();
    for (const [reading] of page) changes += replay.reading(reading!).length;
    ms += cpuMs() - began;
  }
  if (changes === 0) throw new Error('BUG: a year without an alarm measures nothing');
  return ms / 1_000;
}

/** Bytes of heap that a sensor with all conditions keeps. */
function heapBytes(say: Progress): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = (rules: readonly Rule[]): number => {
    collect();
    const before = process.memoryUsage().heapUsed;
    const held = { monitor: monitorOf(rules) };
    for (const page of seriesPages(SENSORS, HEAP_POINTS))
      for (const readings of page) held.monitor.readings(readings, readings[0]!.at);
    collect();
    const after = process.memoryUsage().heapUsed;
    // Asked here, it has to be alive up to here.
    if (held.monitor.sensors.size !== SENSORS) throw new Error('BUG: a sensor is missing');
    return (after - before) / SENSORS;
  };
  // Of one condition alone it is too little to be told from what else comes and goes.
  const all = round(used(ALL));
  say(`detection: ${all} bytes of heap a sensor with all conditions`);
  return all;
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
