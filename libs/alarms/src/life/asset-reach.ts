import type { Asset } from '@anmai/catalog';
import { groupsOf } from './groups';

/** How far from an asset. `downstream` follows the links of the registry, `neighbours` follows them both ways. */
export type Reach =
  | { readonly kind: 'asset' }
  | { readonly kind: 'downstream' | 'neighbours'; readonly hops: number }
  | { readonly kind: 'org' };

/** Followed links at most, whatever a rule says: a whole network is not one consequence. */
export const HOPS_MAX = 20;

/** The registry as far as inhibition needs it; `Directory.assets` fits. */
export type AssetMap = ReadonlyMap<string, Pick<Asset, 'kind' | 'orgId' | 'links'>>;

/** Ids of the assets within reach of one, itself among them. An asset that is unknown reaches itself alone. */
export type ReachOf = (reach: Reach, assetId: string) => ReadonlySet<string>;

/** Indexes the registry as it is now. */
export function reachIn(assets: AssetMap): ReachOf {
  const byOrg = groupsOf(assets.keys(), id => assets.get(id)!.orgId);
  const links = [...assets].flatMap(([from, asset]) => asset.links.map(to => ({ from, to })));
  const upstream = groupsOf(links, link => link.to);
  const downstream = (id: string): readonly string[] => assets.get(id)?.links ?? [];
  const around = (id: string): readonly string[] => [
    ...downstream(id),
    ...(upstream.get(id) ?? []).map(link => link.from),
  ];
  return (reach, assetId) => {
    switch (reach.kind) {
      case 'asset':
        return new Set([assetId]);
      case 'org':
        return new Set([assetId, ...(byOrg.get(assets.get(assetId)?.orgId ?? '') ?? [])]);
      case 'downstream':
        return follow(assetId, reach.hops, downstream);
      case 'neighbours':
        return follow(assetId, reach.hops, around);
    }
  };
}

function follow(assetId: string, hops: number, next: (assetId: string) => readonly string[]): Set<string> {
  const reached = new Set([assetId]);
  let edge = [assetId];
  for (let hop = 0; hop < Math.min(hops, HOPS_MAX) && edge.length > 0; hop++) {
    edge = [...new Set(edge.flatMap(next))].filter(id => !reached.has(id));
    for (const id of edge) reached.add(id);
  }
  return reached;
}
