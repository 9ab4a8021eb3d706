import type { Asset, Sensor } from '@anmai/catalog';
import {
  DEFAULT_RULES,
  foldDisposal,
  IncidentEngine,
  incidentViews,
  mayStep,
  Monitor,
  ruleOfDefault,
  type AlarmChange,
  type Disposal,
  type IncidentChange,
  type IncidentStep,
  type IncidentView,
  type RegistryChange,
  type Rule,
  type SensorFact,
  type StepKind,
  type StepPayloads,
  type StepRefusal,
} from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import { GOOD, isUsable, type Reading } from '@anmai/readings';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Degrees of latitude of a metre. */
const METRE = 1 / 111_195;

export interface Site {
  readonly id: string;
  readonly kind: string;
  /** Metres east and north of a point on the equator. */
  readonly at: readonly [east: number, north: number];
  readonly links?: readonly string[];
  readonly orgId?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  /** id: [quantity, unit, seconds between reports] */
  readonly sensors: Readonly<Record<string, readonly [quantity: string, unit: string, everySeconds: number]>>;
}

/** Local time in China, '2021-06-13 05:42' or with seconds, as an instant. */
export const local = (text: string): Millis => Date.parse(`${text.replace(' ', 'T')}+08:00`);

/** The rules that an installation gets when it takes over all defaults. */
const RULES: readonly Rule[] = DEFAULT_RULES.map(each => ({ ...ruleOfDefault(each), version: 1 }));

/**
 * The platform without its wires, in virtual time: readings go into the real monitor under the default rules, its alarms
 * into the real incident engine, steps through the real guards.
 */
export class Drill {
  readonly monitor = new Monitor({ ownAbsenceMs: Infinity });
  readonly engine: IncidentEngine;
  readonly alarms: AlarmChange[] = [];
  readonly incidents: IncidentChange[] = [];
  readonly steps: IncidentStep[] = [];
  now: Millis;

  /** `tickMs`: how often time is told; the platform does it each second. */
  constructor(
    sites: readonly Site[],
    startAt: Millis,
    private readonly tickMs = 10 * SECOND,
  ) {
    this.now = startAt;
    this.monitor.registry(registryOf(sites), startAt);
    this.engine = new IncidentEngine(this.monitor.directory);
  }

  /** Readings made and received at `at`, one of each sensor named. */
  read(at: Millis, values: Readonly<Record<string, number>>): void {
    this.receive(at, Object.entries(values).map(([sensorId, value]) => ({ sensorId, at, value, quality: GOOD }))); // prettier-ignore
  }

  /** Readings with their own times, received at `at`. */
  receive(at: Millis, readings: readonly Reading[]): AlarmChange[] {
    this.passTo(at);
    return this.take(this.monitor.readings(readings, at));
  }

  passTo(at: Millis): void {
    for (let tick = this.now + this.tickMs; tick < at; tick += this.tickMs) {
      this.now = tick;
      this.take(this.monitor.tick(tick));
    }
    this.now = at;
    this.take(this.monitor.tick(at));
  }

  private take(changes: AlarmChange[]): AlarmChange[] {
    this.alarms.push(...changes);
    this.incidents.push(...this.engine.alarms(changes, this.now));
    return changes;
  }

  /** Changes of one rule; `kind` of change, sensor where given. */
  changes(ruleId: string, kind?: AlarmChange['kind'], sensorId?: string): AlarmChange[] {
    return this.alarms.filter(
      each =>
        each.ruleId === ruleId &&
        (kind === undefined || each.kind === kind) &&
        (sensorId === undefined || each.sensorId === sensorId),
    );
  }

  /** When the rule first reached that severity, as noticed; null: never. */
  reached(ruleId: string, severity?: string, from = -Infinity): Millis | null {
    const first = this.changes(ruleId).find(
      each =>
        each.noticedAt >= from &&
        (each.kind === 'raised' || each.kind === 'escalated') &&
        (severity === undefined || each.severity === severity),
    );
    return first?.noticedAt ?? null;
  }

  /** Rules that raised, in the order of their first raise. */
  rulesRaised(from = -Infinity): string[] {
    const raised = this.alarms.filter(each => each.kind === 'raised' && each.noticedAt >= from);
    return [...new Set(raised.map(each => each.ruleId))];
  }

