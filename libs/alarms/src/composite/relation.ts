import type { Asset } from '@anmai/catalog';
import { metresBetween, middleOf, placeOf, pointOf, type Point } from '../incident/place';
import type { Topology } from '../incident/topology';
import type { Related } from '../rule';
import type { Member } from './composite-rule';

/** What a relation is looked up in. */
export interface Surroundings {
  readonly assets: ReadonlyMap<string, Asset>;
  readonly topology: Topology;
  /** Ids of the open alarms on an asset. */
  readonly byAsset: ReadonlyMap<string, ReadonlySet<string>>;
  readonly members: ReadonlyMap<string, Member>;
}

/** Open alarms that stand near enough to be about the same trouble, the given one among them. */
export function relatedTo(related: Related, member: Member, around: Surroundings): Member[] {
  if (typeof related === 'object') return within(related.withinMeters, member, around);
  const assets = [member.assetId];
  if (related === 'neighbours') assets.push(...around.topology.around(member.assetId, 1));
  const found = assets.flatMap(id => [...(around.byAsset.get(id) ?? [])]);
  const members = found.flatMap(id => around.members.get(id) ?? []);
  return related === 'sensor' ? members.filter(other => other.sensorId === member.sensorId) : members;
}

/** By the middles of their places; an asset without a place is near itself alone. */
function within(metres: number, member: Member, { assets, byAsset, members }: Surroundings): Member[] {
  const here = pointAt(assets, member.assetId);
  const near = [...byAsset.keys()].filter(id => {
    if (id === member.assetId) return true;
    const there = pointAt(assets, id);
    return here !== null && there !== null && metresBetween(here, there) <= metres;
  });
  return near.flatMap(id => [...byAsset.get(id)!].flatMap(alarmId => members.get(alarmId) ?? []));
}

function pointAt(assets: ReadonlyMap<string, Asset>, id: string): Point | null {
  const place = placeOf(assets, id);
  return place === null ? null : pointOf(...middleOf(place));
}
