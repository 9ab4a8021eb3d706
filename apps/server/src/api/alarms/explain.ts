import { Inject, Injectable } from '@nestjs/common';
import { CONTEXT_READINGS, leadInMs, traceRule, type NoTrace, type Rule, type Trace } from '@anmai/alarms';
import { SECOND_MS, type Millis } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import type { AlarmRow, Records, SensorRecord } from '@anmai/postgres';
import { Gate, type ReadingStore, type StoredReading } from '@anmai/readings';
import type { ExplainReply } from '@anmai/wire';
import { absent } from '../absent';
import { iso, isoOrNull } from '../iso';
import { RECORDS, STORE, UTC_OFFSET } from '../ports';
import { ruleShape } from '../rules/rule-shape';

/** Readings that one explanation judges again. A lead-in that holds more is halved until it fits. */
export const EXPLAIN_READINGS_MAX = 150_000;
const PAGE_READINGS = 50_000;
/** It keeps a core busy for moments: one at a time, and some that wait. */
const WAITING_MAX = 8;

interface Window {
  readonly readings: readonly StoredReading[];
  readonly leadInMs: Millis;
  readonly truncated: boolean;
}

/** Why an alarm was raised, and why not earlier. */
@Injectable()
export class AlarmExplanation {
  private readonly gate = new Gate(1, WAITING_MAX);

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(STORE) private readonly store: ReadingStore,
    @Inject(UTC_OFFSET) private readonly utcOffsetMs: number,
  ) {}

  /** Rejects with PGR-004 (404) for what the caller may not see, RDG-009 (503) when too many wait. */
  async of(alarmId: string, caller: Principal): Promise<ExplainReply> {
    const alarm = (await this.records.alarms.get(alarmId, caller.within)) ?? absent('alarm', alarmId);
    const rule = await this.raisingRule(alarm);
    const sensor =
      (await this.records.sensors.get(alarm.sensorId, caller.within)) ?? absent('sensor', alarm.sensorId);
    return this.gate.run(() => this.explain(alarm, rule, sensor));
  }

  /** An alarm names the version of its newest change. Where the rule was edited since the raise, an older one raised. */
  private async raisingRule({ ruleId, ruleVersion, lastN, raisedAt }: AlarmRow): Promise<Rule> {
    if (lastN > 1) {
      const versions = await this.records.rules.versions(ruleId);
      const raising = versions.find(rule => rule.version <= ruleVersion && rule.at <= raisedAt);
      if (raising !== undefined) return raising;
    }
    return (await this.records.rules.get(ruleId, ruleVersion)) ?? absent('rule', ruleId);
  }

  private async explain(alarm: AlarmRow, rule: Rule, sensor: SensorRecord): Promise<ExplainReply> {
    const { readings, ...window } = await this.around(alarm, rule, sensor);
    const { raisedAt } = alarm;
    const traced = traceRule({ rule, sensor, readings, raisedAt, utcOffsetMs: this.utcOffsetMs });
    return {
      rule: ruleShape(rule),
      trace: traced.ok ? traceShape(traced.value, readings.length) : null,
      reason: traced.ok ? null : reasonOf(traced.error),
      leadInSeconds: window.leadInMs / SECOND_MS,
      truncated: window.truncated,
    };
  }

  /** From as far back as the rule remembers until some readings after the raise, or less where that is too much. */
  private async around({ raisedAt }: AlarmRow, rule: Rule, sensor: SensorRecord): Promise<Window> {
    const everyMs = sensor.expectedEverySeconds * SECOND_MS;
    const wantedMs = leadInMs(rule.condition, everyMs);
    const to = raisedAt + CONTEXT_READINGS * everyMs;
    // Most sensors keep their pace: what cannot fit is not asked for.
    let lengthMs = Math.min(wantedMs, EXPLAIN_READINGS_MAX * 0.9 * everyMs);
    for (;;) {
      const readings = await this.range(sensor.id, Math.floor(raisedAt - lengthMs), to);
      if (readings !== null) return { readings, leadInMs: lengthMs, truncated: lengthMs < wantedMs };
      lengthMs /= 2;
      if (lengthMs < SECOND_MS) return { readings: [], leadInMs: 0, truncated: true };
    }
  }

  /** null: there are more than EXPLAIN_READINGS_MAX. */
  private async range(sensorId: string, from: Millis, to: Millis): Promise<StoredReading[] | null> {
    const out: StoredReading[] = [];
    for (let next = from; ;) {
      const page = await this.store.range({ sensorId, from: next, to, limit: PAGE_READINGS });
      for (const row of page.rows) out.push(row);
      if (out.length > EXPLAIN_READINGS_MAX) return null;
      const last = page.rows.at(-1);
      if (!page.truncated || last === undefined) return out;
      next = last.at + 1;
    }
  }
}

function traceShape(trace: Trace, readings: number): ExplainReply['trace'] {
  const rows = trace.rows.map(({ at, limits, ...row }) => ({
    at: iso(at),
    ...row,
    limits: limits.map(limit => ({ ...limit, pendingSince: isoOrNull(limit.pendingSince) })),
  }));
  return { ...trace, limits: [...trace.limits], rows, readings, raisedAt: isoOrNull(trace.raisedAt) };
}

function reasonOf(none: NoTrace): string {
  switch (none.kind) {
    case 'composite':
      return 'composite';
    case 'unusable':
      return none.reason;
  }
}
