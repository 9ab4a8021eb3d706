import {
  monthSpan,
  policyState,
  shareText,
  yuan,
  type CityKey,
  type Indicator,
  type Share,
} from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { PolicyRow, PotTotals } from '@anmai/postgres';
import type { ChartPoint, ReportBlock, ReportCell, ReportDoc } from '@anmai/reports';
import type { CityFigure, CityFigures } from './city-desk';
import { CITY_TEXT, type CityText } from './report-text';

export interface CityReportInput {
  readonly figures: CityFigures;
  readonly language: 'zh' | 'en';
  readonly issuer: string;
  /** Null: the whole of what the reader sees. */
  readonly district: string | null;
  readonly utcOffsetMs: number;
  /** Null: not for this reader. */
  readonly money: readonly PotTotals[] | null;
  readonly codeNames: ReadonlyMap<string, string>;
  readonly policies: readonly PolicyRow[];
  readonly now: Millis;
}

/** The monthly report of the city, as a document that a mayor can be handed. */
export function cityReport(input: CityReportInput): ReportDoc {
  const { figures, language, utcOffsetMs } = input;
  const text = CITY_TEXT[language];
  return {
    language,
    title: text.title,
    subtitle: text.subtitle(figures.month),
    issuer: input.issuer,
    number: figures.month,
    createdAt: figures.at,
    utcOffsetMs,
    facts: [
      { label: text.month, value: text.subtitle(figures.month) },
      { label: text.madeFor, value: input.district ?? text.all },
      { label: text.state, value: figures.isRunning ? text.running : text.complete },
    ],
    blocks: numbered(
      [
        ...summary(figures, text),
        ...byDistrict(figures, text),
        ...trends(figures, text, utcOffsetMs),
        ...(input.money === null ? [] : moneyBlocks(input.money, input.codeNames, text)),
        ...insuranceBlocks(input, text),
        { type: 'signatures', signatures: text.signatures.map(role => ({ role })) },
        ...notes(figures, text),
      ],
      text,
    ),
  };
}

/** Chapters are counted as they come: one that has nothing to say is left out. */
function numbered(blocks: readonly ReportBlock[], text: CityText): ReportBlock[] {
  let n = 0;
  return blocks.map(block => {
    if (block.type !== 'heading' || block.level !== 1) return block;
    n += 1;
    return { ...block, text: text.chapter(n, block.text) };
  });
}

const verdict = ({ status }: Share, text: CityText): ReportCell => {
  if (status === 'noData') return { kind: 'status', mark: 'blind', word: text.noData };
  if (status === 'missed') return { kind: 'status', mark: 'orange', word: text.missed };
  return { kind: 'status', mark: 'plain', word: text.met };
};

const shareCell = (share: Share, text: CityText): ReportCell => ({
  kind: 'share',
  share: share.share,
  text: share.share === null ? text.noData : shareText(share),
});

const countsOf = ({ spec, numerator, denominator, status }: Indicator): ReportCell => {
  if (status === 'noData') return null;
  return spec.unit === 'fen' ? `${yuan(numerator)} / ${yuan(denominator)}` : `${numerator} / ${denominator}`;
};

function summary({ items }: CityFigures, text: CityText): ReportBlock[] {
  const count = (status: Share['status']): number => items.filter(item => item.status === status).length;
  const worst = items
    .filter(item => item.status === 'missed')
    .sort((a, b) => a.share! / a.spec.target - b.share! / b.spec.target)
    .slice(0, 3)
    .map(item => `${text.indicators[item.spec.key].name} ${shareText(item)}`);
  const stop = text === CITY_TEXT.zh ? '、' : ', ';
  return [
    { type: 'heading', level: 1, text: text.summary },
    {
      type: 'paragraph',
      text: text.summaryText(count('met'), count('missed'), count('noData')),
      tone: 'strong',
    },
    ...(worst.length === 0 ? [] : [{ type: 'paragraph', text: text.worst(worst.join(stop)) } as const]),
    {
      type: 'table',
      caption: text.table,
      columns: [
        { title: text.columns[0], width: 26 },
        { title: text.columns[1], width: 26, align: 'right' },
        { title: text.columns[2], width: 18 },
        { title: text.columns[3], width: 11, align: 'right' },
        { title: text.columns[4], width: 15 },
      ],
      rows: items.map(item => [
        text.indicators[item.spec.key].name,
        countsOf(item),
        shareCell(item, text),
        `${item.spec.target * 100} %`,
        verdict(item, text),
      ]),
    },
  ];
}

/** Indicators that are counted by district, each a column. */
const DISTRICT_KEYS: readonly CityKey[] = [
  'withFile',
  'checkedInTime',
  'hazardsInTime',
  'cdWatched',
  'insured',
];

