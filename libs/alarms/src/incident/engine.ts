import { severityRank } from '@anmai/catalog';
import { derivedId, invariant, type Millis } from '@anmai/kernel';
import type { AlarmChange } from '../alarm';
import type { RegistryChange } from '../registry-change';
import { Attraction } from './attraction';
import { rankCauses, type CauseCandidate, type ProbableCause } from './cause';
import { PLAIN_CAUSES } from './cause-table';
import { familyTable, SURGE_MS, type Family, type FamilyId } from './family';
import { RISING_KINDS, type IncidentChange, type IncidentChangeKind } from './incident-change';
import {
  absorb,
  newIncident,
  openCount,
  recount,
  summaryOf,
  welcome,
  type IncidentState,
} from './incident-state';
import { factsOf, memberOf, type DirectoryView, type Member } from './member';
import { Topology } from './topology';

/** Readings may come late: an ended alarm still takes in what belongs to it for so long beyond its family's window. */
export const LATE_MS = 60 * 60_000;
/** Alarms at hand. At the bound the longest-ended go early; open ones never do (they are bounded by sensors and rules). */
export const MEMBERS_MAX = 200_000;
/** Incidents of one family at hand. At the bound an unconnected alarm goes into the catch-all of its family. */
export const FAMILY_INCIDENTS_MAX = 200;
/** Up to here the probable cause is looked at with each alarm, from there on each time their number has doubled. */
const CAUSE_EACH_MAX = 16;

export interface EngineOptions {
  readonly families?: readonly Family[];
  readonly membersMax?: number;
  readonly familyIncidentsMax?: number;
}

/**
 * Groups alarms into incidents: a deterministic function of alarm changes, registry changes and ticks in journal order,
 * without a clock. `directory` is the monitor's, already as of the entry that is taken in. Each method gives the
 * incident changes that it caused, in order. Every alarm taken in belongs to exactly one incident.
 */
export class IncidentEngine {
  readonly members = new Map<string, Member>();
  readonly incidents = new Map<string, IncidentState>();
  /** Ended members by family, longest-ended first. */
  readonly ended = new Map<FamilyId, Set<Member>>();
  /** Journal times at which unconnected alarms opened incidents, within SURGE_MS. */
  readonly openings = new Map<FamilyId, Millis[]>();
  readonly counts = new Map<FamilyId, number>();
  readonly topology: Topology;
  readonly attraction: Attraction;
  readonly families: ReadonlyMap<FamilyId, Family>;
  seq = 0;
  private readonly membersMax: number;
  private readonly familyIncidentsMax: number;

  constructor(
    private readonly directory: DirectoryView,
    options: EngineOptions = {},
  ) {
    this.families = familyTable(options.families);
    this.membersMax = options.membersMax ?? MEMBERS_MAX;
    this.familyIncidentsMax = options.familyIncidentsMax ?? FAMILY_INCIDENTS_MAX;
    this.topology = new Topology(directory.assets.values());
    this.attraction = new Attraction(this.families, this.topology);
  }

  /** After the directory took the changes in. What is grouped stays so: a new link speaks for alarms to come. */
  registry(changes: readonly RegistryChange[], at: Millis): IncidentChange[] {
    const out = this.tick(at);
    for (const change of changes) if (change.kind === 'asset') this.topology.put(change.id, change.value);
    return out;
  }

  /** Lets go of alarms that ended long enough ago, and settles incidents that have none left. */
  tick(at: Millis): IncidentChange[] {
    const out: IncidentChange[] = [];
    for (const [id, ended] of this.ended) {
      const keepMs = this.families.get(id)!.windowMs + LATE_MS;
      for (const member of ended) {
        if (at < member.endNoticedAt! + keepMs) break;
        this.forget(member, at, out);
      }
    }
    return out;
  }

  alarms(changes: readonly AlarmChange[], at: Millis): IncidentChange[] {
    const out = this.tick(at);
    for (const change of changes) {
      const member = this.members.get(change.alarmId);
      if (member !== undefined) this.update(member, change, out);
      // An alarm that ended before the engine heard of it needs no incident.
      else if (change.kind !== 'cleared') this.admit(change, out);
    }
    return out;
  }

  /** Most probable first. What was only collected into a catch-all has no cause in common. */
  causesOf(incident: IncidentState): ProbableCause[] {
    const { familyId, isCatchAll } = incident.figures;
    const causes = rankCauses(familyId, causeCandidates(incident), this.topology);
    const isConnected = !isCatchAll || this.families.get(familyId)!.surgeMax !== null;
    return isConnected ? causes : causes.map(cause => ({ ...cause, code: PLAIN_CAUSES.unconnected.code }));
  }

