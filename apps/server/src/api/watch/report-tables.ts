import type { Severity } from '@anmai/catalog';
import { dutyStanding, type SensorSummary, type WatchItem, type WatchLevels } from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { DutyRow, HazardRow } from '@anmai/postgres';
import type { Mark, ReportCell, TableBlock } from '@anmai/reports';
import type { ReportWords } from './report-words';
import type { WatchEvidence } from './watch-reports';

/** Instants by the wall clock, to the minute. */
export const clockText = (at: Millis, utcOffsetMs: number): string =>
  new Date(at + utcOffsetMs).toISOString().slice(0, 16).replace('T', ' ');

export const markOf = (severity: Severity | null): Mark => severity ?? 'plain';

/** Four significant digits are more than any of the sensors gives. */
export function numberText(value: number | null): string | null {
  if (value === null) return null;
  const text = Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(3);
  return /\./.test(text) ? text.replace(/0+$/, '').replace(/\.$/, '').replace(/^-0$/, '0') : text;
}

const shareText = (share: number): string => (share >= 1 ? '100%' : `${(share * 100).toFixed(1)}%`);

export const itemName = (item: WatchItem, words: ReportWords): string => {
  const quantity = words.quantities[item.quantity] ?? item.quantity;
  return item.where === '' ? quantity : `${quantity} · ${item.where}`;
};

export function resultTable({ plan, report, names }: WatchEvidence, words: ReportWords): TableBlock {
  const c = words.columns;
  const items = new Map(plan.items.map(item => [item.id, item]));
  return {
    type: 'table',
    size: 8,
    empty: words.none.sensors,
    columns: [
      { title: c.item, width: 3 },
      { title: c.sensor, width: 2.4 },
      { title: c.coverage, width: 2.7 },
      { title: c.min, width: 1.4, align: 'right' },
      { title: c.max, width: 1.4, align: 'right' },
      { title: c.last, width: 1.4, align: 'right' },
      { title: c.perMonth, width: 1.5, align: 'right' },
      { title: c.limits, width: 2.6 },
      { title: c.state, width: 1.6 },
    ],
    rows: report.sensors.map(each => resultRow(each, items.get(each.itemId)!, names, words)),
  };
}

function resultRow(
  each: SensorSummary,
  item: WatchItem,
  names: ReadonlyMap<string, string>,
  words: ReportWords,
): ReportCell[] {
  const share = each.readings === 0 ? null : each.coverage;
  const isBlind = each.readings === 0;
  return [
    `${itemName(item, words)} ${item.unit}`,
    names.get(each.sensorId) ?? each.sensorId,
    { kind: 'share', share, text: isBlind ? words.unseen : shareText(each.coverage) },
    numberText(each.min?.value ?? null),
    numberText(each.max?.value ?? null),
    numberText(each.last?.value ?? null),
    numberText(each.perMonth),
    limitsText(item),
    {
      kind: 'status',
      mark: isBlind ? 'blind' : markOf(each.worst),
      word: isBlind ? words.unseen : each.worst === null ? words.normal : words.severity[each.worst],
    },
  ];
}

function limitsText({ amount, rate, ratePer }: WatchItem): string | null {
  const three = (levels: WatchLevels): string => `${levels.yellow}/${levels.orange}/${levels.red}`;
  const per = ratePer === 'month' ? '/月' : '/日';
  const parts = [
    amount === null ? [] : [three(amount)],
    rate === null ? [] : [`${three(rate)} ${per}`],
  ].flat();
  return parts.length === 0 ? null : parts.join('\n');
}

export function alarmTable(
  { report, names }: WatchEvidence,
  words: ReportWords,
  utcOffsetMs: number,
): TableBlock {
  const c = words.columns;
  return {
    type: 'table',
    empty: words.none.alarms,
    columns: [
      { title: c.severity, width: 1 },
      { title: c.raised, width: 2 },
      { title: c.cleared, width: 2 },
      { title: c.sensor, width: 2.4 },
      { title: c.rule, width: 4 },
    ],
    rows: report.alarms.map(alarm => [
      { kind: 'status', mark: markOf(alarm.severity), word: words.severity[alarm.severity] },
      clockText(alarm.raisedAt, utcOffsetMs),
      alarm.clearedAt === null ? words.stillOn : clockText(alarm.clearedAt, utcOffsetMs),
      names.get(alarm.sensorId) ?? alarm.sensorId,
      alarm.ruleName,
    ]),
  };
}

export function dutyTable(rounds: readonly DutyRow[], words: ReportWords, utcOffsetMs: number): TableBlock {
  const c = words.columns;
  return {
    type: 'table',
    empty: words.none.duty,
    columns: [
      { title: c.started, width: 2 },
      { title: c.confirmed, width: 2 },
      { title: c.out, width: 2, align: 'right' },
      { title: c.ended, width: 3 },
    ],
    rows: rounds.map(round => {
      const { confirmed, all, peopleOut, peopleAll } = dutyStanding(round, round.startedAt);
      const share = all === 0 ? null : confirmed / all;
      return [
        clockText(round.startedAt, utcOffsetMs),
        { kind: 'share', share, text: `${confirmed}/${all}` },
        `${peopleOut}/${peopleAll}`,
        round.stoodDownAt === null ? words.open : clockText(round.stoodDownAt, utcOffsetMs),
      ];
    }),
  };
}

export function measureTable({ plan }: WatchEvidence, words: ReportWords, utcOffsetMs: number): TableBlock {
  const c = words.columns;
  const day = (at: Millis): string => clockText(at, utcOffsetMs).slice(0, 10);
  return {
    type: 'table',
    empty: words.none.measures,
    columns: [
      { title: c.measure, width: 4 },
      { title: c.kind, width: 1.4 },
      { title: c.planned, width: 3 },
      { title: c.progress, width: 2 },
    ],
    rows: plan.measures.map(measure => [
      measure.title,
      words.measures[measure.kind],
      `${day(measure.plannedFrom)} – ${day(measure.plannedTo)}`,
      { kind: 'share', share: measure.progressPercent / 100, text: `${measure.progressPercent} %` },
    ]),
  };
}

export function hazardTable(
  hazards: readonly HazardRow[],
  words: ReportWords,
  utcOffsetMs: number,
): TableBlock {
  const c = words.columns;
  return {
    type: 'table',
    empty: words.none.hazards,
    columns: [
      { title: c.hazard, width: 4 },
      { title: c.level, width: 1.2 },
      { title: c.stage, width: 1.6 },
      { title: c.since, width: 2 },
    ],
    rows: hazards.map(hazard => [
      hazard.where === '' ? hazard.title : `${hazard.title} · ${hazard.where}`,
      hazard.level === null ? null : (words.levels[hazard.level] ?? null),
      words.stages[hazard.stage] ?? hazard.stage,
      clockText(hazard.foundAt, utcOffsetMs),
    ]),
  };
}
