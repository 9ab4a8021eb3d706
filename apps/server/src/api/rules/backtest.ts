import { Inject, Injectable } from '@nestjs/common';
import {
  diffSpells,
  countsPerDay,
  Replay,
  spellsOf,
  type AlarmChange,
  type AlarmSpell,
  type CompositeCondition,
  type RegistryChange,
  type Rule,
} from '@anmai/alarms';
import { AppError, DAY_MS, type Millis } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { Gate, type ReadingStore } from '@anmai/readings';
import type { BacktestBody, BacktestReply } from '@anmai/wire';
import { API_ERRORS } from '../errors';
import { iso, isoOrNull } from '../iso';
import { RECORDS, STORE, UTC_OFFSET } from '../ports';
import { compositeParts } from './composite-parts';
import { coveredSensors, type Covered } from './covered-sensors';
import { storedReadings } from './stored-readings';

/** Readings that one backtest looks at; beyond it the answer says that it is not all. */
export const BACKTEST_READINGS_MAX = 2_000_000;
/** Judged before others get a turn. */
const SLICE_READINGS = 2_000;
/** It keeps a core busy: one at a time, and few that wait. */
const WAITING_MAX = 4;

/** What is replayed together: a sensor of the rule, or all sensors of the parts of a composite. */
interface Job {
  /** Whose readings are fed; at one instant in this order. */
  readonly ids: readonly string[];
  /** Of these, those that are judged. */
  readonly sensorIds: ReadonlySet<string>;
  /** Of the draft, and of the rule in force. */
  readonly replays: readonly Replay[];
}

interface Run {
  readonly changes: AlarmChange[];
  readonly faults: { readonly sensorId: string; readonly reason: string }[];
}

/** Runs a draft over stored readings with the very evaluator that judges live ones. */
@Injectable()
export class Backtest {
  private readonly gate = new Gate(1, WAITING_MAX);

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(STORE) private readonly store: ReadingStore,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  /** Rejects with API-010 (422) when it covers too many sensors, RDG-009 (503) when too many wait. */
  run(body: BacktestBody, caller: Principal): Promise<BacktestReply> {
    return this.gate.run(() => this.runNow(body, caller));
  }

  private async runNow(body: BacktestBody, caller: Principal): Promise<BacktestReply> {
    const id = body.rule.id ?? 'draft';
    const inForce = body.rule.id === undefined ? null : await this.records.rules.get(id);
    const draft: Rule = { ...body.rule, id, version: (inForce?.version ?? 0) + 1, enabled: true };
    const rules = inForce === null ? [draft] : [draft, inForce];
    const after: Run = { changes: [], faults: [] };
    const before: Run = { changes: [], faults: [] };
    const runs = [after, before].slice(0, rules.length);
    let left = BACKTEST_READINGS_MAX;
    let sensors = 0;
    for await (const job of this.jobs(rules, body, caller)) {
      sensors += job.sensorIds.size;
      left -= await this.feed(job, body, left, id, runs);
      job.replays.forEach((replay, i) => {
        keep(runs[i]!, id, replay.passTo(body.to));
        for (const sensorId of job.sensorIds) {
          const faults = replay.monitor.sensors.get(sensorId)?.watches.faults ?? [];
          runs[i]!.faults.push(...faults.map(({ reason }) => ({ sensorId, reason })));
        }
      });
    }
    const spells = spellsOf(after.changes);
    const readings = BACKTEST_READINGS_MAX - left;
    return {
      sensors,
      readings,
      truncated: left <= 0,
      faults: after.faults,
      alarms: spells.map(spellShape),
      perDay: countsPerDay(spells, this.utcOffsetMs).map(({ day, count }) => ({ day: iso(day), count })),
      against: inForce === null ? null : againstOf(inForce, spellsOf(before.changes), spells),
    };
  }

