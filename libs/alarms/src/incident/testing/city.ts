import type { Asset, Sensor, Severity } from '@anmai/catalog';
import type { AlarmChange, ChangeKind } from '../../alarm';
import { Directory } from '../../directory';
import { ruleOf } from '../../testing/timeline';
import { IncidentEngine, type EngineOptions } from '../engine';
import type { IncidentChange } from '../incident-change';

/** Degrees of latitude of a metre. */
export const METRE = 1 / 111_195;

export interface Place {
  readonly id: string;
  readonly kind?: string;
  readonly quantity?: string;
  /** Metres east and north of the middle of the town. */
  readonly at?: readonly [east: number, north: number] | null;
  readonly links?: readonly string[];
  readonly parentId?: string | null;
  readonly orgId?: string;
  readonly population?: number;
}

/** On the equator, where a metre is as many degrees east as north. Each asset has one sensor of the same id. */
export function townOf(places: readonly Place[]): Directory {
  const directory = new Directory();
  for (const place of places) {
    const asset = assetOf(place);
    directory.assets.set(asset.id, asset);
    directory.sensors.set(asset.id, sensorOf(place));
  }
  const noData = ruleOf({ type: 'noData', after: { missed: 3 } }, { id: 'silent' });
  directory.put({ kind: 'rule', op: 'put', id: noData.id, value: noData });
  return directory;
}

export function assetOf({ id, kind = 'gas.well', at = [0, 0], ...rest }: Place): Asset {
  return {
    id,
    kind,
    name: id,
    geometry: at === null ? null : { type: 'Point', coordinates: [at[0] * METRE, at[1] * METRE] },
    parentId: rest.parentId ?? null,
    orgId: rest.orgId ?? 'gas-co',
    links: rest.links ?? [],
    properties: rest.population === undefined ? {} : { population: rest.population },
  };
}

const sensorOf = ({ id, quantity = 'gas.combustible' }: Place): Sensor => ({
  id,
  name: id,
  assetId: id,
  deviceId: id,
  channel: 'v',
  quantity,
  unit: '/',
  expectedEverySeconds: 300,
  range: null,
});

export interface Told {
  readonly alarm: string;
  /** Minute since the start. */
  readonly minute: number;
  readonly kind?: ChangeKind;
  readonly severity?: Severity;
  readonly sensor?: string;
  readonly onset?: number;
  readonly rule?: string;
  readonly side?: 'above' | 'below';
  readonly n?: number;
}

export const MINUTE = 60_000;

/** `alarm` is the sensor, unless one is given. */
export function changeOf(told: Told): AlarmChange {
  const {
    alarm,
    minute,
    kind = 'raised',
    severity = 'yellow',
    sensor = alarm,
    rule = 'r1',
    side = 'above',
  } = told;
  const n = told.n ?? (kind === 'raised' ? 1 : 2);
  return {
    id: `${alarm}/${n}`,
    alarmId: alarm,
    n,
    kind,
    at: minute * MINUTE,
    noticedAt: minute * MINUTE,
    ruleId: rule,
    ruleVersion: 1,
    sensorId: sensor,
    assetId: sensor,
    onsetAt: (told.onset ?? minute) * MINUTE,
    severity,
    reason: 'test',
    evidence: {
      limit: { [side]: 20 },
      source: { kind: 'assumption', why: 'test', reviewBy: '2027-01-01' },
      readings: [],
    },
  };
}

/** Takes the changes in one by one, each at the journal time it was noticed. */
export function feed(engine: IncidentEngine, changes: readonly AlarmChange[]): IncidentChange[] {
  return changes.flatMap(change => engine.alarms([change], change.noticedAt));
}

/** Runs 'g1 0, g2 3 red, g1 9 cleared' (alarm, minute, kind or severity). */
export function runIn(
  places: readonly Place[],
  timeline: string,
  options: EngineOptions = {},
): { readonly engine: IncidentEngine; readonly told: readonly IncidentChange[] } {
  const engine = new IncidentEngine(townOf(places), options);
  return { engine, told: feed(engine, timelineOf(timeline)) };
}

const SEVERITY_WORDS = ['blue', 'yellow', 'orange', 'red'];

export function timelineOf(timeline: string): AlarmChange[] {
  const counts = new Map<string, number>();
  return timeline.split(', ').map(cell => {
    const [alarm = '', minute = '', word = 'yellow'] = cell.split(' ');
    const n = (counts.get(alarm) ?? 0) + 1;
    counts.set(alarm, n);
    const severity = SEVERITY_WORDS.includes(word) ? (word as Severity) : 'yellow';
    const kind = SEVERITY_WORDS.includes(word) ? (n === 1 ? 'raised' : 'escalated') : (word as ChangeKind);
    // A sensor's second alarm is written as its name with a stroke.
    return changeOf({ alarm, sensor: alarm.replace(/'+$/, ''), minute: Number(minute), kind, severity, n });
  });
}

/** 'g1 g2 | s1': the alarms of each incident at hand, in order. */
export function partitionOf(engine: IncidentEngine): string {
  const groups = [...engine.incidents.values()].map(({ members }) =>
    [...members].map(({ facts }) => facts.alarmId).sort(),
  );
  return groups
    .map(group => group.join(' '))
    .sort()
    .join(' | ');
}

export const kindsOf = (told: readonly IncidentChange[]): string => told.map(each => each.kind).join(' ');
