import { err, ok, type Result } from '@anmai/kernel';
import { qualityFaults, type SeriesQualityConfig } from './config';
import type { QualityFault } from './qartod/config-fault';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys of each part of our own form. An unknown key is a fault: a misspelt test would silently not run. */
const OWN_KEYS = new Map<string, readonly string[] | null>([
  ['range', ['min', 'max']],
  ['suspectRange', ['min', 'max']],
  ['spike', ['suspectThreshold', 'failThreshold', 'method']],
  ['rateOfChange', ['threshold', 'failThreshold']],
  ['flatLine', ['suspectThreshold', 'failThreshold', 'tolerance']],
  ['gap', ['suspectSeconds']],
  ['clock', ['aheadSeconds', 'behindSeconds']],
  [
    'attenuatedSignal',
    ['suspectThreshold', 'failThreshold', 'checkType', 'testPeriod', 'minObs', 'minPeriod'],
  ],
  ['saturates', null],
  ['intervalSeconds', null],
]);

/** Names of the QARTOD reference implementation; its keys are ours in snake case. */
const QARTOD_NAMES = new Map([
  ['spike_test', 'spike'],
  ['rate_of_change_test', 'rateOfChange'],
  ['flat_line_test', 'flatLine'],
  ['attenuated_signal_test', 'attenuatedSignal'],
]);

const SPAN_NAMES = new Map([
  ['fail_span', 'range'],
  ['suspect_span', 'suspectRange'],
]);

/**
 * A configuration as found in a file, already parsed as JSON. Two forms are taken: our own (the fields of
 * SeriesQualityConfig) and that of the QARTOD reference implementation (`gross_range_test` …, alone or under
 * `qartod`). All faults are reported together. null stands for left out.
 */
export function readQualityConfig(json: unknown): Result<SeriesQualityConfig, readonly QualityFault[]> {
  if (!isObject(json)) return err([{ at: '(root)', message: 'must be an object' }]);
  const faults: QualityFault[] = [];
  const parts: Record<string, unknown> = {};
  const source = isObject(json.qartod) ? { ...json, ...json.qartod, qartod: undefined } : json;
  for (const [key, part] of Object.entries(source)) {
    // The reference writes `aggregate` to ask for the rolled-up flag, which is always there.
    if (part === null || part === undefined || key === 'aggregate') continue;
    const [name, value] = ownForm(key, part);
    for (const [at, each] of Object.entries(
      name === null ? grossRange(key, value, faults) : { [name]: value },
    )) {
      if (takes(key, at, each, faults)) parts[at] = each;
    }
  }
  if (faults.length > 0) return err(faults);
  const config = parts as SeriesQualityConfig;
  const wrong = qualityFaults(config);
  return wrong.length > 0 ? err(wrong) : ok(config);
}

/**
 * Our name of a part (null: the gross range, which becomes two) and the part with our keys, without nulls.
 */
function ownForm(key: string, part: unknown): readonly [string | null, unknown] {
  const name = QARTOD_NAMES.get(key);
  const own = key === 'gross_range_test' ? null : (name ?? key);
  if (!isObject(part)) return [own, part];
  const entries = Object.entries(part).filter(([, value]) => value !== null);
  const renamed = name === undefined ? entries : entries.map(([k, value]) => [camel(k), value] as const);
  return [own, Object.fromEntries(renamed)];
}

const camel = (text: string): string =>
  text.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

function grossRange(key: string, part: unknown, faults: QualityFault[]): Json {
  const ranges: Record<string, unknown> = {};
  for (const [span, value] of Object.entries(isObject(part) ? part : {})) {
    const name = SPAN_NAMES.get(span);
    const ends: unknown[] = Array.isArray(value) ? value : [];
    const [a, b] = ends;
    if (name === undefined) faults.push({ at: `${key}.${span}`, message: 'is not known' });
    else if (ends.length !== 2 || typeof a !== 'number' || typeof b !== 'number') {
      faults.push({ at: `${key}.${span}`, message: 'must be two numbers' });
    } else ranges[name] = { min: Math.min(a, b), max: Math.max(a, b) };
  }
  if (ranges.range === undefined && faults.length === 0) faults.push({ at: key, message: 'needs fail_span' });
  return ranges;
}

function takes(key: string, name: string, part: unknown, faults: QualityFault[]): boolean {
  const keys = OWN_KEYS.get(name);
  if (keys === undefined) faults.push({ at: key, message: 'is not known' });
  else if (keys !== null && !isObject(part)) faults.push({ at: key, message: 'must be an object' });
  else if (keys !== null && isObject(part)) {
    const strange = Object.keys(part).filter(each => !keys.includes(each));
    faults.push(...strange.map(each => ({ at: `${key}.${each}`, message: 'is not known' })));
    return strange.length === 0;
  } else return true;
  return false;
}
