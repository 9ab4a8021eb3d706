import type { Asset, Org, Sensor } from '@anmai/catalog';
import type { RegistryChange } from './registry-change';
import type { Rule } from './rule';
import { inScope, type Subject } from './scope';

type OrgWithPath = Org & { readonly path: readonly string[] };

/** The registry and the rules as far as rules need them, as of one place in the journal. */
export class Directory {
  readonly orgs = new Map<string, OrgWithPath>();
  readonly assets = new Map<string, Asset>();
  readonly sensors = new Map<string, Sensor>();
  readonly rules = new Map<string, Rule>();

  /** Ids of the sensors whose watches may be others after this change; 'all' when it may be any. */
  apply(change: RegistryChange): readonly string[] | 'all' {
    switch (change.kind) {
      case 'org':
        put(this.orgs, change.id, change.value);
        return 'all';
      case 'asset':
        put(this.assets, change.id, change.value);
        return [...this.sensors.values()]
          .filter(sensor => sensor.assetId === change.id)
          .map(sensor => sensor.id);
      case 'sensor':
        put(this.sensors, change.id, change.value);
        return [change.id];
      case 'rule': {
        const before = this.rules.get(change.id) ?? null;
        put(this.rules, change.id, change.value);
        return this.coveredBy([before, change.value]);
      }
      case 'device':
      case 'credential':
        return [];
    }
  }

  private coveredBy(rules: readonly (Rule | null)[]): string[] {
    const scopes = rules.flatMap(rule => (rule === null ? [] : [rule.appliesTo]));
    const covered = [...this.sensors.values()].map(sensor => this.subject(sensor));
    return covered
      .filter(subject => scopes.some(scope => inScope(scope, subject)))
      .map(subject => subject.sensor.id);
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

function put<T>(map: Map<string, T>, id: string, value: T | null): void {
  if (value === null) map.delete(id);
  else map.set(id, value);
}
