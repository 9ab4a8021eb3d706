import type { Severity } from '@anmai/catalog';
import type { Condition } from '../rule';
import { above, below, eitherWay, rule, together, type DefaultRule, type Level } from './default-rule';

const DAY_S = 86_400;
/** Movements come together over a season: the rate is often told months before the amount. */
const SEASON_S = 366 * DAY_S;
type Levels = readonly Level[];

/** What a movement may be on a building of this grade. D is to be vacated: half the limits of C, and a longer warning. */
interface GradeLimits {
  readonly grade: 'C' | 'D';
  readonly zh: string;
  readonly tiltPerMonth: Levels;
  readonly settlementPerMonth: Levels;
  readonly crackPerMonth: Levels;
  /** Days until the limit of the danger criteria is reached. */
  readonly daysLeft: Levels;
}

const GRADES: readonly GradeLimits[] = [
  {
    grade: 'C',
    zh: 'C 级房屋',
    tiltPerMonth: [
      ['yellow', 0.25, 0.2],
      ['orange', 0.35, 0.3],
      ['red', 0.5, 0.45],
    ],
    settlementPerMonth: [
      ['yellow', 2, 1.8],
      ['orange', 2.8, 2.5],
      ['red', 4, 3.6],
    ],
    crackPerMonth: [
      ['yellow', 0.1, 0.08],
      ['orange', 0.2, 0.16],
    ],
    daysLeft: [
      ['yellow', 30, 45],
      ['orange', 7, 14],
    ],
  },
  {
    grade: 'D',
    zh: 'D 级房屋',
    tiltPerMonth: [
      ['yellow', 0.125, 0.1],
      ['orange', 0.25, 0.2],
      ['red', 0.5, 0.45],
    ],
    settlementPerMonth: [
      ['yellow', 1, 0.9],
      ['orange', 2, 1.8],
      ['red', 4, 3.6],
    ],
    crackPerMonth: [
      ['yellow', 0.05, 0.04],
      ['orange', 0.1, 0.08],
    ],
    daysLeft: [
      ['yellow', 60, 75],
      ['orange', 14, 21],
    ],
  },
];

const RATE_WHY =
  '凭记忆：JGJ 125-2016 4.2.1 沉降速率 4 mm/月（连续两个月）、4.2.2 高层倾斜增速 0.05 %/月；黄橙红按 50/70/100 %。D 级黄橙从严，为建议值。';
const STEP_WHY =
  '突变量限值未查到公开规定，按传感器分辨率的数倍取值，为建议值。仪器一次达到限值是报警，不改变鉴定等级。';
const FORECAST_WHY =
  '达到 20 ‰（JGJ 125，三层及以上整体倾斜 2 %）所剩天数；提前天数为建议值。仪器达到限值是报警，不改变鉴定等级。';

const DAY_WHY = '凭记忆：JGJ 125-2016 受相邻地下工程影响时 2 mm/d；3 mm/d 为地铁沿线常用的日变化控制值。';
const CRACK_WHY = '裂缝增速未查到任何规范限值，为建议值。';

const slope = (unit: string, limits: Levels): Condition => ({
  type: 'trend',
  per: 'month',
  unit,
  limits: eitherWay(...limits),
});
const step = (unit: string, ...limits: Levels): Condition => ({
  type: 'changepoint',
  unit,
  limits: above(...limits),
});

/** Makes rules for buildings of one grade. `what`: the first part of the id. */
type OnGrade = (
  what: string,
  names: readonly [zh: string, en: string],
  quantity: string,
  condition: Condition,
  why: string,
) => DefaultRule;

const onGrade =
  ({ grade, zh }: GradeLimits): OnGrade =>
  (what, [zhWhat, enWhat], quantity, condition, why) =>
    rule(
      `building-${what}-${grade.toLowerCase()}`,
      [`${zh}${zhWhat}`, `${enWhat} (grade ${grade})`],
      { quantity, assetKind: 'building', grade },
      condition,
      why,
    );

function tiltRules(limits: GradeLimits): DefaultRule[] {
  const on = onGrade(limits);
  const quantity = 'building.tilt';
  const forecast = (target: { above: number } | { below: number }): Condition => ({
    type: 'forecast',
    target,
    unit: 'mm/m',
    per: 'day',
    window: { days: 31 },
    limits: below(...limits.daysLeft),
    // A wall breathes with the sun: what does not last two days is no movement of the building.
    raiseAfter: { seconds: 2 * DAY_S },
    clearAfter: { samples: 3 },
  });
  const toStep = step('mm/m', ['yellow', 1, 0.8], ['orange', 3, 2.5]);
  const [zh, en] = ['倾斜将达危险限值', 'Tilt is about to reach its limit'];
  return [
    on(
      'tilt-trend',
      ['倾斜持续发展', 'Tilt goes on'],
      quantity,
      slope('mm/m', limits.tiltPerMonth),
      RATE_WHY,
    ),
    on('tilt-step', ['倾斜突变', 'Tilt has stepped'], quantity, toStep, STEP_WHY),
    on('tilt-forecast', [zh, en], quantity, forecast({ above: 20 }), FORECAST_WHY),
    on(
      'tilt-forecast-back',
      [`反向${zh}`, `${en} backwards`],
      quantity,
      forecast({ below: -20 }),
      FORECAST_WHY,
    ),
  ];
}

