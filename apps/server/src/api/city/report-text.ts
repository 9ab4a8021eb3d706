import type { CityKey } from '@anmai/lifecycle';

interface IndicatorText {
  readonly name: string;
  /** What is counted, in one sentence. */
  readonly means: string;
}

export interface CityText {
  readonly title: string;
  /** Heads of the chapters, counted as they come. */
  readonly chapter: (n: number, text: string) => string;
  readonly subtitle: (month: string) => string;
  readonly month: string;
  readonly madeFor: string;
  readonly state: string;
  readonly running: string;
  readonly complete: string;
  readonly summary: string;
  readonly summaryText: (met: number, missed: number, noData: number) => string;
  readonly worst: (names: string) => string;
  readonly table: string;
  readonly columns: readonly [string, string, string, string, string];
  readonly met: string;
  readonly missed: string;
  readonly noData: string;
  readonly districts: string;
  readonly district: string;
  readonly unknownDistrict: string;
  readonly trend: string;
  readonly trendText: string;
  readonly charts: readonly [string, string];
  readonly money: string;
  readonly moneyColumns: readonly [string, string, string];
  readonly pots: Readonly<Record<'public' | 'individual', string>>;
  readonly held: string;
  readonly reserved: string;
  readonly income: string;
  readonly spending: string;
  readonly noFlows: string;
  readonly insurance: string;
  readonly insuranceColumns: readonly [string, string, string, string, string];
  readonly noPolicies: string;
  readonly policyStates: Readonly<Record<'planned' | 'inForce' | 'expiring' | 'expired', string>>;
  readonly notes: string;
  readonly provisional: string;
  readonly provisionalText: string;
  readonly why: Readonly<Record<'noRecords' | 'notKept' | 'future' | 'nothingToCount', string>>;
  readonly all: string;
  readonly signatures: readonly [string, string];
  readonly indicators: Readonly<Record<CityKey, IndicatorText>>;
}