  views(familyId?: string): IncidentView[] {
    return incidentViews(this.engine).filter(each => familyId === undefined || each.familyId === familyId);
  }

  disposal(incidentId: string): Disposal {
    return foldDisposal(this.incidents.filter(each => each.incidentId === incidentId), this.steps); // prettier-ignore
  }

  /** Takes the step now if it may be taken; gives the refusal if not. */
  step<K extends StepKind>(
    incidentId: string,
    kind: K,
    actor: string | null,
    payload: StepPayloads[K],
  ): StepRefusal | null {
    // Steps of one instant keep their order by id.
    const id = `${String(this.steps.length).padStart(3, '0')} ${kind}`;
    const step = { id, incidentId, kind, actor, at: this.now, payload } as IncidentStep;
    const sensorIds = incidentViews(this.engine).find(each => each.id === incidentId)?.sensorIds ?? [];
    const answer = mayStep(this.disposal(incidentId), step, {
      sensorIds,
      sensors: sensorIds.map(sensorId => this.fact(sensorId)),
      now: this.now,
    });
    if (answer.ok) this.steps.push(step);
    return answer.ok ? null : answer.error;
  }

  /** `n` of the newest change of the incident: what a person who looks now has seen. */
  seenN(incidentId: string): number {
    return this.disposal(incidentId).n;
  }

  private fact(sensorId: string): SensorFact {
    const state = this.monitor.sensors.get(sensorId)!;
    const open = [...this.engine.members.values()].filter(
      ({ facts, endedAt }) => facts.sensorId === sensorId && endedAt === null,
    );
    // No limit is on: with the holds of the rules that is stricter than a look at each value.
    const isNormal = ({ quality, states }: (typeof state.steps)[number]): boolean =>
      isUsable(quality) && states.every(each => each.limits.every(limit => !limit.on));
    const lastOff = state.steps.findLastIndex(each => !isNormal(each));
    return {
      sensorId,
      alarm: open.length === 0 ? null : open.every(each => each.blind) ? 'blind' : 'active',
      normalRun: state.steps.length - 1 - lastOff,
      blind: state.stale || !isUsable(state.steps.at(-1)?.quality ?? GOOD),
      outOfService: false,
    };
  }
}

function registryOf(sites: readonly Site[]): RegistryChange[] {
  return [
    ...sites.map(site => ({ kind: 'asset', op: 'put', id: site.id, value: assetOf(site) }) as const),
    ...sites.flatMap(site => sensorsOf(site).map(value => ({ kind: 'sensor', op: 'put', id: value.id, value }) as const)),
    ...RULES.map(value => ({ kind: 'rule', op: 'put', id: value.id, value }) as const),
  ]; // prettier-ignore
}

const assetOf = ({ id, kind, at, links = [], orgId = 'city', properties = {} }: Site): Asset => ({
  id,
  kind,
  name: id,
  geometry: { type: 'Point', coordinates: [at[0] * METRE, at[1] * METRE] },
  parentId: null,
  orgId,
  links,
  properties,
});

const sensorsOf = (site: Site): Sensor[] =>
  Object.entries(site.sensors).map(([id, [quantity, unit, expectedEverySeconds]]) => ({
    id,
    name: id,
    assetId: site.id,
    deviceId: id,
    channel: 'v',
    quantity,
    unit,
    expectedEverySeconds,
    range: null,
  }));

/** Noise without chance: the same numbers each time, mean 0, normal in shape, deviation 1. */
export function noiseOf(seed: number): () => number {
  let state = seed;
  const unit = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit());
}

/** Straight lines between [minute, value]; flat before the first and after the last. */
export function curve(
  points: readonly (readonly [minute: number, value: number])[],
): (minute: number) => number {
  return minute => {
    const next = points.findIndex(([at]) => at > minute);
    if (next === 0) return points[0]![1];
    if (next < 0) return points.at(-1)![1];
    const [[fromAt, from], [toAt, to]] = [points[next - 1]!, points[next]!];
    return from + ((to - from) * (minute - fromAt)) / (toAt - fromAt);
  };
}

/** Whole minutes between two instants; fails where one of them never came. */
export function minutesBetween(from: Millis | null, to: Millis | null): number {
  if (from === null || to === null) throw new Error('it never came to that');
  return (to - from) / MINUTE;
}
