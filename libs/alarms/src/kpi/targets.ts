import type { KpiTarget } from './kpi';

/** The standards are paid texts; these figures come from secondary ones, so every one is to be confirmed by the operator. */
const secondary = (text: string, ref: string): KpiTarget => ({
  text,
  source: { kind: 'assumption', why: `${ref}，据二手资料，未见原文`, reviewBy: '2027-05-31' },
  grade: 'C',
});

export const KPI_TARGETS = {
  rate: secondary('≤ 1 per 10 min on average, at most 2', 'EEMUA 191 / ISA-18.2'),
  peak: secondary('≤ 10 in any 10 min', 'ISA-18.2'),
  crowded: secondary('< 1 % of 10 min windows with more than 10', 'ISA-18.2'),
  crowdedHours: secondary('< 1 % of hours with more than 30', 'ISA-18.2'),
  flood: secondary('< 1 % of the time in flood (in at > 10 per 10 min, out at < 5)', 'ISA-18.2 / EEMUA 191'),
  chattering: secondary('0 (3 or more in 60 s is a working rule; the standards give no number)', 'ISA-18.2'),
  stale: secondary('< 5 open for more than 24 h, each with a plan', 'ISA-18.2 / EEMUA 191'),
  badActors: secondary('top ten ≤ 5 % of the load', 'ISA-18.2'),
  priorities: secondary('80 / 15 / 5 / < 1 % blue, yellow, orange, red', 'ISA-18.2, four priorities'),
  performance: secondary('robust or predictive', 'EEMUA 191'),
  online: {
    text: '≥ 95 % of the time online, per owner',
    source: {
      kind: 'standard',
      ref: '宿迁市《城市生命线安全工程建设运行管理办法(试行)》2025',
      clause: '设备在线率不低于 95%（据新闻报道）',
    },
    grade: 'B',
  },
  acknowledge: {
    text: 'nine of ten within 10 min',
    source: { kind: 'assumption', why: '沿用“10 分钟响应”的建议值', reviewBy: '2027-05-31' },
    grade: 'P',
  },
  falseAlarms: {
    text: '≤ 20 % of the assessed alarms of a rule',
    source: { kind: 'assumption', why: '未查到规定；凭经验的起始值', reviewBy: '2027-05-31' },
    grade: 'M',
  },
} as const satisfies Record<string, KpiTarget>;