  private admit(change: AlarmChange, out: IncidentChange[]): void {
    this.makeRoom(change.noticedAt, out);
    const facts = factsOf(change, this.directory);
    const member = memberOf(facts, change, LIMBO);
    const { incident, others, isNew } = this.incidentFor(member, change);
    const wasCleared = !isNew && openCount(incident) === 0;
    const lastRank = incident.figures.lastRank;
    welcome(incident, member);
    recount(incident, member, each => takeIn(each, change));
    this.members.set(facts.alarmId, member);
    this.attraction.add(member);
    this.tell(incident, isNew ? 'opened' : 'joined', change, out);
    if (wasCleared) this.tell(incident, 'reopened', change, out);
    for (const other of others) this.merge(incident, other, change, out);
    this.tellSeverity(incident, lastRank, change, out);
    const { alarmCount } = incident.figures;
    const isDoubled = (alarmCount & (alarmCount - 1)) === 0;
    if (alarmCount <= CAUSE_EACH_MAX || isDoubled || others.length > 0) this.tellCause(incident, change, out);
  }

  /** The oldest incident that attracts the alarm, with the others that are one with it; or a new one. */
  private incidentFor(member: Member, change: AlarmChange): Home {
    const family = this.families.get(member.facts.familyId)!;
    const near = [...this.attraction.incidentsNear(member)].sort((a, b) => a.figures.seq - b.figures.seq);
    // Of a family without surges the catch-all holds what found no room: no reason to pull others into it.
    const fitting = family.surgeMax === null ? near.filter(each => !each.figures.isCatchAll) : near;
    const [incident, ...others] = fitting.length > 0 ? fitting : near.slice(0, 1);
    return incident === undefined ? this.open(family, change) : { incident, others, isNew: false };
  }

  private open(family: Family, { alarmId, noticedAt: at }: AlarmChange): Home {
    const openings = (this.openings.get(family.id) ?? []).filter(openedAt => at - openedAt < SURGE_MS);
    const count = this.counts.get(family.id) ?? 0;
    const isSurge = family.surgeMax !== null && openings.length >= family.surgeMax;
    const isFull = isSurge || count >= this.familyIncidentsMax;
    const catchAll = isFull ? this.catchAllOf(family, at) : null;
    if (catchAll !== null) return { incident: catchAll, others: [], isNew: false };
    if (!isFull && family.surgeMax !== null) this.openings.set(family.id, [...openings, at]);
    const incident = newIncident(derivedId('in', alarmId), this.seq, family.id, at);
    incident.figures.isCatchAll = isFull;
    this.seq++;
    this.incidents.set(incident.figures.id, incident);
    this.counts.set(family.id, count + 1);
    return { incident, others: [], isNew: true };
  }

  /** Newest one that is not older than alarms attract: a storm does not go into that of last week. */
  private catchAllOf(family: Family, at: Millis): IncidentState | null {
    let newest: IncidentState | null = null;
    for (const incident of this.incidents.values()) {
      const { familyId, isCatchAll, openedAt, seq } = incident.figures;
      if (!isCatchAll || familyId !== family.id || at - openedAt > family.reachMs) continue;
      if (newest === null || seq > newest.figures.seq) newest = incident;
    }
    return newest;
  }

  private merge(into: IncidentState, from: IncidentState, change: AlarmChange, out: IncidentChange[]): void {
    const wasCleared = openCount(into) === 0;
    const [intoId, fromId] = [into.figures.id, from.figures.id];
    this.tell(from, 'merged', change, out, intoId);
    absorb(into, from, member => {
      this.attraction.remove(member);
      member.incident = into;
      this.attraction.add(member);
    });
    this.drop(from);
    this.tell(into, 'absorbed', change, out, fromId);
    if (wasCleared && openCount(into) > 0) this.tell(into, 'reopened', change, out);
  }

  private update(member: Member, change: AlarmChange, out: IncidentChange[]): void {
    // Delivered twice, or after its end: taken in already.
    if (change.n <= member.n || member.endedAt !== null) return;
    const { incident } = member;
    const lastRank = incident.figures.lastRank;
    recount(incident, member, each => takeIn(each, change));
    if (change.kind === 'cleared') {
      const ended = this.ended.get(member.facts.familyId) ?? new Set();
      this.ended.set(member.facts.familyId, ended.add(member));
    }
    const kind = kindAfter(incident, change);
    if (kind !== null) this.tell(incident, kind, change, out);
    if (kind === 'cleared') this.tellCause(incident, change, out);
    else this.tellSeverity(incident, lastRank, change, out);
  }

