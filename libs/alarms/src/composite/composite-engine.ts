import { severityRank } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { AlarmChange, Evidence } from '../alarm';
import { blind, clear, EMPTY_BOOK, raise, restore, type Book, type OpenAlarm, type Told } from '../book';
import type { Directory } from '../directory';
import { Topology } from '../incident/topology';
import type { RegistryChange } from '../registry-change';
import type { CompositeCondition, Rule } from '../rule';
import { isMet, memberOf, partOf, type Member } from './composite-rule';
import { MemberIndex } from './member-index';
import { relatedTo } from './relation';

/** Alarms that one composite alarm names in its evidence. */
const NAMED_MAX = 20;

/** An open composite alarm, and the alarms that made it. */
export interface OpenComposite {
  readonly book: Book;
  readonly memberIds: readonly string[];
}

/** Onsets that a sensor remembers of each rule: alarms that come to light late must not take an id again. */
const ONSETS_MAX = 8;

/** What is kept of the engine, by rule. */
export interface KeptComposites {
  readonly open: readonly (readonly [string, readonly OpenComposite[]])[];
  /** By rule and sensor, newest last. */
  readonly onsets: readonly (readonly [string, readonly Millis[]])[];
}

type CompositeRule = Rule & { readonly condition: CompositeCondition };

/**
 * Stage 2: rules over the alarms of other rules. Sees alarm changes alone, never readings, so it is as deterministic as
 * these. A composite alarm stands on the sensor and asset of its earliest member; each alarm is part of at most one
 * open alarm of a composite rule.
 */
export class CompositeEngine {
  private readonly onsets = new Map<string, readonly Millis[]>();
  private readonly index = new MemberIndex();
  /** By rule. */
  readonly open = new Map<string, OpenComposite[]>();
  private readonly topology: Topology;
  private byPart: ReadonlyMap<string, readonly CompositeRule[]> | null = null;

  /** `openAlarms`: of the rules below, as they stand now. */
  constructor(
    private readonly directory: Directory,
    private readonly openAlarms: () => Iterable<Member>,
  ) {
    this.topology = new Topology(directory.assets.values());
  }

  /** Goes on with what was kept. After the directory and the alarms below are there again. */
  restore(kept: KeptComposites): void {
    for (const asset of this.directory.assets.values()) this.topology.put(asset.id, asset);
    for (const [ruleId, list] of kept.open) this.open.set(ruleId, [...list]);
    for (const [key, onsets] of kept.onsets) this.onsets.set(key, onsets);
    this.seed();
  }

  /** A copy: what it holds goes on changing. */
  kept(): KeptComposites {
    return { open: [...this.open].map(([id, list]) => [id, [...list]] as const), onsets: [...this.onsets] };
  }

  /** After the directory took the changes in. A rule that went ends its alarms; a new version judges anew. */
  registry(changes: readonly RegistryChange[], at: Millis): AlarmChange[] {
    const out: AlarmChange[] = [];
    if (changes.some(({ kind }) => kind === 'rule')) this.seed();
    for (const change of changes) {
      if (change.kind === 'asset') this.topology.put(change.id, change.value);
      if (change.kind !== 'rule') continue;
      const rule = this.directory.rules.get(change.id);
      if (rule === undefined || !rule.enabled || rule.condition.type !== 'composite')
        this.endAll(change.id, at, out);
    }
    return out;
  }

  /** Changes of the rules below, in their order; gives the changes of composite alarms that they cause. */
  alarms(changes: readonly AlarmChange[]): AlarmChange[] {
    const out: AlarmChange[] = [];
    for (const change of changes) this.alarm(change, out);
    return out;
  }

  /** Open composite alarms that stand on a sensor. */
  openOn(sensorId: string): OpenAlarm[] {
    return [...this.open.values()]
      .flat()
      .flatMap(({ book }) => (book.open?.changes[0]?.sensorId === sensorId ? [book.open] : []));
  }

  private alarm(change: AlarmChange, out: AlarmChange[]): void {
    const rules = this.rulesOn(change.ruleId);
    if (rules.length === 0) return;
    const before = this.index.members.get(change.alarmId);
    const member = changed(before, change);
    if (member === null) this.index.delete(change.alarmId);
    else this.index.put(member);
    for (const rule of rules) {
      if (!this.rejudge(rule, change, out) && member !== null) this.mayRaise(rule, member, change, out);
    }
  }

  /** Judges the open alarm that the changed one is part of. False: it is part of none. */
  private rejudge(rule: CompositeRule, change: AlarmChange, out: AlarmChange[]): boolean {
    const list = this.open.get(rule.id) ?? [];
    const index = list.findIndex(({ memberIds }) => memberIds.includes(change.alarmId));
    const composite = list[index];
    if (composite === undefined) return false;
    const members = composite.memberIds.flatMap(id => this.index.members.get(id) ?? []);
    const told = this.judged(rule, composite.book, members, change);
    out.push(...told.changes);
    const left = told.book.open === null ? [] : [{ ...composite, book: told.book }];
    this.open.set(rule.id, [...list.slice(0, index), ...left, ...list.slice(index + 1)]);
    return true;
  }

