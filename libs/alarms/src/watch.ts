import { severityRank, type LimitSource, type Sensor } from '@anmai/catalog';
import { SECOND_MS } from '@anmai/kernel';
import type { WatchKey } from './book';
import { learnsFromUnusable, type CompiledCondition, type ConditionState } from './condition';
import { compileRule } from './compile-rule';
import type { Companion, NoDataCondition, Rule } from './rule';
import type { WatchedMs } from './silence';

/** A rule with limits, compiled for all sensors of one unit and pace. */
export interface LimitWatch {
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly compiled: CompiledCondition;
  /** Unit of the limits. */
  readonly unit: string;
  /** Its companions among those of the sensor, half-open. */
  readonly companionsFrom: number;
  readonly companionsTo: number;
}

/** A no-data rule, for all sensors of one pace. */
export interface SilenceWatch {
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly afterMs: WatchedMs;
  readonly rank: number;
  readonly source: LimitSource;
  readonly limit: Readonly<Record<string, number | string>>;
}

/** What is watched on a sensor. The same object for all sensors that are watched alike: there may be 100,000 of them. */
export interface Watches {
  readonly limits: readonly LimitWatch[];
  /** Of `limits`, in their order: the hot path wants no map per reading. */
  readonly compiled: readonly CompiledCondition[];
  /** Sensors whose values the conditions want beside a reading, of all limits in their order. */
  readonly companions: readonly Companion[];
  /** Is there one that learns from readings that cannot be used? */
  readonly judgesUnusable: boolean;
  /** States before the first reading, in the same order. */
  readonly initial: readonly ConditionState[];
  readonly silences: readonly SilenceWatch[];
  /** Rules that cover the sensor but cannot be used on it, with the reason. Shown, never swallowed. */
  readonly faults: readonly { readonly ruleId: string; readonly reason: string }[];
}

/** One limit watch on one sensor. `index`: its place in the states of a step. */
export interface Watched {
  readonly watch: LimitWatch;
  readonly index: number;
  readonly sensor: Sensor;
}

/** All watches of a sensor under the rules that cover it, in the order of the rules' ids: two runs build the same. */
export function watchesOf(sensor: Sensor, covering: readonly Rule[], utcOffsetMs: number): Watches {
  const limits: LimitWatch[] = [];
  const silences: SilenceWatch[] = [];
  const faults: { ruleId: string; reason: string }[] = [];
  const companions: Companion[] = [];
  for (const rule of covering.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const { condition } = rule;
    // Watches alarms, not sensors.
    if (condition.type === 'composite') continue;
    if (condition.type === 'noData') {
      silences.push(silenceWatch(rule, condition, sensor.expectedEverySeconds));
      continue;
    }
    const companionsFrom = companions.length;
    const made = compileRule(rule, condition, sensor, utcOffsetMs, companionsFrom);
    companions.push(...(condition.companions ?? []));
    const places = { companionsFrom, companionsTo: companions.length };
    if (made.ok) limits.push({ ruleId: rule.id, ruleVersion: rule.version, ...made.value, ...places });
    else faults.push({ ruleId: rule.id, reason: made.error });
  }
  const compiled = limits.map(watch => watch.compiled);
  const initial = compiled.map(condition => condition.initial);
  const judgesUnusable = compiled.some(learnsFromUnusable);
  return { limits, compiled, companions, judgesUnusable, initial, silences, faults };
}

/** Would both judge alike? Then the states of a sensor can stay as they are. */
export function sameWatches(a: Watches, b: Watches): boolean {
  return a === b || keysOf(a) === keysOf(b);
}

/** Rules that cannot be used, with the reasons. */
export const faultsOf = ({ faults }: Watches): string =>
  faults.map(({ ruleId, reason }) => `${ruleId}: ${reason}`).join();

/** Rules and versions, in their order. */
export const keysOf = ({ limits, silences }: Watches): string =>
  [...limits, ...silences].map(watch => `${watch.ruleId}@${watch.ruleVersion}`).join();

export function keyOn(watch: LimitWatch | SilenceWatch, sensor: Sensor): WatchKey {
  const { ruleId, ruleVersion } = watch;
  return { ruleId, ruleVersion, sensorId: sensor.id, assetId: sensor.assetId };
}

function silenceWatch(rule: Rule, condition: NoDataCondition, expectedEverySeconds: number): SilenceWatch {
  const { after, severity } = condition;
  const seconds = 'missed' in after ? after.missed * expectedEverySeconds : after.seconds;
  return {
    ruleId: rule.id,
    ruleVersion: rule.version,
    afterMs: seconds * SECOND_MS,
    rank: severityRank(severity ?? 'yellow'),
    source: rule.source,
    limit: { ...after, expectedEverySeconds },
  };
}