  private tellSeverity(
    incident: IncidentState,
    before: number,
    change: AlarmChange,
    out: IncidentChange[],
  ): void {
    const { lastRank } = incident.figures;
    if (before === lastRank || before === 0) return;
    this.tell(incident, lastRank > before ? 'escalated' : 'deescalated', change, out);
  }

  private tellCause(incident: IncidentState, change: AlarmChange, out: IncidentChange[]): void {
    const { figures } = incident;
    const candidates = causeCandidates(incident);
    const [cause] = this.causesOf(incident);
    invariant(cause !== undefined, 'an incident without alarms');
    const before = figures.cause;
    figures.cause = cause;
    figures.lead = candidates.find(each => each.alarmId === cause.alarmId) ?? null;
    if (before?.code === cause.code && before.alarmId === cause.alarmId) return;
    this.tell(incident, 'cause', change, out);
  }

  private tell(
    incident: IncidentState,
    kind: IncidentChangeKind,
    change: Pick<AlarmChange, 'at' | 'noticedAt'> & { readonly alarmId: string | null },
    out: IncidentChange[],
    otherId: string | null = null,
  ): void {
    const { figures } = incident;
    figures.n++;
    figures.changedAt = change.noticedAt;
    if (RISING_KINDS.has(kind)) figures.risingN = figures.n;
    out.push({
      id: `${figures.id}/${figures.n}`,
      incidentId: figures.id,
      n: figures.n,
      kind,
      familyId: figures.familyId,
      isCatchAll: figures.isCatchAll,
      at: change.at,
      noticedAt: change.noticedAt,
      alarmId: change.alarmId,
      otherId,
      cause: kind === 'cause' ? figures.cause : null,
      summary: summaryOf(incident),
    });
  }

  private makeRoom(at: Millis, out: IncidentChange[]): void {
    if (this.members.size < this.membersMax) return;
    let longest: Member | null = null;
    for (const ended of this.ended.values()) {
      const [first] = ended;
      if (first !== undefined && (longest === null || first.endNoticedAt! < longest.endNoticedAt!))
        longest = first;
    }
    if (longest !== null) this.forget(longest, at, out);
  }

  private forget(member: Member, at: Millis, out: IncidentChange[]): void {
    const { incident, facts } = member;
    invariant(member.endedAt !== null, 'an open alarm was to be forgotten');
    this.attraction.remove(member);
    this.members.delete(facts.alarmId);
    this.ended.get(facts.familyId)?.delete(member);
    incident.members.delete(member);
    if (incident.members.size > 0) return;
    this.tell(incident, 'settled', { at, noticedAt: at, alarmId: null }, out);
    this.drop(incident);
  }

  private drop({ figures }: IncidentState): void {
    this.incidents.delete(figures.id);
    this.counts.set(figures.familyId, this.counts.get(figures.familyId)! - 1);
  }
}

/** Where an alarm goes. `others` turn out to be one with `incident`. */
interface Home {
  readonly incident: IncidentState;
  readonly others: readonly IncidentState[];
  readonly isNew: boolean;
}

/** Where an alarm is while its incident is looked for. */
const LIMBO = newIncident('in-limbo', -1, 'other', 0);

function takeIn(member: Member, change: AlarmChange): void {
  member.n = change.n;
  member.rank = severityRank(change.severity);
  member.peakRank = Math.max(member.peakRank, member.rank);
  if (change.kind === 'blinded') member.blind = true;
  if (change.kind === 'restored') member.blind = false;
  if (change.kind !== 'cleared') return;
  member.endedAt = Math.max(change.at, member.facts.onsetAt);
  member.endNoticedAt = change.noticedAt;
}

/** What the change of an alarm is to its incident; severity is told on its own. */
function kindAfter(incident: IncidentState, change: AlarmChange): IncidentChangeKind | null {
  switch (change.kind) {
    case 'blinded':
    case 'restored':
      return change.kind;
    case 'cleared':
      return openCount(incident) === 0 ? 'cleared' : 'eased';
    case 'raised':
    case 'escalated':
    case 'deescalated':
      return null;
  }
}

function causeCandidates(incident: IncidentState): CauseCandidate[] {
  const { lead } = incident.figures;
  const candidates = [...incident.members].map<CauseCandidate>(({ facts, peakRank }) => ({
    alarmId: facts.alarmId,
    sensorId: facts.sensorId,
    assetId: facts.assetId,
    quantity: facts.quantity,
    side: facts.side,
    onsetAt: facts.onsetAt,
    peakRank,
  }));
  if (lead !== null && !candidates.some(each => each.alarmId === lead.alarmId)) candidates.push(lead);
  return candidates;
}