  /** One after the other, so that only one is in memory. */
  private async *jobs(rules: readonly Rule[], body: BacktestBody, caller: Principal): AsyncGenerator<Job> {
    const composites = rules.flatMap(({ condition }) => (condition.type === 'composite' ? [condition] : []));
    if (composites.length === rules.length) {
      yield await this.compositeJob(rules, composites, body, caller);
      return;
    }
    // A rule that was of one kind and becomes the other has nothing to be compared with, sensor by sensor.
    if (composites.length > 0) throw new AppError(API_ERRORS.backtestOtherKind);
    for (const each of await coveredSensors(this.records, rules[0]!, body.sensorIds, caller)) {
      const { sensor, companions } = each;
      const ids = [...companions.map(({ id }) => id), sensor.id];
      const replays = rules.map(rule => this.replayOf(each, rule, body.from));
      yield { ids, sensorIds: new Set([sensor.id]), replays };
    }
  }

  private async compositeJob(
    rules: readonly Rule[],
    conditions: readonly CompositeCondition[],
    { sensorIds, from }: BacktestBody,
    caller: Principal,
  ): Promise<Job> {
    const { covered, registry } = await compositeParts(this.records, conditions, sensorIds, caller);
    const judged = new Set(covered.map(({ sensor }) => sensor.id));
    const companions = covered.flatMap(each => each.companions.map(({ id }) => id));
    const everySeconds = Math.min(...covered.map(({ sensor }) => sensor.expectedEverySeconds));
    const replays = rules.map(
      rule =>
        new Replay({
          registry: [...registry, { kind: 'rule', op: 'put', id: rule.id, value: rule }],
          from,
          tickMs: (Number.isFinite(everySeconds) ? everySeconds * 1_000 : DAY_MS) / 2,
          utcOffsetMs: this.utcOffsetMs,
        }),
    );
    return { ids: [...new Set([...companions, ...judged])], sensorIds: judged, replays };
  }

  private replayOf({ sensor, companions, asset, orgs }: Covered, rule: Rule, from: Millis): Replay {
    const registry: RegistryChange[] = [
      ...orgs.map(org => ({ kind: 'org', op: 'put', id: org.id, value: org }) as const),
      { kind: 'asset', op: 'put', id: asset.id, value: asset },
      ...[sensor, ...companions].map(({ version: _, ...value }) => {
        return { kind: 'sensor', op: 'put', id: value.id, value } as const;
      }),
      { kind: 'rule', op: 'put', id: rule.id, value: { ...rule, appliesTo: { sensorIds: [sensor.id] } } },
    ];
    const tickMs = (sensor.expectedEverySeconds * 1_000) / 2;
    return new Replay({ registry, from, tickMs, utcOffsetMs: this.utcOffsetMs });
  }

  /** Stops now and then, so that others get a turn. Gives how many readings of the judged sensors there were. */
  private async feed(
    { ids, sensorIds, replays }: Job,
    { from, to }: BacktestBody,
    limit: number,
    ruleId: string,
    runs: readonly Run[],
  ): Promise<number> {
    let fed = 0;
    for await (const reading of storedReadings(this.store, ids, from, to)) {
      replays.forEach((replay, i) => keep(runs[i]!, ruleId, replay.reading(reading)));
      if (sensorIds.has(reading.sensorId)) fed++;
      if (fed >= limit) break;
      if (fed % SLICE_READINGS === 0) await new Promise(resolve => setImmediate(resolve));
    }
    return fed;
  }
}

/** What the rule itself said; the parts of a composite are not asked about. */
function keep(run: Run, ruleId: string, changes: readonly AlarmChange[]): void {
  for (const change of changes) if (change.ruleId === ruleId) run.changes.push(change);
}

const spellShape = (spell: AlarmSpell): BacktestReply['alarms'][number] => ({
  sensorId: spell.sensorId,
  onsetAt: iso(spell.onsetAt),
  raisedAt: iso(spell.raisedAt),
  clearedAt: isoOrNull(spell.clearedAt),
  severity: spell.severity,
});

function againstOf(
  inForce: Rule,
  before: readonly AlarmSpell[],
  after: readonly AlarmSpell[],
): BacktestReply['against'] {
  const { came, gone, changed, same } = diffSpells(before, after);
  return {
    ruleVersion: inForce.version,
    came: came.map(spellShape),
    gone: gone.map(spellShape),
    changed: changed.map(pair => ({ before: spellShape(pair.before), after: spellShape(pair.after) })),
    same,
  };
}