function settlementRules(limits: GradeLimits): DefaultRule[] {
  const on = onGrade(limits);
  const quantity = 'building.settlement';
  const trend = slope('mm', limits.settlementPerMonth);
  const toStep = step('mm', ['yellow', 3, 2.5], ['orange', 6, 5]);
  return [
    on('settlement-trend', ['沉降持续发展', 'Settlement goes on'], quantity, trend, RATE_WHY),
    on('settlement-day', ['单日沉降过大', 'Settlement within a day'], quantity, perDay(), DAY_WHY),
    on('settlement-step', ['沉降突变', 'Settlement has stepped'], quantity, toStep, STEP_WHY),
  ];
}

function crackRules(limits: GradeLimits): DefaultRule[] {
  const on = onGrade(limits);
  const trend = slope('mm', limits.crackPerMonth);
  const crackStep = step('mm', ['yellow', 0.1, 0.08], ['orange', 0.3, 0.25]);
  const moved = step('mm', ['yellow', 6, 5], ['orange', 15, 12]);
  return [
    on('crack-trend', ['裂缝持续发展', 'A crack goes on opening'], 'building.crack', trend, CRACK_WHY),
    on('crack-step', ['裂缝突变', 'A crack has stepped'], 'building.crack', crackStep, STEP_WHY),
    on(
      'displacement-step',
      ['位移突变', 'Displacement has stepped'],
      'building.displacement',
      moved,
      STEP_WHY,
    ),
  ];
}

function perDay(): Condition {
  const limits = eitherWay(['orange', 2, 1.5], ['red', 3, 2.5]);
  return { type: 'rate', per: 'day', unit: 'mm', window: { days: 1 }, limits, clearAfter: { samples: 3 } };
}

const TRENDS = ['tilt', 'settlement', 'crack'] as const;
const trendsOf = (what: (typeof TRENDS)[number]): readonly (readonly [string])[] =>
  GRADES.map(({ grade }) => [`building-${what}-trend-${grade.toLowerCase()}`]);

/** GB 55018 6.1.5 asks for a warning at once where amount or rate is reached; both together are worse. */
const amountAndRate = (what: (typeof TRENDS)[number], zh: string, en: string): DefaultRule =>
  rule(
    `building-${what}-amount-rate`,
    [`房屋${zh}的量与速率同时超限`, `${en}: amount and rate together`],
    {},
    together([[`building-${what}`, 'orange' satisfies Severity], ...trendsOf(what)], {
      need: { atLeast: 2 },
      related: 'asset',
      withinSeconds: SEASON_S,
      severity: 'red',
    }),
    'GB 55018-2021 6.1.5：变形量或速率达到限值即预警；二者同时达到时升为红色为建议值。',
  );

/** Buildings beside the thresholds of the catalogue; grades C and D are those of the appraisal (JGJ 125). */
export const BUILDING_RULES: readonly DefaultRule[] = [
  ...GRADES.flatMap(limits => [...tiltRules(limits), ...settlementRules(limits), ...crackRules(limits)]),
  rule(
    'building-vibration',
    ['房屋振动', 'Building vibration'],
    { quantity: 'building.vibration', assetKind: 'building' },
    {
      type: 'threshold',
      unit: 'mm/s',
      limits: eitherWay(['yellow', 5, 4], ['orange', 15, 13]),
      clearAfter: { samples: 3 },
    },
    '凭记忆：DIN 4150-3 住宅 1–10 Hz 为 5 mm/s，GB 6722-2014 一般民用建筑 15–20 mm/s；两者均随频率而变，单凭峰值只可提示。',
  ),
  amountAndRate('tilt', '倾斜', 'Tilt'),
  amountAndRate('settlement', '沉降', 'Settlement'),
  amountAndRate('crack', '裂缝', 'Crack'),
  rule(
    'building-moves',
    ['房屋多项变形同时发展', 'A building moves in several ways'],
    {},
    together(TRENDS.flatMap(trendsOf), {
      need: { atLeast: 2 },
      related: 'asset',
      withinSeconds: SEASON_S,
      severity: 'red',
    }),
    '倾斜、沉降、裂缝中两项同时发展，比单项更可能是结构整体移动；为建议值，无标准出处。',
  ),
];
