import type { Family, FamilyId } from './family';
import type { IncidentState } from './incident-state';
import { assetKey, inTime, ownerKey, partKey, type Member } from './member';
import { metresBetween, type Point } from './place';
import type { Topology } from './topology';

type Bucket = Map<IncidentState, Set<Member>>;

/** Members by a key and, within it, by incident: a whole incident is passed over once one of its alarms attracts. */
class Buckets<K> {
  private readonly byKey = new Map<K, Bucket>();

  add(key: K, member: Member): void {
    const bucket = this.byKey.get(key) ?? new Map<IncidentState, Set<Member>>();
    this.byKey.set(key, bucket);
    const group = bucket.get(member.incident);
    if (group === undefined) bucket.set(member.incident, new Set([member]));
    else group.add(member);
  }

  remove(key: K, member: Member): void {
    const bucket = this.byKey.get(key);
    const group = bucket?.get(member.incident);
    group?.delete(member);
    if (group?.size === 0) bucket?.delete(member.incident);
    if (bucket?.size === 0) this.byKey.delete(key);
  }

  /** Adds to `found` each incident with a member under `key` that fits. */
  search(key: K, fits: (member: Member) => boolean, found: Set<IncidentState>): void {
    for (const [incident, group] of this.byKey.get(key) ?? []) {
      if (found.has(incident)) continue;
      for (const member of group) {
        if (!fits(member)) continue;
        found.add(incident);
        break;
      }
    }
  }
}

/** Numbers of cells on a side. Far apart ones share a number: two places 60 m × 2^17 from each other. */
const CELLS = 131_072;
const NEAR = [-1, 0, 1] as const;

/** Finds what attracts an alarm by hash tables: links, wholes and owners by name, distance by cells as wide as it. */
export class Attraction {
  private readonly named = new Buckets<string>();
  private readonly cells = new Map<FamilyId, Buckets<number>>();

  constructor(
    private readonly families: ReadonlyMap<FamilyId, Family>,
    private readonly topology: Topology,
  ) {}

  add(member: Member): void {
    for (const key of member.keys) this.named.add(key, member);
    const cell = this.cellOf(member);
    if (cell !== null) this.gridOf(member.facts.familyId).add(cell, member);
  }

  remove(member: Member): void {
    for (const key of member.keys) this.named.remove(key, member);
    const cell = this.cellOf(member);
    if (cell !== null) this.gridOf(member.facts.familyId).remove(cell, member);
  }

  /** The incidents that the alarm belongs to; several: they turn out to be one. */
  incidentsNear(member: Member): Set<IncidentState> {
    const family = this.familyOf(member);
    const found = new Set<IncidentState>();
    const fits = (other: Member): boolean => inTime(family, member, other);
    for (const key of this.keysNear(family, member)) this.named.search(key, fits, found);
    const { point } = member;
    if (point === null || family.metres === 0) return found;
    const isNear = (other: Member): boolean =>
      fits(other) && other.point !== null && metresBetween(point, other.point) <= family.metres;
    const grid = this.gridOf(family.id);
    for (const x of NEAR) {
      for (const y of NEAR) {
        for (const z of NEAR) grid.search(cellAt(family.metres, point, x, y, z), isNear, found);
      }
    }
    return found;
  }

  private *keysNear(family: Family, { facts }: Member): Iterable<string> {
    const { assetId, orgId } = facts;
    yield assetKey(family.id, assetId);
    if (family.owner && orgId !== null) yield ownerKey(family.id, orgId);
    if (family.hops > 0) {
      for (const id of this.topology.around(assetId, family.hops)) yield assetKey(family.id, id);
    }
    if (!family.parts) return;
    const wholeId = this.topology.wholeOf(assetId);
    if (wholeId !== null) {
      yield assetKey(family.id, wholeId);
      yield partKey(family.id, wholeId);
    }
    if (this.topology.isWhole(assetId)) yield partKey(family.id, assetId);
  }

  private cellOf(member: Member): number | null {
    const { metres } = this.familyOf(member);
    return member.point === null || metres === 0 ? null : cellAt(metres, member.point, 0, 0, 0);
  }

  private familyOf(member: Member): Family {
    return this.families.get(member.facts.familyId)!;
  }

  private gridOf(id: FamilyId): Buckets<number> {
    const grid = this.cells.get(id) ?? new Buckets<number>();
    this.cells.set(id, grid);
    return grid;
  }
}

/** A cell's number: below 2^51, so exact. Cells whose numbers fall together far away cost a look, never an answer. */
function cellAt(metres: number, [x, y, z]: Point, dx: number, dy: number, dz: number): number {
  const axis = (value: number, by: number): number => (Math.floor(value / metres) + by + CELLS / 2) % CELLS;
  return (axis(x, dx) * CELLS + axis(y, dy)) * CELLS + axis(z, dz);
}
