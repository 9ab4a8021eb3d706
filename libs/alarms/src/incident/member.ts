import { severityRank } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { AlarmChange } from '../alarm';
import type { Directory } from '../directory';
import { familyOf, type Family, type FamilyId } from './family';
import type { IncidentState } from './incident-state';
import { middleOf, placeOf, pointOf, type Box, type Point } from './place';
import { sideOf } from './side';

/** What grouping asks of registry and rules, as of one place in the journal. `Directory` has it. */
export type DirectoryView = Pick<Directory, 'assets' | 'sensors' | 'rules'>;

/** What is fixed about an alarm from its first change on. JSON. */
export interface MemberFacts {
  readonly alarmId: string;
  readonly sensorId: string;
  readonly assetId: string;
  readonly familyId: FamilyId;
  /** null: the sensor was not in the registry. */
  readonly quantity: string | null;
  /** Which side of the usual it is on. */
  readonly side: 'high' | 'low' | null;
  readonly onsetAt: Millis;
  /** Owner and whole at that time. */
  readonly orgId: string | null;
  readonly parentId: string | null;
  readonly box: Box | null;
  readonly population: number | null;
}

/** An alarm in the working set. Changed in place by the engine alone. */
export interface Member {
  readonly facts: MemberFacts;
  readonly point: Point | null;
  readonly keys: readonly string[];
  incident: IncidentState;
  rank: number;
  peakRank: number;
  blind: boolean;
  /** Newest change taken in. */
  n: number;
  /** End of its spell; null while open. Blind is open. */
  endedAt: Millis | null;
  endNoticedAt: Millis | null;
}

export function factsOf(change: AlarmChange, directory: DirectoryView): MemberFacts {
  const asset = directory.assets.get(change.assetId) ?? null;
  const quantity = directory.sensors.get(change.sensorId)?.quantity ?? null;
  const condition = directory.rules.get(change.ruleId)?.condition ?? null;
  const isNoData = condition?.type === 'noData';
  return {
    alarmId: change.alarmId,
    sensorId: change.sensorId,
    assetId: change.assetId,
    familyId: familyOf(quantity, asset?.kind ?? null, isNoData),
    quantity,
    side: sideOf(change.evidence, condition),
    onsetAt: change.onsetAt,
    orgId: asset?.orgId ?? null,
    parentId: asset?.parentId ?? null,
    box: placeOf(directory.assets, change.assetId),
    population: populationOf(asset?.properties['population']),
  };
}

export function memberOf(facts: MemberFacts, change: AlarmChange, incident: IncidentState): Member {
  const rank = severityRank(change.severity);
  return { ...bare(facts, incident), rank, peakRank: rank };
}

/** A member about which nothing but the facts is known. */
export function bare(facts: MemberFacts, incident: IncidentState): Member {
  return {
    facts,
    point: facts.box === null ? null : pointOf(...middleOf(facts.box)),
    keys: keysOf(facts),
    incident,
    rank: 0,
    peakRank: 0,
    blind: false,
    n: 0,
    endedAt: null,
    endNoticedAt: null,
  };
}

/** Do the spells touch, as far as is known? Symmetric, and for ended spells fixed. */
export function inTime(family: Family, a: Member, b: Member): boolean {
  return (
    b.facts.onsetAt <= lastAt(family, a) + family.windowMs &&
    a.facts.onsetAt <= lastAt(family, b) + family.windowMs
  );
}

const lastAt = (family: Family, member: Member): Millis =>
  Math.min(member.endedAt ?? Infinity, member.facts.onsetAt + family.reachMs);

export const assetKey = (familyId: FamilyId, assetId: string): string => `${familyId} a ${assetId}`;
export const partKey = (familyId: FamilyId, parentId: string): string => `${familyId} p ${parentId}`;
export const ownerKey = (familyId: FamilyId, orgId: string): string => `${familyId} o ${orgId}`;

function keysOf({ familyId, assetId, parentId, orgId }: MemberFacts): string[] {
  return [
    assetKey(familyId, assetId),
    ...(parentId === null ? [] : [partKey(familyId, parentId)]),
    ...(orgId === null ? [] : [ownerKey(familyId, orgId)]),
  ];
}

const populationOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
