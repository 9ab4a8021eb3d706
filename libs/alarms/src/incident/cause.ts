import type { Millis } from '@anmai/kernel';
import { CAUSE_PATTERNS, PLAIN_CAUSES, shows, stageOf, type CausePattern } from './cause-table';
import type { FamilyId } from './family';
import type { Topology } from './topology';

/** An alarm as far as ranking causes goes. */
export interface CauseCandidate {
  readonly alarmId: string;
  readonly sensorId: string;
  readonly assetId: string;
  readonly quantity: string | null;
  readonly side: 'high' | 'low' | null;
  readonly onsetAt: Millis;
  /** Worst it has been, 1 blue … 4 red. */
  readonly peakRank: number;
}

/** `code` with `data` is the explanation; words for it are in CAUSE_PATTERNS and PLAIN_CAUSES. */
export interface ProbableCause {
  readonly code: string;
  readonly alarmId: string;
  readonly assetId: string;
  readonly data: {
    readonly sensorId: string;
    readonly quantity: string | null;
    readonly onsetAt: Millis;
    /** How long after it the next asset followed; null: there is no other. */
    readonly leadMs: number | null;
    /** Assets of the incident downstream of it. */
    readonly downstreamAssets: number;
    /** Assets that the explanation rests on. */
    readonly assets: number;
  };
}

/**
 * Sensors report every 5 to 30 minutes, so an onset is known no better: within this time the kind of thing and the
 * direction of flow say more about the cause than the clock does. Provisional.
 */
export const CAUSE_SLACK_MS = 30 * 60_000;
/** Alarms whose downstream is looked at, and how far. */
export const CAUSE_WALKS_MAX = 32;
export const CAUSE_HOPS = 8;
export const CAUSES_MAX = 5;

interface Ranked {
  readonly candidate: CauseCandidate;
  readonly stage: number;
  readonly slot: number;
  readonly downstream: number;
}

/**
 * The most probable first, at most CAUSES_MAX, one an asset: by slot of time, then by place in the chain of kinds (rain before level
 * before ponding), position upstream, onset, severity. Total, so the order of arrival does not matter.
 */
export function rankCauses(
  familyId: FamilyId,
  candidates: readonly CauseCandidate[],
  topology: Topology,
): ProbableCause[] {
  if (candidates.length === 0) return [];
  const firstAt = candidates.reduce((at, candidate) => Math.min(at, candidate.onsetAt), Infinity);
  const plain = candidates.map<Ranked>(candidate => ({
    candidate,
    slot: Math.floor((candidate.onsetAt - firstAt) / CAUSE_SLACK_MS),
    stage: stageOf(candidate.quantity),
    downstream: 0,
  }));
  const best = onePerAsset(plain.sort(byRank)).slice(0, CAUSE_WALKS_MAX);
  const assets = new Set(candidates.map(candidate => candidate.assetId));
  const walked = best.map(ranked => ({
    ...ranked,
    downstream: downstreamOf(ranked.candidate, assets, topology),
  }));
  const patterns = CAUSE_PATTERNS.filter(pattern => holds(pattern, familyId, candidates, assets.size));
  const ranked = walked.sort(byRank).slice(0, CAUSES_MAX);
  return ranked.map((each, i) => explain(each, i, patterns, assets.size, ranked));
}

function byRank(a: Ranked, b: Ranked): number {
  return (
    a.slot - b.slot ||
    a.stage - b.stage ||
    b.downstream - a.downstream ||
    a.candidate.onsetAt - b.candidate.onsetAt ||
    b.candidate.peakRank - a.candidate.peakRank ||
    (a.candidate.alarmId < b.candidate.alarmId ? -1 : 1)
  );
}

function onePerAsset(sorted: readonly Ranked[]): Ranked[] {
  const seen = new Set<string>();
  return sorted.filter(({ candidate: { assetId } }) => !seen.has(assetId) && seen.add(assetId) !== undefined);
}

function downstreamOf(candidate: CauseCandidate, assets: ReadonlySet<string>, topology: Topology): number {
  let count = 0;
  for (const id of topology.downstream(candidate.assetId, CAUSE_HOPS)) if (assets.has(id)) count++;
  return count;
}

function holds(
  pattern: CausePattern,
  familyId: FamilyId,
  candidates: readonly CauseCandidate[],
  assetCount: number,
): boolean {
  return (
    pattern.familyId === familyId &&
    assetCount >= pattern.assetsMin &&
    pattern.needs.every(sign => candidates.some(({ quantity, side }) => shows(sign, quantity, side)))
  );
}

function explain(
  { candidate, downstream }: Ranked,
  index: number,
  patterns: readonly CausePattern[],
  assetCount: number,
  ranked: readonly Ranked[],
): ProbableCause {
  const { alarmId, assetId, sensorId, quantity, side, onsetAt } = candidate;
  const pattern = patterns.find(
    ({ lead }) => lead.length === 0 || lead.some(sign => shows(sign, quantity, side)),
  );
  const later = ranked
    .map(other => other.candidate.onsetAt - onsetAt)
    .filter((ms, i) => i !== index && ms >= 0);
  return {
    code: pattern?.code ?? plainCode(index, downstream, assetCount),
    alarmId,
    assetId,
    data: {
      sensorId,
      quantity,
      onsetAt,
      leadMs: later.length === 0 ? null : Math.min(...later),
      downstreamAssets: downstream,
      assets: assetCount,
    },
  };
}

function plainCode(index: number, downstream: number, assetCount: number): string {
  if (assetCount === 1) return PLAIN_CAUSES.single.code;
  if (downstream > 0) return PLAIN_CAUSES.upstream.code;
  return index === 0 ? PLAIN_CAUSES.earliest.code : PLAIN_CAUSES.later.code;
}
