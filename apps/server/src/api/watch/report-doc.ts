import type { WatchVerdict } from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { AppraisalRow, BuildingFacts, DutyRow, HazardRow } from '@anmai/postgres';
import type { LineChartBlock, Mark, ReportBlock, ReportDoc } from '@anmai/reports';
import {
  alarmTable,
  clockText,
  dutyTable,
  hazardTable,
  itemName,
  measureTable,
  resultTable,
} from './report-tables';
import { filled, REPORT_WORDS, type ReportWords } from './report-words';
import { gapMsOf, type WatchEvidence } from './watch-reports';

export interface ReportCase {
  readonly evidence: WatchEvidence;
  readonly kind: 'monthly' | 'weekly';
  readonly building: BuildingFacts;
  readonly issuer: string;
  /** The report that the plan rests on, and the one that ended it. */
  readonly appraisal: AppraisalRow | null;
  readonly relief: AppraisalRow | null;
  /** Of the period. */
  readonly rounds: readonly DutyRow[];
  readonly hazards: readonly HazardRow[];
  readonly now: Millis;
  readonly utcOffsetMs: number;
}

const MARKS: Readonly<Record<WatchVerdict, Mark>> = {
  steady: 'plain',
  unseen: 'blind',
  attention: 'yellow',
  warning: 'orange',
  danger: 'red',
};

/** The report of a watched building as a document. The same case gives the same document. */
export function reportDoc(given: ReportCase, language: 'zh' | 'en'): ReportDoc {
  const words = REPORT_WORDS[language];
  const { evidence, kind, building, issuer, now, utcOffsetMs } = given;
  const { plan, asked } = evidence;
  const span = clockText(asked.from, utcOffsetMs);
  const number =
    kind === 'monthly' ? span.slice(0, 7).replace('-', '') : span.slice(0, 10).replaceAll('-', '');
  return {
    ...{ language, issuer, createdAt: now, utcOffsetMs },
    title: filled(words[kind], { grade: plan.grade }),
    subtitle: `${building.name} · ${span.slice(0, kind === 'monthly' ? 7 : 10)}`,
    number: `${plan.id}-${number}`,
    facts: facts(given, words),
    blocks: [
      ...verdict(given, words),
      { type: 'heading', level: 1, text: words.heads.results },
      resultTable(evidence, words),
      // A heading stays with its first chart.
      { type: 'pageBreak' },
      { type: 'heading', level: 1, text: words.heads.charts },
      ...charts(evidence, words),
      ...titled(words.heads.alarms, alarmTable(evidence, words, utcOffsetMs)),
      ...titled(words.heads.duty, dutyTable(given.rounds, words, utcOffsetMs)),
      ...titled(words.heads.measures, measureTable(evidence, words, utcOffsetMs)),
      ...titled(words.heads.hazards, hazardTable(given.hazards, words, utcOffsetMs)),
      { type: 'signatures', signatures: words.signs.map(role => ({ role })) },
    ],
  };
}

const titled = (text: string, block: ReportBlock): ReportBlock[] => [
  { type: 'heading', level: 1, text },
  block,
];

function facts(
  { evidence, building, appraisal, relief, utcOffsetMs }: ReportCase,
  words: ReportWords,
): NonNullable<ReportDoc['facts']> {
  const { plan, report } = evidence;
  const cited = ({ reportNumber, agency, reportedAt }: AppraisalRow): string =>
    `${reportNumber} (${agency}, ${clockText(reportedAt, utcOffsetMs).slice(0, 10)})`;
  const f = words.facts;
  return [
    { label: f.building, value: `${building.name} (${building.id})` },
    { label: f.address, value: building.address },
    { label: f.grade, value: { kind: 'status', mark: plan.grade === 'D' ? 'red' : 'orange', word: plan.grade } },
    { label: f.report, value: appraisal === null ? words.noReport : cited(appraisal) },
    { label: f.period, value: `${clockText(report.from, utcOffsetMs)} – ${clockText(report.to, utcOffsetMs)}` },
    { label: f.plan, value: plan.id },
    { label: f.verdict, value: { kind: 'status', mark: MARKS[report.verdict], word: words.verdict[report.verdict] } },
    { label: f.patrol, value: filled(words.patrol, { days: plan.patrolEveryDays }) },
    ...(relief === null ? [] : [{ label: f.relief, value: `${relief.grade} · ${cited(relief)}` }]),
  ]; // prettier-ignore
}

function verdict({ evidence }: ReportCase, words: ReportWords): ReportBlock[] {
  const { report, plan } = evidence;
  const lowest = Math.min(1, ...report.sensors.map(each => each.coverage));
  const summary = filled(words.summary, {
    sensors: report.sensors.length,
    coverage: report.sensors.length === 0 ? '–' : `${(lowest * 100).toFixed(1)} %`,
    alarms: report.alarms.length,
    worst: report.worst === null ? words.normal : words.severity[report.worst],
  });
  const bare = plan.items
    .filter(item => report.unwatched.includes(item.id))
    .map(item => itemName(item, words));
  const [provisional, why] = words.provisional;
  const [none, items] = words.unwatched;
  return [
    { type: 'heading', level: 1, text: words.heads.summary },
    { type: 'notice', mark: MARKS[report.verdict], word: words.verdict[report.verdict], text: words.advice[report.verdict] },
    { type: 'paragraph', text: summary },
    ...(bare.length === 0
      ? []
      : [{ type: 'notice', mark: 'blind', word: none, text: filled(items, { items: bare.join(words.comma) }) } as const]),
    { type: 'paragraph', tone: 'quiet', text: words.noGrade },
    ...(plan.items.every(item => item.standing === 'confirmed')
      ? []
      : [{ type: 'paragraph', tone: 'quiet', text: `${provisional}${words.colon}${why}` } as const]),
  ]; // prettier-ignore
}

/** One chart an item: its sensors together, with its limits. */
function charts({ plan, report, readings, names }: WatchEvidence, words: ReportWords): LineChartBlock[] {
  return plan.items
    .filter(item => item.sensorIds.length > 0)
    .map(item => ({
      type: 'lineChart',
      title: itemName(item, words),
      unit: item.unit,
      from: report.from,
      to: report.to,
      gapMs: gapMsOf(item),
      height: 130,
      series: item.sensorIds
        .slice(0, 6)
        .map(id => ({ name: names.get(id) ?? id, points: readings.get(id) ?? [] })),
      limits:
        item.amount === null
          ? []
          : (['yellow', 'orange', 'red'] as const).map(mark => ({
              value: item.amount![mark],
              mark,
              word: words.severity[mark],
            })),
    }));
}