const ZH: CityText = {
  title: '城市房屋安全月报',
  chapter: (n, text) => `${'一二三四五六七八九'.charAt(n - 1)}、${text}`,
  subtitle: month => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`,
  month: '报告月份',
  madeFor: '范围',
  state: '数据状态',
  running: '本月未结束，截至生成时',
  complete: '本月已结束',
  summary: '总体情况',
  summaryText: (met, missed, noData) =>
    `本月 ${met + missed + noData} 项指标中，${met} 项达到目标，${missed} 项未达到，${noData} 项无数据。无数据不代表正常。`,
  worst: names => `离目标最远的是：${names}。`,
  table: '指标总表',
  columns: ['指标', '达到 / 应有', '比例', '目标', '结论'],
  met: '达标',
  missed: '未达标',
  noData: '无数据',
  districts: '各区情况',
  district: '区',
  unknownDistrict: '未登记',
  trend: '近十二个月',
  trendText: '空白处为无数据。',
  charts: ['建档、体检、隐患、监测与保险', '解危、在线、报警与资金'],
  money: '资金',
  moneyColumns: ['资金', '项目', '金额（元）'],
  pots: { public: '公共账户', individual: '个人账户（住宅专项维修资金）' },
  held: '账面余额',
  reserved: '已批准待支付',
  income: '本月收入',
  spending: '本月支出',
  noFlows: '没有账户',
  insurance: '保险',
  insuranceColumns: ['保单', '产品', '保险公司', '建筑', '状态'],
  noPolicies: '没有登记保单',
  policyStates: { planned: '未生效', inForce: '有效', expiring: '60 天内到期', expired: '已到期' },
  notes: '口径与说明',
  provisional: '暂定目标',
  provisionalText:
    '各项目标为建议值，未见上级文件规定；由本市确定后替换。公共账户与个人账户分账管理，互不混用。',
  why: {
    noRecords: '没有可统计的记录',
    notKept: '该月结束时未留存',
    future: '该月尚未开始',
    nothingToCount: '没有应统计的对象',
  },
  all: '全市',
  signatures: ['编制', '审核'],
  indicators: {
    withFile: { name: '一楼一档建档率', means: '有建筑档案的建筑 / 全部建筑' },
    checkedInTime: {
      name: '按期体检率',
      means: '未逾期的建筑 / 应体检的建筑；无法判断期限的计入应体检，不计入未逾期',
    },
    hazardsInTime: { name: '隐患按期销号率', means: '本月按期销号的隐患 / 本月销号和已逾期未销号的隐患' },
    cdWatched: { name: 'C、D 级监测覆盖率', means: '有监测方案的 C、D 级建筑 / 全部 C、D 级建筑' },
    cdResolved: { name: 'C、D 级解危率', means: '经新鉴定为 A、B 级的 / 曾鉴定为 C、D 级的建筑' },
    sensorsOnline: { name: '传感器在线率', means: '在应报周期内有数据的 / 全部建筑传感器' },
    alarmsInTime: { name: '报警按时处置率', means: '10 分钟内有人确认的 / 本月建筑报警' },
    moneyUsed: { name: '公共账户资金使用率', means: '本年已支出 / 年初余额与本年收入之和' },
    insured: {
      name: '保险覆盖率',
      means: '有房屋质量安全保险的建筑 / 全部建筑；新建住宅质量缺陷保险（IDI）不计',
    },
  },
};

const EN: CityText = {
  title: 'Safety of buildings: monthly report of the city',
  chapter: (n, text) => `${n}  ${text}`,
  subtitle: month => month,
  month: 'Month',
  madeFor: 'Scope',
  state: 'Data',
  running: 'The month is not over; as of the time of making',
  complete: 'The month is over',
  summary: 'Overall',
  summaryText: (met, missed, noData) =>
    `Of ${met + missed + noData} indicators ${met} meet their target, ${missed} do not, and ${noData} have no data. No data does not mean that all is well.`,
  worst: names => `Furthest from the target: ${names}.`,
  table: 'All indicators',
  columns: ['Indicator', 'Reached / wanted', 'Share', 'Target', 'Verdict'],
  met: 'Met',
  missed: 'Missed',
  noData: 'No data',
  districts: 'Districts',
  district: 'District',
  unknownDistrict: 'Not on file',
  trend: 'The last twelve months',
  trendText: 'Where there is no line there are no data.',
  charts: ['Files, check-ups, hazards, watch and insurance', 'Resolved, online, alarms and money'],
  money: 'Money',
  moneyColumns: ['Money', 'Item', 'Amount (yuan)'],
  pots: { public: 'Public account', individual: 'Individual accounts (maintenance fund)' },
  held: 'Balance',
  reserved: 'Approved, not yet paid',
  income: 'Came in this month',
  spending: 'Spent this month',
  noFlows: 'There are no accounts',
  insurance: 'Insurance',
  insuranceColumns: ['Policy', 'Product', 'Insurer', 'Buildings', 'State'],
  noPolicies: 'No policy is on record',
  policyStates: {
    planned: 'Not yet in force',
    inForce: 'In force',
    expiring: 'Ends within 60 days',
    expired: 'Ended',
  },
  notes: 'Definitions and remarks',
  provisional: 'Provisional targets',
  provisionalText:
    'The targets are proposals and required by no document that was found; the city replaces them. Public and individual money are kept apart and never mixed.',
  why: {
    noRecords: 'nothing on record to count',
    notKept: 'not kept when the month ended',
    future: 'the month has not begun',
    nothingToCount: 'nothing that would be counted',
  },
  all: 'Whole city',
  signatures: ['Prepared by', 'Checked by'],
  indicators: {
    withFile: { name: 'Buildings with file', means: 'Buildings with a file of all buildings' },
    checkedInTime: {
      name: 'Checked in time',
      means:
        'Not overdue of those that need check-ups; what cannot be judged counts as needed, not as in time',
    },
    hazardsInTime: {
      name: 'Hazards closed in time',
      means: 'Closed in time of those closed this month or overdue and open',
    },
    cdWatched: {
      name: 'C/D under watch',
      means: 'C and D buildings with a monitoring plan of all C and D buildings',
    },
    cdResolved: { name: 'C/D resolved', means: 'Found A or B by a new appraisal of all ever found C or D' },
    sensorsOnline: {
      name: 'Sensors online',
      means: 'Heard within their interval of all sensors of buildings',
    },
    alarmsInTime: {
      name: 'Alarms handled in time',
      means: 'Acknowledged within 10 minutes of the alarms of buildings this month',
    },
    moneyUsed: {
      name: 'Public money used',
      means: 'Spent this year of what was there at its start and came in since',
    },
    insured: {
      name: 'Insured',
      means:
        'Buildings with insurance in use of all buildings; new-build quality insurance (IDI) does not count',
    },
  },
};

export const CITY_TEXT = { zh: ZH, en: EN } as const;
