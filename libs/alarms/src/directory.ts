import type { Asset, Org, Sensor } from '@anmai/catalog';
import { HOUR_MS } from '@anmai/kernel';
import type { RegistryChange } from './registry-change';
import type { Rule } from './rule';
import { inScope, type Subject } from './scope';
import { watchesOf, type Watches } from './watch';

type OrgWithPath = Org & { readonly path: readonly string[] };

/** The registry and the rules as far as rules need them, as of one place in the journal. */
export class Directory {
  readonly orgs = new Map<string, OrgWithPath>();
  readonly assets = new Map<string, Asset>();
  readonly sensors = new Map<string, Sensor>();
  readonly rules = new Map<string, Rule>();

  /** Watches by the rules and by what of a sensor they depend on: alike for thousands of sensors. */
  private readonly watches = new Map<string, Watches>();

  /** `utcOffsetMs`: local time minus UTC, for rules that know day and night. Default: China's, which has one zone. */
  constructor(private readonly utcOffsetMs = 8 * HOUR_MS) {}

  /** Applies the changes; gives the ids of the sensors whose watches may be others now, each once. */
  apply(changes: readonly RegistryChange[]): ReadonlySet<string> {
    const touched = new Set<string>();
    const assetIds = new Set<string>();
    const rules: Rule[] = [];
    let all = false;
    for (const change of changes) {
      if (change.kind === 'sensor') touched.add(change.id);
      if (change.kind === 'asset') assetIds.add(change.id);
      if (change.kind === 'rule') rules.push(...[this.rules.get(change.id), change.value].filter(isRule));
      all ||= change.kind === 'org';
      this.put(change);
    }
    // One look at all sensors for all changes: an import brings hundreds at once.
    if (!all && assetIds.size === 0 && rules.length === 0) return touched;
    for (const sensor of this.sensors.values()) {
      const isTouched =
        all ||
        assetIds.has(sensor.assetId) ||
        rules.some(rule => inScope(rule.appliesTo, this.subject(sensor)));
      if (isTouched) touched.add(sensor.id);
    }
    return touched;
  }

  /** All that it holds, as changes that would make it again; in any order. */
  *entries(): Iterable<RegistryChange> {
    for (const value of this.orgs.values()) yield { kind: 'org', op: 'put', id: value.id, value };
    for (const value of this.assets.values()) yield { kind: 'asset', op: 'put', id: value.id, value };
    for (const value of this.sensors.values()) yield { kind: 'sensor', op: 'put', id: value.id, value };
    for (const value of this.rules.values()) yield { kind: 'rule', op: 'put', id: value.id, value };
  }

  /** As `apply`, where nobody asks what it means: a restart. */
  put(change: RegistryChange): void {
    switch (change.kind) {
      case 'org':
        return put(this.orgs, change.id, change.value);
      case 'asset':
        return put(this.assets, change.id, change.value);
      case 'sensor':
        return put(this.sensors, change.id, change.value);
      case 'rule':
        this.watches.clear();
        return put(this.rules, change.id, change.value);
      case 'device':
      case 'credential':
        return;
    }
  }

  /** What is watched on a sensor; one object for all that are watched alike. */
  watchesOn(sensor: Sensor): Watches {
    const subject = this.subject(sensor);
    const covering: Rule[] = [];
    for (const rule of this.rules.values()) {
      if (rule.enabled && inScope(rule.appliesTo, subject)) covering.push(rule);
    }
    const { unit, quantity, expectedEverySeconds } = sensor;
    const key = JSON.stringify([unit, quantity, expectedEverySeconds, ...covering.map(rule => rule.id)]);
    const known = this.watches.get(key);
    if (known !== undefined) return known;
    const made = watchesOf(sensor, covering, this.utcOffsetMs);
    this.watches.set(key, made);
    return made;
  }

  subject(sensor: Sensor): Subject {
    const asset = this.assets.get(sensor.assetId) ?? null;
    return {
      sensor,
      asset,
      orgPath: asset === null ? [] : (this.orgs.get(asset.orgId)?.path ?? [asset.orgId]),
    };
  }
}

const isRule = (rule: Rule | null | undefined): rule is Rule => rule != null;

function put<T>(map: Map<string, T>, id: string, value: T | null): void {
  if (value === null) map.delete(id);
  else map.set(id, value);
}
