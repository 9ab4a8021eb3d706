import { severityRank, type LimitSource, type Severity } from '@anmai/catalog';

export type AudienceRole = 'owner' | 'authority' | 'government';
export const AUDIENCE_NAMES: Readonly<Record<AudienceRole, { readonly zh: string; readonly en: string }>> = {
  owner: { zh: '权属单位', en: 'Owner' },
  authority: { zh: '行业主管部门', en: 'Industry authority' },
  government: { zh: '市政府（安委办）', en: 'City government' },
};

/** A level of warning. Standards count in opposite directions, so the printed number is a label and `severity` decides. */
export interface WarningLevel {
  readonly severity: Severity;
  readonly zh: string;
  readonly audience: readonly AudienceRole[];
}

export interface WarningPolicy {
  readonly levels: readonly WarningLevel[];
  readonly source: LimitSource;
}

export const WARNING_POLICY: WarningPolicy = {
  levels: [
    { severity: 'blue', zh: '四级', audience: ['owner'] },
    { severity: 'yellow', zh: '三级', audience: ['owner'] },
    { severity: 'orange', zh: '二级', audience: ['owner', 'authority'] },
    { severity: 'red', zh: '一级', audience: ['owner', 'authority', 'government'] },
  ],
  source: {
    kind: 'assumption',
    why: '合肥模式的三级预警对象，凭记忆；安委办函〔2021〕45号、〔2023〕145号的分级条文未见原文，由各市确认。',
    reviewBy: '2027-05-31',
  },
};

/** Who has to be told. A severity without a level of its own takes the next worse one that has. */
export function audienceOf(
  severity: Severity,
  policy: WarningPolicy = WARNING_POLICY,
): readonly AudienceRole[] {
  const rank = severityRank(severity);
  const sorted = [...policy.levels].sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  return (sorted.find(level => severityRank(level.severity) >= rank) ?? sorted.at(-1))?.audience ?? [];
}
