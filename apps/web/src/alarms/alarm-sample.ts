import type { AlarmShape } from '@anmai/wire';

/** An alarm for tests; override what matters. */
export function alarmSample(change: Partial<AlarmShape> & { readonly id: string }): AlarmShape {
  const raisedAt = change.raisedAt ?? '2026-11-22T02:42:07Z';
  return {
    ruleId: 'gas-adjacent',
    ruleName: '相邻地下空间可燃气体',
    ruleVersion: 1,
    sensorId: 'well-1.ch4',
    sensorName: '可燃气体',
    assetId: 'well-1',
    assetName: '人民路 1 号电力井',
    severity: 'orange',
    condition: 'active',
    acknowledged: false,
    shelvedUntil: null,
    onsetAt: raisedAt,
    raisedAt,
    clearedAt: null,
    closedAt: null,
    evidence: {
      limit: { above: 50, unit: '%LEL' },
      source: { kind: 'assumption', why: '待校核', reviewBy: '2027-06-30' },
      readings: [{ at: raisedAt, value: 53.1, quality: 1 }],
    },
    history: [{ at: raisedAt, actor: 'system', change: 'raised', reason: null }],
    ...change,
  };
}
