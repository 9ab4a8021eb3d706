import { Inject, Injectable } from '@nestjs/common';
import {
  diffSpells,
  countsPerDay,
  Replay,
  spellsOf,
  type AlarmChange,
  type AlarmSpell,
  type RegistryChange,
  type Rule,
} from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { Gate, type ReadingStore } from '@anmai/readings';
import type { BacktestBody, BacktestReply } from '@anmai/wire';
import { iso, isoOrNull } from '../iso';
import { RECORDS, STORE, UTC_OFFSET } from '../ports';
import { coveredSensors, type Covered } from './covered-sensors';
import { storedReadings } from './stored-readings';

/** Readings that one backtest looks at; beyond it the answer says that it is not all. */
export const BACKTEST_READINGS_MAX = 2_000_000;
/** Judged before others get a turn. */
const SLICE_READINGS = 2_000;
/** It keeps a core busy: one at a time, and few that wait. */
const WAITING_MAX = 4;

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
    const covered = await coveredSensors(this.records, draft, body.sensorIds, caller);
    const after: Run = { changes: [], faults: [] };
    const before: Run = { changes: [], faults: [] };
    let left = BACKTEST_READINGS_MAX;
    for (const each of covered) {
      const runs = inForce === null ? [after] : [after, before];
      const rules = inForce === null ? [draft] : [draft, inForce];
      const replays = rules.map(rule => this.replayOf(each, rule, body.from));
      left -= await this.feed(each, body, left, replays, runs);
      replays.forEach((replay, i) => {
        for (const change of replay.passTo(body.to)) runs[i]!.changes.push(change);
        const faults = replay.monitor.sensors.get(each.sensor.id)?.watches.faults ?? [];
        runs[i]!.faults.push(...faults.map(({ reason }) => ({ sensorId: each.sensor.id, reason })));
      });
    }
    const spells = spellsOf(after.changes);
    const readings = BACKTEST_READINGS_MAX - left;
    return {
      sensors: covered.length,
      readings,
      truncated: left <= 0,
      faults: after.faults,
      alarms: spells.map(spellShape),
      perDay: countsPerDay(spells, this.utcOffsetMs).map(({ day, count }) => ({ day: iso(day), count })),
      against: inForce === null ? null : againstOf(inForce, spellsOf(before.changes), spells),
    };
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

  /** Stops now and then, so that others get a turn. Gives how many readings of the sensor there were. */
  private async feed(
    { sensor, companions }: Covered,
    { from, to }: BacktestBody,
    limit: number,
    replays: readonly Replay[],
    runs: readonly Run[],
  ): Promise<number> {
    let fed = 0;
    const ids = [...companions.map(each => each.id), sensor.id];
    for await (const reading of storedReadings(this.store, ids, from, to)) {
      replays.forEach((replay, i) => {
        for (const change of replay.reading(reading)) runs[i]!.changes.push(change);
      });
      if (reading.sensorId === sensor.id) fed++;
      if (fed >= limit) break;
      if (fed % SLICE_READINGS === 0) await new Promise(resolve => setImmediate(resolve));
    }
    return fed;
  }
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
