import { Monitor, type AlarmChange, type Rule } from '@anmai/alarms';
import type { Sensor } from '@anmai/catalog';
import { GOOD, MISSING } from '@anmai/readings';
import { usualIntervalSeconds, type CsvValue } from './csv-series';

/** What a column stands for. */
export interface ColumnSensor {
  readonly column: string;
  readonly sensorId: string;
  readonly quantity: string;
  readonly unit: string;
}

/** One change of a condition, as it is printed. */
export interface BacktestLine {
  readonly at: string;
  readonly sensor: string;
  readonly rule: string;
  /** `normal`, a severity, or `blind`. */
  readonly from: string;
  readonly to: string;
  readonly alarm: string;
  readonly evidence: AlarmChange['evidence'];
}

/** Ticks between two values, so that silence shows where it began; at most so many for one gap. */
const TICKS_MAX = 1_000;

/** The same monitor as live, over values that are given, with their time as the time of receipt. */
export function* replayRules(
  rules: readonly Rule[],
  columns: readonly ColumnSensor[],
  values: readonly CsvValue[],
): Generator<BacktestLine> {
  const monitor = new Monitor({ ownAbsenceMs: Infinity });
  const byColumn = new Map(columns.map(column => [column.column, column.sensorId]));
  const first = values[0];
  if (first === undefined) return;
  const everySeconds = usualIntervalSeconds(values.filter(v => v.column === first.column).map(v => v.at));
  monitor.registry(
    [
      ...columns.map(c => ({
        kind: 'sensor' as const,
        op: 'put' as const,
        id: c.sensorId,
        value: sensorOf(c, everySeconds),
      })),
      ...rules.map(rule => ({ kind: 'rule' as const, op: 'put' as const, id: rule.id, value: rule })),
    ],
    first.at,
  );
  const told = new Map<string, string>();
  let now = first.at;
  for (const { column, at, value } of values) {
    for (const tick of ticksBetween(now, at, everySeconds)) yield* lines(monitor.tick(tick), told);
    const quality = Number.isNaN(value) ? MISSING : GOOD;
    yield* lines(
      monitor.readings([{ sensorId: byColumn.get(column) ?? column, at, value, quality }], at),
      told,
    );
    now = at;
  }
}

function* ticksBetween(from: number, to: number, everySeconds: number): Generator<number> {
  const stepMs = Math.max((everySeconds * 1_000) / 2, (to - from) / TICKS_MAX, 1_000);
  for (let at = from + stepMs; at < to; at += stepMs) yield Math.floor(at);
}

function* lines(changes: readonly AlarmChange[], told: Map<string, string>): Generator<BacktestLine> {
  for (const change of changes) {
    const to = change.kind === 'cleared' ? 'normal' : change.kind === 'blinded' ? 'blind' : change.severity;
    const from = told.get(change.alarmId) ?? 'normal';
    told.set(change.alarmId, to);
    yield {
      at: new Date(change.at).toISOString(),
      sensor: change.sensorId,
      rule: change.ruleId,
      from,
      to,
      alarm: change.alarmId,
      evidence: change.evidence,
    };
  }
}

const sensorOf = (column: ColumnSensor, expectedEverySeconds: number): Sensor => ({
  id: column.sensorId,
  name: column.sensorId,
  assetId: 'file',
  deviceId: 'file',
  channel: column.column,
  quantity: column.quantity,
  unit: column.unit,
  expectedEverySeconds,
  range: null,
});
