import type { Asset } from '@anmai/catalog';

/** Assets that one walk along the links looks at; a hub with more neighbours is looked at in part, in registry order. */
export const NEIGHBOURS_MAX = 512;
/** A parent with more parts is a district, not a thing: its parts have nothing in common. */
export const PARTS_MAX = 64;

interface Node {
  readonly downstream: readonly string[];
  readonly parentId: string | null;
}

/** The network and the part-of tree as hash tables, kept up with the registry. Links may point at assets not known yet. */
export class Topology {
  private readonly nodes = new Map<string, Node>();
  private readonly upstreamOf = new Map<string, Set<string>>();
  private readonly partsOf = new Map<string, Set<string>>();

  constructor(assets: Iterable<Asset> = []) {
    for (const asset of assets) this.put(asset.id, asset);
  }

  put(id: string, asset: Asset | null): void {
    const before = this.nodes.get(id);
    if (before !== undefined) {
      for (const to of before.downstream) drop(this.upstreamOf, to, id);
      if (before.parentId !== null) drop(this.partsOf, before.parentId, id);
      this.nodes.delete(id);
    }
    if (asset === null) return;
    this.nodes.set(id, { downstream: asset.links, parentId: asset.parentId });
    for (const to of asset.links) add(this.upstreamOf, to, id);
    if (asset.parentId !== null) add(this.partsOf, asset.parentId, id);
  }

  /** Ids within `hops` links, up- and downstream, without the asset itself. */
  around(id: string, hops: number): ReadonlySet<string> {
    return this.walk(id, hops, node => [...this.down(node), ...this.up(node)]);
  }

  /** Ids that what happens at `id` flows to. */
  downstream(id: string, hops: number): ReadonlySet<string> {
    return this.walk(id, hops, node => this.down(node));
  }

  /** The whole that the asset is part of; null when there is none, or when it is a district. */
  wholeOf(id: string): string | null {
    const parentId = this.nodes.get(id)?.parentId ?? null;
    return parentId !== null && this.isWhole(parentId) ? parentId : null;
  }

  isWhole(id: string): boolean {
    const count = this.partsOf.get(id)?.size ?? 0;
    return count > 0 && count <= PARTS_MAX;
  }

  private walk(id: string, hops: number, next: (id: string) => Iterable<string>): Set<string> {
    const seen = new Set([id]);
    let rim = [id];
    for (let hop = 0; hop < hops && rim.length > 0; hop++) {
      const found: string[] = [];
      for (const node of rim) {
        for (const other of next(node)) {
          if (seen.size > NEIGHBOURS_MAX) break;
          if (seen.has(other)) continue;
          seen.add(other);
          found.push(other);
        }
      }
      rim = found;
    }
    seen.delete(id);
    return seen;
  }

  private down(id: string): readonly string[] {
    return this.nodes.get(id)?.downstream ?? [];
  }

  private up(id: string): Iterable<string> {
    return this.upstreamOf.get(id) ?? [];
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}

function drop(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  set?.delete(value);
  if (set?.size === 0) map.delete(key);
}
