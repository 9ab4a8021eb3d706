import { invariant, type Millis } from '@anmai/kernel';
import { IncidentEngine, type EngineOptions } from './engine';
import type { FamilyId } from './family';
import { hold, stateOf, type IncidentFigures } from './incident-state';
import { bare, type DirectoryView, type Member, type MemberFacts } from './member';

/** Raised with each change of the shapes below; a snapshot of another version is not read (the journal is replayed). */
export const INCIDENT_SNAPSHOT_VERSION = 1;

export interface MemberSnapshot {
  readonly facts: MemberFacts;
  readonly incidentId: string;
  readonly rank: number;
  readonly peakRank: number;
  readonly blind: boolean;
  readonly n: number;
  readonly endedAt: Millis | null;
  readonly endNoticedAt: Millis | null;
}

/** State of the engine as plain JSON. Registry and rules are in the monitor's snapshot of the same place. */
export interface IncidentSnapshot {
  readonly version: number;
  readonly seq: number;
  readonly incidents: readonly {
    readonly figures: IncidentFigures;
    readonly assets: readonly (readonly [string, number | null])[];
    readonly sensors: readonly string[];
  }[];
  readonly members: readonly MemberSnapshot[];
  /** Ids of ended alarms, longest-ended first. */
  readonly ended: readonly (readonly [FamilyId, readonly string[]])[];
  readonly openings: readonly (readonly [FamilyId, readonly Millis[]])[];
}

export function incidentSnapshot(engine: IncidentEngine): IncidentSnapshot {
  return {
    version: INCIDENT_SNAPSHOT_VERSION,
    seq: engine.seq,
    incidents: [...engine.incidents.values()].map(({ figures, assets, sensors }) => ({
      // A copy: the figures go on changing while the snapshot waits to be written.
      figures: { ...figures },
      assets: [...assets],
      sensors: [...sensors],
    })),
    members: [...engine.members.values()].map(snapshotOf),
    ended: [...engine.ended].map(([id, ended]) => [id, [...ended].map(({ facts }) => facts.alarmId)]),
    openings: [...engine.openings].map(([id, times]) => [id, [...times]]),
  };
}

function snapshotOf(member: Member): MemberSnapshot {
  const { facts, rank, peakRank, blind, n, endedAt, endNoticedAt } = member;
  return { facts, incidentId: member.incident.figures.id, rank, peakRank, blind, n, endedAt, endNoticedAt };
}

/** An engine that goes on where the snapshot was taken. `directory` must be as of the same place in the journal. */
export function restoreIncidents(
  directory: DirectoryView,
  snapshot: IncidentSnapshot,
  options: EngineOptions = {},
): IncidentEngine {
  invariant(
    snapshot.version === INCIDENT_SNAPSHOT_VERSION,
    `incident snapshot of version ${snapshot.version}`,
  );
  const engine = new IncidentEngine(directory, options);
  engine.seq = snapshot.seq;
  for (const { figures, assets, sensors } of snapshot.incidents) {
    const incident = stateOf({ ...figures });
    for (const [id, population] of assets) incident.assets.set(id, population);
    for (const id of sensors) incident.sensors.add(id);
    engine.incidents.set(figures.id, incident);
    engine.counts.set(figures.familyId, (engine.counts.get(figures.familyId) ?? 0) + 1);
  }
  for (const kept of snapshot.members) restoreMember(engine, kept);
  for (const [id, alarmIds] of snapshot.ended) {
    engine.ended.set(id, new Set(alarmIds.map(alarmId => memberWith(engine, alarmId))));
  }
  for (const [id, times] of snapshot.openings) engine.openings.set(id, [...times]);
  return engine;
}

function restoreMember(engine: IncidentEngine, { facts, incidentId, ...kept }: MemberSnapshot): void {
  const incident = engine.incidents.get(incidentId);
  invariant(incident !== undefined, `snapshot names incident ${incidentId} that it does not have`);
  const member: Member = { ...bare(facts, incident), ...kept };
  hold(incident, member);
  engine.members.set(facts.alarmId, member);
  engine.attraction.add(member);
}

function memberWith(engine: IncidentEngine, alarmId: string): Member {
  const member = engine.members.get(alarmId);
  invariant(member !== undefined, `snapshot names alarm ${alarmId} that it does not have`);
  return member;
}