  private judged(rule: CompositeRule, book: Book, members: readonly Member[], change: AlarmChange): Told {
    const telling = (reason: string) => ({
      key: keyOf(rule, book.open!.changes[0]!),
      at: change.at,
      noticedAt: change.noticedAt,
      reason,
      evidence: evidenceOf(rule, members),
    });
    if (!isMet(rule.condition, members)) return clear(book, telling('its alarms are over'));
    const seeing = members.filter(member => !member.blind);
    // What only blind alarms hold up cannot be seen any more; it is not over.
    if (!isMet(rule.condition, seeing)) return blind(book, telling('its alarms are blind'));
    return restore(book, telling('its alarms see again'));
  }

  private mayRaise(rule: CompositeRule, member: Member, change: AlarmChange, out: AlarmChange[]): void {
    const { condition } = rule;
    if (partOf(condition.of, member) < 0) return;
    const group = this.groupOf(rule, member);
    const list = this.open.get(rule.id) ?? [];
    const joined = list.findIndex(({ memberIds }) =>
      group.some(({ alarmId }) => memberIds.includes(alarmId)),
    );
    if (joined >= 0) {
      const composite = list[joined]!;
      list[joined] = { ...composite, memberIds: [...composite.memberIds, member.alarmId] };
      return;
    }
    if (!isMet(condition, group)) return;
    const first = group[0]!;
    const told = raise(
      EMPTY_BOOK,
      this.freshOnset(rule.id, first.sensorId, change.at),
      severityRank(condition.severity),
      {
        key: keyOf(rule, first),
        at: change.at,
        noticedAt: change.noticedAt,
        reason: 'conditions came together',
        evidence: evidenceOf(rule, group),
      },
    );
    out.push(...told.changes);
    this.open.set(rule.id, [...list, { book: told.book, memberIds: group.map(({ alarmId }) => alarmId) }]);
  }

  private freshOnset(ruleId: string, sensorId: string, at: Millis): Millis {
    const key = `${ruleId}/${sensorId}`;
    const known = this.onsets.get(key) ?? [];
    let onsetAt = at;
    while (known.includes(onsetAt)) onsetAt++;
    this.onsets.set(key, [...known, onsetAt].slice(-ONSETS_MAX));
    return onsetAt;
  }

  /** The alarm with those that are related to it and were raised within the time. */
  private groupOf({ condition }: CompositeRule, member: Member): Member[] {
    const { of, related, withinSeconds } = condition;
    const { members, byAsset } = this.index;
    const around = { assets: this.directory.assets, topology: this.topology, members, byAsset };
    const group = relatedTo(related, member, around).filter(
      other => partOf(of, other) >= 0 && Math.abs(other.at - member.at) <= withinSeconds * 1_000,
    );
    // Not in the order in which they happen to be indexed: a restart indexes them anew.
    return group.sort((a, b) => a.at - b.at || (a.alarmId < b.alarmId ? -1 : 1));
  }

  private endAll(ruleId: string, at: Millis, out: AlarmChange[]): void {
    for (const { book } of this.open.get(ruleId) ?? []) {
      const first = book.open!.changes[0]!;
      const { ruleVersion, sensorId, assetId, evidence } = first;
      const key = { ruleId, ruleVersion, sensorId, assetId };
      const reason = 'rule is no longer in force';
      out.push(...clear(book, { key, at, noticedAt: at, reason, evidence }).changes);
    }
    this.open.delete(ruleId);
  }

  /** Which rules are asked about changed: so did which alarms count. */
  private seed(): void {
    this.byPart = null;
    this.index.clear();
    for (const member of this.openAlarms())
      if (this.rulesOn(member.ruleId).length > 0) this.index.put(member);
  }

  private rulesOn(ruleId: string): readonly CompositeRule[] {
    this.byPart ??= partsIndex(this.directory.rules.values());
    return this.byPart.get(ruleId) ?? [];
  }
}

/** The member after a change; null: it is over. */
function changed(before: Member | undefined, change: AlarmChange): Member | null {
  if (change.kind === 'cleared') return null;
  if (before === undefined) return memberOf(change);
  if (change.kind === 'blinded' || change.kind === 'restored')
    return { ...before, blind: change.kind === 'blinded' };
  return { ...before, rank: severityRank(change.severity) };
}

function partsIndex(rules: Iterable<Rule>): Map<string, CompositeRule[]> {
  const index = new Map<string, CompositeRule[]>();
  for (const rule of rules) {
    if (!rule.enabled || rule.condition.type !== 'composite') continue;
    for (const ruleId of new Set(rule.condition.of.map(part => part.ruleId))) {
      index.set(ruleId, [...(index.get(ruleId) ?? []), rule as CompositeRule]);
    }
  }
  return index;
}

const keyOf = (
  rule: Rule,
  { sensorId, assetId }: { readonly sensorId: string; readonly assetId: string },
) => ({
  ruleId: rule.id,
  ruleVersion: rule.version,
  sensorId,
  assetId,
});

function evidenceOf({ condition, source }: CompositeRule, members: readonly Member[]): Evidence {
  const { need, related, withinSeconds } = condition;
  const limit = {
    need: typeof need === 'string' ? need : need.atLeast,
    related: typeof related === 'string' ? related : `${related.withinMeters} m`,
    withinSeconds,
  };
  const alarms = members.slice(0, NAMED_MAX).map(({ alarmId }) => alarmId);
  return { limit, source, readings: [], derived: { alarms: alarms.join(' '), count: members.length } };
}
