import { severityOfRank, type Severity } from '@anmai/catalog';
import { invariant, type Millis } from '@anmai/kernel';
import type { CauseCandidate, ProbableCause } from './cause';
import type { FamilyId } from './family';
import type { IncidentSummary } from './incident-change';
import type { Member } from './member';
import { joinBoxes, type Box } from './place';

/** What is fixed or counted about an incident. JSON. */
export interface IncidentFigures {
  readonly id: string;
  /** Order of opening: of two that become one, the lower goes on. */
  readonly seq: number;
  readonly familyId: FamilyId;
  readonly openedAt: Millis;
  isCatchAll: boolean;
  n: number;
  /** Of the newest change after which there was more to look at than before. */
  risingN: number;
  /** Earliest onset of an alarm that joined. */
  onsetAt: Millis;
  changedAt: Millis;
  alarmCount: number;
  peakRank: number;
  /** Rank of the worst alarm that was open last; what `severity` says when none is. */
  lastRank: number;
  box: Box | null;
  /** People at the assets that say; null: none says. */
  population: number | null;
  cause: ProbableCause | null;
  /** The alarm that the cause names: it stays a candidate after it left the working set. */
  lead: CauseCandidate | null;
}

/** An incident in the working set; changed in place by the engine alone. */
export interface IncidentState {
  readonly figures: IncidentFigures;
  readonly members: Set<Member>;
  /** Affected assets, with the people at each; kept after their alarms ended. */
  readonly assets: Map<string, number | null>;
  /** Affected sensors; each must be normal again before a person may release. */
  readonly sensors: Set<string>;
  /** Open alarms by rank 0 … 4. */
  readonly openByRank: number[];
  blindCount: number;
}

export function newIncident(id: string, seq: number, familyId: FamilyId, at: Millis): IncidentState {
  return stateOf({
    id,
    seq,
    familyId,
    openedAt: at,
    isCatchAll: false,
    n: 0,
    risingN: 0,
    onsetAt: Infinity,
    changedAt: at,
    alarmCount: 0,
    peakRank: 0,
    lastRank: 0,
    box: null,
    population: null,
    cause: null,
    lead: null,
  });
}

export const stateOf = (figures: IncidentFigures): IncidentState => ({
  figures,
  members: new Set(),
  assets: new Map(),
  sensors: new Set(),
  openByRank: [0, 0, 0, 0, 0],
  blindCount: 0,
});

/** An alarm that joins for the first time. */
export function welcome(incident: IncidentState, member: Member): void {
  const { figures } = incident;
  const { facts } = member;
  figures.alarmCount++;
  figures.onsetAt = Math.min(figures.onsetAt, facts.onsetAt);
  figures.box = joinBoxes(figures.box, facts.box);
  putAsset(incident, facts.assetId, facts.population);
  incident.sensors.add(facts.sensorId);
  hold(incident, member);
}

/** Counts a member of the working set, open or not. */
export function hold(incident: IncidentState, member: Member): void {
  member.incident = incident;
  incident.members.add(member);
  count(incident, member, 1);
}

/** Takes a change of a member into the figures. */
export function recount(incident: IncidentState, member: Member, change: (member: Member) => void): void {
  count(incident, member, -1);
  change(member);
  count(incident, member, 1);
}

function count(incident: IncidentState, member: Member, by: 1 | -1): void {
  const { figures, openByRank } = incident;
  figures.peakRank = Math.max(figures.peakRank, member.peakRank);
  if (member.endedAt !== null) return;
  openByRank[member.rank]! += by;
  if (member.blind) incident.blindCount += by;
  const worst = openByRank.findLastIndex(open => open > 0);
  if (worst > 0) figures.lastRank = worst;
}

/** All that `from` is becomes part of `into`. Each member is told by `move`, so that indexes follow. */
export function absorb(into: IncidentState, from: IncidentState, move: (member: Member) => void): void {
  const figures = into.figures;
  for (const member of from.members) {
    move(member);
    hold(into, member);
  }
  for (const [asset, population] of from.assets) putAsset(into, asset, population);
  for (const sensor of from.sensors) into.sensors.add(sensor);
  figures.alarmCount += from.figures.alarmCount;
  figures.onsetAt = Math.min(figures.onsetAt, from.figures.onsetAt);
  figures.box = joinBoxes(figures.box, from.figures.box);
  figures.peakRank = Math.max(figures.peakRank, from.figures.peakRank);
  figures.isCatchAll ||= from.figures.isCatchAll;
}

export const openCount = (incident: IncidentState): number =>
  incident.openByRank.reduce((sum, open) => sum + open, 0);

export function summaryOf(incident: IncidentState): IncidentSummary {
  const { figures, blindCount } = incident;
  const open = openCount(incident);
  return {
    severity: severity(figures.lastRank),
    peak: severity(figures.peakRank),
    condition: open === 0 ? 'cleared' : open === blindCount ? 'blind' : 'active',
    alarmCount: figures.alarmCount,
    openCount: open,
    blindCount,
    assetCount: incident.assets.size,
    population: figures.population,
    box: figures.box,
  };
}

/** An asset counts once, however many of its alarms join; what the registry says last counts. */
function putAsset({ assets, figures }: IncidentState, id: string, population: number | null): void {
  const before = assets.get(id) ?? null;
  assets.set(id, population ?? before);
  if (population !== null) figures.population = (figures.population ?? 0) + population - (before ?? 0);
}

function severity(rank: number): Severity {
  const found = severityOfRank(rank);
  invariant(found !== null, `no severity has rank ${rank}`);
  return found;
}
