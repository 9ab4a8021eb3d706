import { Replay, type AlarmChange, type Rule } from '@anmai/alarms';
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

/** The same monitor as live, over values that are given, with their time as the time of receipt. */
export function* replayRules(
  rules: readonly Rule[],
  columns: readonly ColumnSensor[],
  values: readonly CsvValue[],
): Generator<BacktestLine> {
  const byColumn = new Map(columns.map(column => [column.column, column.sensorId]));
  const first = values[0];
  if (first === undefined) return;
  const everySeconds = usualIntervalSeconds(values.filter(v => v.column === first.column).map(v => v.at));
  const sensors = columns.map(column => sensorOf(column, everySeconds));
  const replay = new Replay({
    registry: [
      ...sensors.map(value => ({ kind: 'sensor', op: 'put', id: value.id, value }) as const),
      ...rules.map(value => ({ kind: 'rule', op: 'put', id: value.id, value }) as const),
    ],
    from: first.at,
    tickMs: (everySeconds * 1_000) / 2,
  });
  const told = new Map<string, string>();
  for (const { column, at, value } of values) {
    const quality = Number.isNaN(value) ? MISSING : GOOD;
    yield* lines(replay.reading({ sensorId: byColumn.get(column) ?? column, at, value, quality }), told);
  }
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
