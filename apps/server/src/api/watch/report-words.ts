import type { WatchVerdict } from '@anmai/lifecycle';
import type { Severity } from '@anmai/catalog';

/** Texts of the report of a watched building. `{n}` and the like are filled in. */
export interface ReportWords {
  readonly monthly: string;
  readonly weekly: string;
  readonly facts: Readonly<Record<'building' | 'address' | 'grade' | 'report' | 'period' | 'plan' | 'verdict' | 'patrol' | 'relief', string>>;
  readonly noReport: string;
  readonly heads: Readonly<Record<'summary' | 'results' | 'charts' | 'alarms' | 'duty' | 'measures' | 'hazards' | 'notes', string>>;
  readonly verdict: Readonly<Record<WatchVerdict, string>>;
  readonly advice: Readonly<Record<WatchVerdict, string>>;
  readonly noGrade: string;
  readonly provisional: readonly [string, string];
  readonly unwatched: readonly [string, string];
  readonly columns: Readonly<Record<
    | 'item' | 'sensor' | 'coverage' | 'min' | 'max' | 'last' | 'perMonth' | 'limits' | 'state' | 'raised' | 'cleared' | 'severity'
    | 'rule' | 'started' | 'confirmed' | 'out' | 'ended' | 'measure' | 'kind' | 'planned' | 'progress' | 'hazard' | 'stage' | 'since' | 'level', string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly normal: string;
  readonly unseen: string;
  readonly stillOn: string;
  readonly open: string;
  readonly none: Readonly<Record<'sensors' | 'alarms' | 'duty' | 'measures' | 'hazards', string>>;
  readonly measures: Readonly<Record<'reinforcement' | 'rebuild' | 'demolition', string>>;
  readonly quantities: Readonly<Record<string, string>>;
  readonly stages: Readonly<Record<string, string>>;
  readonly levels: Readonly<Record<string, string>>;
  readonly signs: readonly [string, string, string];
  readonly summary: string;
  readonly patrol: string;
  readonly colon: string;
  readonly comma: string;
} // prettier-ignore

const ZH: ReportWords = {
  monthly: '{grade} 级房屋安全监测月报',
  weekly: '{grade} 级房屋安全监测周报',
  facts: { building: '房屋', address: '地址', grade: '鉴定等级', report: '鉴定报告', period: '监测时段', plan: '监测方案', verdict: '监测结论', patrol: '日常巡查', relief: '解危鉴定' },
  noReport: '登记等级，未见鉴定报告',
  heads: { summary: '一、监测结论', results: '二、监测结果', charts: '三、过程曲线', alarms: '四、报警', duty: '五、撤离与值守', measures: '六、解危措施', hazards: '七、未销号隐患', notes: '说明' },
  verdict: { steady: '稳定', unseen: '数据不足，不能判断', attention: '关注', warning: '警戒', danger: '危险' },
  advice: {
    steady: '各监测项均有数据且低于限值。按方案继续监测和巡查。',
    unseen: '部分监测项无传感器或数据到达率低于 80 %，不能作出“稳定”的判断。请尽快恢复设备，并增加人工巡查。',
    attention: '有监测项达到黄色限值或发生报警。请加密观测，并到现场核查。',
    warning: '有监测项达到橙色限值。请组织专项体检，限制使用，并准备撤离。',
    danger: '有监测项达到红色限值。请确认人员已撤离并封闭，立即委托鉴定。',
  },
  noGrade: '监测结论只说明本时段的情况，不改变房屋鉴定等级。等级只由鉴定报告设定或解除。',
  provisional: ['暂定限值', '限值按规范危险限值的 50/70/100 % 取建议值，可由项目负责人修改，未经确认，不作为执法依据。'],
  unwatched: ['无传感器', '以下监测项尚无传感器：{items}。'],
  columns: {
    item: '监测项', sensor: '测点', coverage: '数据到达率', min: '最小', max: '最大', last: '最新', perMonth: '变化/月', limits: '限值（黄/橙/红）', state: '状态',
    raised: '报警时间', cleared: '解除时间', severity: '级别', rule: '规则', started: '启动时间', confirmed: '已确认', out: '已撤离人数', ended: '结束',
    measure: '措施', kind: '类别', planned: '计划工期', progress: '进度', hazard: '隐患', stage: '环节', since: '发现时间', level: '等级',
  },
  severity: { blue: '蓝', yellow: '黄', orange: '橙', red: '红' },
  normal: '正常',
  unseen: '无数据',
  stillOn: '未解除',
  open: '进行中',
  none: { sensors: '方案中没有传感器。', alarms: '本时段没有报警。', duty: '本时段没有启动撤离名单。', measures: '尚未登记解危措施。', hazards: '没有未销号的隐患。' },
  measures: { reinforcement: '加固', rebuild: '翻建', demolition: '拆除' },
  quantities: { 'building.tilt': '倾斜', 'building.settlement': '沉降', 'building.crack': '裂缝宽度', 'building.displacement': '位移', 'building.vibration': '振动速度', 'building.acceleration': '振动加速度', 'building.strain': '应变' },
  stages: { found: '发现', registered: '登记', dispatched: '派发', appraising: '鉴定', repairing: '整改', repaired: '待验收', accepted: '已验收' },
  levels: { severe: '严重', moderate: '一定', minor: '一般' },
  signs: ['编制', '审核', '批准'],
  patrol: '每 {days} 天一次',
  colon: '：',
  comma: '、',
  summary: '本时段监测 {sensors} 个测点，数据到达率最低 {coverage}；报警 {alarms} 次，最高级别：{worst}。',
}; // prettier-ignore