function byDistrict({ items }: CityFigures, text: CityText): ReportBlock[] {
  const own = DISTRICT_KEYS.map(key => items.find(item => item.spec.key === key)!);
  const names = [...new Set(own.flatMap(item => item.districts.map(each => each.district)))].sort();
  return [
    { type: 'heading', level: 1, text: text.districts },
    {
      type: 'table',
      size: 8.5,
      columns: [
        { title: text.district, width: 14 },
        ...own.map(item => ({ title: text.indicators[item.spec.key].name, width: 17 })),
      ],
      rows: names.map(name => [
        name === '' ? text.unknownDistrict : name,
        ...own.map((item): ReportCell => {
          const found = item.districts.find(each => each.district === name);
          return found === undefined ? null : shareCell(found, text);
        }),
      ]),
      empty: text.noData,
    },
  ];
}

function trends({ month, items }: CityFigures, text: CityText, utcOffsetMs: number): ReportBlock[] {
  const { to } = monthSpan(month, utcOffsetMs);
  const from = monthSpan(items[0]?.history[0]?.month ?? month, utcOffsetMs).from;
  const series = (keys: readonly CityKey[]) =>
    items
      .filter(item => keys.includes(item.spec.key) && item.history.some(each => each.share !== null))
      .map(item => ({ name: text.indicators[item.spec.key].name, points: pointsOf(item, utcOffsetMs) }));
  const charts = [DISTRICT_KEYS, ['cdResolved', 'sensorsOnline', 'alarmsInTime', 'moneyUsed'] as const]
    .map((keys, i) => ({ title: text.charts[i]!, series: series(keys) }))
    .filter(chart => chart.series.some(one => one.points.filter(point => point.value !== null).length > 1));
  if (charts.length === 0) return [];
  return [
    { type: 'heading', level: 1, text: text.trend },
    ...charts.map((chart): ReportBlock => ({
      type: 'lineChart',
      ...chart,
      unit: '%',
      from,
      to,
      height: 130,
    })),
    { type: 'paragraph', text: text.trendText, tone: 'quiet' },
  ];
}

/** A month stands in its middle. */
const pointsOf = (item: CityFigure, utcOffsetMs: number): ChartPoint[] =>
  item.history.map(({ month, share }) => {
    const { from, to } = monthSpan(month, utcOffsetMs);
    return { at: (from + to) / 2, value: share === null ? null : Math.floor(share * 1_000) / 10 };
  });

function moneyBlocks(
  totals: readonly PotTotals[],
  names: ReadonlyMap<string, string>,
  text: CityText,
): ReportBlock[] {
  const rows = totals
    .filter(pot => pot.accounts > 0)
    .flatMap(({ pot, heldFen, reservedFen, flows }) => [
      [text.pots[pot], text.held, yuan(heldFen)],
      ['', text.reserved, yuan(reservedFen)],
      ...flows.map(flow => [
        '',
        `${flow.kind === 'income' ? text.income : text.spending} · ${names.get(`${pot} ${flow.code}`) ?? flow.code}`,
        yuan(flow.amountFen),
      ]),
    ]);
  return [
    { type: 'heading', level: 1, text: text.money },
    {
      type: 'table',
      columns: [
        { title: text.moneyColumns[0], width: 34 },
        { title: text.moneyColumns[1], width: 40 },
        { title: text.moneyColumns[2], width: 22, align: 'right' },
      ],
      rows,
      empty: text.noFlows,
    },
  ];
}

function insuranceBlocks({ policies, now }: CityReportInput, text: CityText): ReportBlock[] {
  return [
    { type: 'heading', level: 1, text: text.insurance },
    {
      type: 'table',
      columns: [
        { title: text.insuranceColumns[0], width: 22 },
        { title: text.insuranceColumns[1], width: 26 },
        { title: text.insuranceColumns[2], width: 22 },
        { title: text.insuranceColumns[3], width: 11, align: 'right' },
        { title: text.insuranceColumns[4], width: 19 },
      ],
      rows: policies.map(policy => {
        const state = policyState(policy, now);
        const mark = state === 'expired' ? 'orange' : state === 'expiring' ? 'yellow' : 'plain';
        return [
          ...[policy.policyNumber, policy.product, policy.insurer, String(policy.buildings)],
          { kind: 'status', mark, word: text.policyStates[state] } as const,
        ];
      }),
      empty: text.noPolicies,
    },
  ];
}

function notes({ items }: CityFigures, text: CityText): ReportBlock[] {
  const stop = text === CITY_TEXT.zh ? '：' : ': ';
  return [
    { type: 'heading', level: 1, text: text.notes },
    { type: 'notice', mark: 'yellow', word: text.provisional, text: text.provisionalText },
    ...items.map((item): ReportBlock => {
      const { name, means } = text.indicators[item.spec.key];
      const why = item.why === null ? '' : ` (${text.noData}${stop}${text.why[item.why]})`;
      return { type: 'paragraph', text: `${name}${stop}${means}${why}`, tone: 'quiet' };
    }),
  ];
}
