import { severityRank, type Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import { reachIn, type AssetMap, type Reach, type ReachOf } from './asset-reach';
import type { AlarmChange } from '../alarm';
import { groupsOf } from './groups';
import type { Life } from './life';
import type { Span, Suppression } from './shapes';

/** All given fields must match. */
export interface AlarmMatcher {
  readonly ruleIds?: readonly string[] | undefined;
  readonly sensorIds?: readonly string[] | undefined;
  readonly assetIds?: readonly string[] | undefined;
  readonly assetKinds?: readonly string[] | undefined;
  readonly severityMin?: Severity | undefined;
  readonly severityMax?: Severity | undefined;
}

/** A cause hides its consequences by design. Rules of this kind are data: they are read, shown and edited. */
export interface InhibitionRule {
  readonly id: string;
  readonly cause: AlarmMatcher;
  /** Who writes the rule has to say up to which severity it may hide. */
  readonly hides: AlarmMatcher & { readonly severityMax: Severity };
  /** Where the consequences are, seen from the asset of the cause. */
  readonly within: Reach;
  /** A cause hides for this long at most, from its raise. */
  readonly maxMs?: number | undefined;
  /** Shown to the operator with each alarm that it hides. */
  readonly reason: string;
}

/** One alarm as far as inhibition needs it. */
export interface InhibitionAlarm {
  readonly id: string;
  readonly ruleId: string;
  readonly sensorId: string;
  readonly assetId: string;
  /** The worst it has been: what it hid then does not change when it falls. */
  readonly severityMax: Severity;
  /** As in `Life`. */
  readonly shownSpans: readonly Span[];
}

/** Of a life folded with or without suppressions: they do not touch what is taken here. */
export function inhibitionAlarmOf(change: AlarmChange, life: Life): InhibitionAlarm {
  const { alarmId: id, ruleId, sensorId, assetId } = change;
  return { id, ruleId, sensorId, assetId, severityMax: life.severityMax, shownSpans: life.shownSpans };
}

interface Edge {
  readonly rule: InhibitionRule;
  readonly cause: InhibitionAlarm;
  readonly hidden: InhibitionAlarm;
}

/**
 * Which alarms hide which, by id of the hidden one; without an entry it is not hidden. A cause hides while it is on, seen
 * and not put aside by a person or a window: a blind or shelved cause explains nothing. Alarms that would hide each other
 * in a ring do not hide at all, so at each instant whatever is hidden leads to a cause that is shown.
 */
export function suppressionsOf(
  alarms: readonly InhibitionAlarm[],
  rules: readonly InhibitionRule[],
  assets: AssetMap,
): ReadonlyMap<string, readonly Suppression[]> {
  const byAsset = groupsOf(alarms, alarm => alarm.assetId);
  const reachOf = reachIn(assets);
  const edges = rules.flatMap(rule => edgesOf(rule, alarms, byAsset, assets, reachOf));
  const found = new Map<string, Suppression[]>();
  for (const edge of withoutRings(edges)) {
    const spells = spellsOf(edge);
    if (spells.length > 0) found.set(edge.hidden.id, [...(found.get(edge.hidden.id) ?? []), ...spells]);
  }
  return found;
}

function edgesOf(
  rule: InhibitionRule,
  alarms: readonly InhibitionAlarm[],
  byAsset: ReadonlyMap<string, readonly InhibitionAlarm[]>,
  assets: AssetMap,
  reachOf: ReachOf,
): Edge[] {
  const causes = alarms.filter(alarm => alarm.shownSpans.length > 0 && matches(rule.cause, alarm, assets));
  // The fold knows the severity at each instant, and shows what is above.
  const hides: AlarmMatcher = { ...rule.hides, severityMax: undefined };
  return causes.flatMap(cause =>
    [...reachOf(rule.within, cause.assetId)]
      .flatMap(assetId => byAsset.get(assetId) ?? [])
      .filter(hidden => hidden.id !== cause.id && matches(hides, hidden, assets))
      .map(hidden => ({ rule, cause, hidden })),
  );
}

function matches(matcher: AlarmMatcher, alarm: InhibitionAlarm, assets: AssetMap): boolean {
  const { ruleIds, sensorIds, assetIds, assetKinds, severityMin, severityMax } = matcher;
  const rank = severityRank(alarm.severityMax);
  if (ruleIds !== undefined && !ruleIds.includes(alarm.ruleId)) return false;
  if (sensorIds !== undefined && !sensorIds.includes(alarm.sensorId)) return false;
  if (assetIds !== undefined && !assetIds.includes(alarm.assetId)) return false;
  if (assetKinds !== undefined && !assetKinds.includes(assets.get(alarm.assetId)?.kind ?? '')) return false;
  if (severityMin !== undefined && rank < severityRank(severityMin)) return false;
  return severityMax === undefined || rank <= severityRank(severityMax);
}

/** Keeps what starts at a cause that nothing in a ring hides: roots first, then what they alone lead to. */
function withoutRings(edges: readonly Edge[]): Edge[] {
  const causesLeft = new Map<string, number>();
  for (const { cause, hidden } of edges) {
    causesLeft.set(cause.id, causesLeft.get(cause.id) ?? 0);
    causesLeft.set(hidden.id, (causesLeft.get(hidden.id) ?? 0) + 1);
  }
  const byCause = groupsOf(edges, edge => edge.cause.id);
  const roots = [...causesLeft.keys()].filter(id => causesLeft.get(id) === 0);
  const kept: Edge[] = [];
  for (let id = roots.pop(); id !== undefined; id = roots.pop()) {
    for (const edge of byCause.get(id) ?? []) {
      kept.push(edge);
      const left = causesLeft.get(edge.hidden.id)! - 1;
      causesLeft.set(edge.hidden.id, left);
      if (left === 0) roots.push(edge.hidden.id);
    }
  }
  return kept;
}

function spellsOf({ rule, cause }: Edge): Suppression[] {
  const endsAt = endOf(rule, cause);
  return cause.shownSpans.flatMap(({ from, to }) => {
    const until = endsAt === null ? to : Math.min(to ?? endsAt, endsAt);
    if (until !== null && until <= from) return [];
    const { reason, id: ruleId, hides } = rule;
    return [{ from, to: until, ruleId, causeId: cause.id, severityMax: hides.severityMax, reason }];
  });
}

function endOf({ maxMs }: InhibitionRule, cause: InhibitionAlarm): Millis | null {
  return maxMs === undefined ? null : cause.shownSpans[0]!.from + maxMs;
}
