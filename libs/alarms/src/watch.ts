import {
  compileConversion,
  conversionContext,
  describeUnitError,
  findQuantity,
  severityRank,
  type LimitSource,
  type Sensor,
} from '@anmai/catalog';
import { ok, SECOND_MS } from '@anmai/kernel';
import type { WatchKey } from './book';
import type { Rule } from './rule';
import { inScope, type Subject } from './scope';
import type { WatchedMs } from './silence';
import { compileThreshold, type CompiledThreshold } from './threshold';

/** A threshold rule on one sensor. */
export interface LimitWatch {
  readonly key: WatchKey;
  readonly compiled: CompiledThreshold;
  readonly unit: string;
}

/** A no-data rule on one sensor. */
export interface SilenceWatch {
  readonly key: WatchKey;
  readonly afterMs: WatchedMs;
  readonly rank: number;
  readonly source: LimitSource;
  readonly limit: Readonly<Record<string, number | string>>;
}

export interface Watches {
  readonly limits: readonly LimitWatch[];
  /** Of `limits`, in their order: the hot path wants no map per reading. */
  readonly compiled: readonly CompiledThreshold[];
  readonly silences: readonly SilenceWatch[];
  /** Rules that cover the sensor but cannot be used on it, with the reason. Shown, never swallowed. */
  readonly faults: readonly { readonly ruleId: string; readonly reason: string }[];
}

/** The quantity knows which gas it speaks of. */
function conversionTo(unit: string, sensor: Sensor): ReturnType<typeof compileConversion> {
  const quantity = findQuantity(sensor.quantity);
  return compileConversion(unit, sensor.unit, quantity === null ? {} : conversionContext(quantity));
}

const same = (value: number): number => value;

/** All watches of a sensor, in the order of the rules' ids, so that two runs build the same. */
export function watchesOf(subject: Subject, rules: Iterable<Rule>): Watches {
  const limits: LimitWatch[] = [];
  const silences: SilenceWatch[] = [];
  const faults: { ruleId: string; reason: string }[] = [];
  const covering = [...rules].filter(rule => rule.enabled && inScope(rule.appliesTo, subject));
  for (const rule of covering.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const key = keyOf(rule, subject);
    if (rule.condition.type === 'noData') {
      silences.push(silenceWatch(key, rule, subject.sensor.expectedEverySeconds));
      continue;
    }
    const { unit } = subject.sensor;
    const conversion =
      rule.condition.unit === undefined ? ok(same) : conversionTo(rule.condition.unit, subject.sensor);
    if (!conversion.ok) faults.push({ ruleId: rule.id, reason: describeUnitError(conversion.error) });
    else
      limits.push({ key, compiled: compileThreshold(rule.condition, rule.source, conversion.value), unit });
  }
  return { limits, compiled: limits.map(watch => watch.compiled), silences, faults };
}

/** Would both judge alike? Then the states of a sensor can stay as they are. */
export function sameWatches(a: Watches, b: Watches): boolean {
  const keys = (watches: Watches): string =>
    [...watches.limits, ...watches.silences]
      .map(w => `${w.key.ruleId}@${w.key.ruleVersion}/${w.key.assetId}`)
      .join();
  return keys(a) === keys(b);
}

function keyOf(rule: Rule, subject: Subject): WatchKey {
  const { sensor } = subject;
  return { ruleId: rule.id, ruleVersion: rule.version, sensorId: sensor.id, assetId: sensor.assetId };
}

function silenceWatch(key: WatchKey, rule: Rule, expectedEverySeconds: number): SilenceWatch {
  if (rule.condition.type !== 'noData') throw new Error('BUG: not a no-data rule');
  const { after, severity } = rule.condition;
  const seconds = 'missed' in after ? after.missed * expectedEverySeconds : after.seconds;
  return {
    key,
    afterMs: seconds * SECOND_MS,
    rank: severityRank(severity ?? 'yellow'),
    source: rule.source,
    limit: { ...after, expectedEverySeconds },
  };
}