const EN: ReportWords = {
  monthly: 'Monthly monitoring report, building of grade {grade}',
  weekly: 'Weekly monitoring report, building of grade {grade}',
  facts: { building: 'Building', address: 'Address', grade: 'Grade', report: 'Appraisal report', period: 'Period', plan: 'Plan', verdict: 'Verdict', patrol: 'Patrol', relief: 'Danger over by' },
  noReport: 'registered grade, no report on file',
  heads: { summary: '1  Verdict', results: '2  Results', charts: '3  Curves', alarms: '4  Alarms', duty: '5  Evacuation duty', measures: '6  Measures', hazards: '7  Open hazards', notes: 'Notes' },
  verdict: { steady: 'Steady', unseen: 'Too little was seen', attention: 'Attention', warning: 'Warning', danger: 'Danger' },
  advice: {
    steady: 'Every item has data and is below its limits. Go on as planned.',
    unseen: 'Some items have no sensor, or less than 80 % of their data came, so nothing can be called steady. Restore the devices and patrol more often.',
    attention: 'A yellow limit was reached, or an alarm came. Measure more often and look on the spot.',
    warning: 'An orange limit was reached. Do a special check-up, restrict the use, prepare to leave.',
    danger: 'A red limit was reached. Make sure that everyone is out and the building is closed off; commission an appraisal now.',
  },
  noGrade: 'The verdict is about this period. It is no grade and changes none: only an appraisal report does.',
  provisional: ['Provisional limits', 'Limits are 50/70/100 % of danger limits, proposed and editable; not confirmed, and no ground for enforcement.'],
  unwatched: ['No sensor', 'Nothing watches these items yet: {items}.'],
  columns: {
    item: 'Item', sensor: 'Sensor', coverage: 'Data', min: 'Min', max: 'Max', last: 'Last', perMonth: 'Per month', limits: 'Limits (y/o/r)', state: 'State',
    raised: 'Raised', cleared: 'Cleared', severity: 'Severity', rule: 'Rule', started: 'Started', confirmed: 'Confirmed', out: 'People out', ended: 'Ended',
    measure: 'Measure', kind: 'Kind', planned: 'Planned', progress: 'Progress', hazard: 'Hazard', stage: 'Stage', since: 'Found', level: 'Level',
  },
  severity: { blue: 'blue', yellow: 'yellow', orange: 'orange', red: 'red' },
  normal: 'normal',
  unseen: 'no data',
  stillOn: 'still on',
  open: 'going on',
  none: { sensors: 'The plan has no sensors.', alarms: 'No alarm in this period.', duty: 'No duty list was started.', measures: 'No measure is registered.', hazards: 'No hazard is open.' },
  measures: { reinforcement: 'Reinforcement', rebuild: 'Rebuilding', demolition: 'Demolition' },
  quantities: { 'building.tilt': 'Tilt', 'building.settlement': 'Settlement', 'building.crack': 'Crack width', 'building.displacement': 'Displacement', 'building.vibration': 'Vibration velocity', 'building.acceleration': 'Acceleration', 'building.strain': 'Strain' },
  stages: { found: 'found', registered: 'registered', dispatched: 'given out', appraising: 'appraisal', repairing: 'repair', repaired: 'to be accepted', accepted: 'accepted' },
  levels: { severe: 'severe', moderate: 'moderate', minor: 'minor' },
  signs: ['Prepared', 'Checked', 'Approved'],
  patrol: 'every {days} days',
  colon: ': ',
  comma: ', ',
  summary: '{sensors} sensors; at worst {coverage} of the data came; {alarms} alarms, the worst: {worst}.',
}; // prettier-ignore

export const REPORT_WORDS: Readonly<Record<'zh' | 'en', ReportWords>> = { zh: ZH, en: EN };

/** Fills `{name}`. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''));
