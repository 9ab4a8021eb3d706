import fc from 'fast-check';
import { differencesOf, HANDLINGS, appraisalInForce, type AppraisalDraft } from './appraisal';
import { BUILDING_GRADES } from './level';
import { mayFileAppraisal, proposedHandlings, REPORT_AHEAD_MS_MAX, type FilingFacts } from './may-file';

const NOW = Date.UTC(2026, 10, 28);
const file = { fileId: 'f1', sha256: 'a'.repeat(64) };
const plan = { plan: file, approval: file, approvedBy: '市文物局' };
const DRAFT: AppraisalDraft = {
  id: 'apr-1',
  buildingId: 'b1',
  basis: 'report',
  agency: '市房屋安全鉴定所',
  reportNumber: '鉴-2026-001',
  reportedAt: NOW,
  report: file,
  grade: 'C',
  handling: 'treatedUse',
  protectionPlan: null,
  input: null,
  defects: [],
  replacesId: null,
  note: '',
};
const FACTS: FilingFacts = { now: NOW, protection: [], present: [] };
const other = { id: 'apr-0', agency: DRAFT.agency, reportNumber: DRAFT.reportNumber };

it.each<[string, Partial<AppraisalDraft>, Partial<FilingFacts>, string]>([
  ['a report', {}, {}, 'taken'],
  ['an alarm that would regrade', { basis: 'alarm' }, {}, 'basis.notReport'],
  ['an instrument that would regrade', { basis: 'sensor' }, {}, 'basis.notReport'],
  ['a check-up that would regrade', { basis: 'checkup' }, {}, 'basis.notReport'],
  ['a survey that would regrade', { basis: 'survey' }, {}, 'basis.notReport'],
  ['no report attached', { report: null }, {}, 'report.fileMissing'],
  ['a date a day ahead', { reportedAt: NOW + REPORT_AHEAD_MS_MAX }, {}, 'taken'],
  ['a date further ahead', { reportedAt: NOW + REPORT_AHEAD_MS_MAX + 1 }, {}, 'report.future'],
  ['the same report again', {}, { present: [other] }, 'report.twice'],
  ['the same report of another agency', {}, { present: [{ ...other, agency: 'x' }] }, 'taken'],
  ['a correction', { replacesId: 'apr-0' }, { present: [other] }, 'taken'],
  ['a correction of nothing', { replacesId: 'apr-9' }, {}, 'replaces.unknown'],
  ['demolition of a D', { grade: 'D', handling: 'demolish' }, {}, 'taken'],
  ['demolition of a C', { handling: 'demolish' }, {}, 'demolish.grade'],
  ['demolition of a protected D', { grade: 'D', handling: 'demolish' }, { protection: ['历史建筑'] }, 'demolish.protected'],
  ['demolition where nobody knows the protection', { grade: 'D', handling: 'demolish' }, { protection: null }, 'demolish.protected'],
  ['demolition of a protected D with plan and approval', { grade: 'D', handling: 'demolish', protectionPlan: plan }, { protection: ['文物'] }, 'taken'],
  ['a protected D that stops being used', { grade: 'D', handling: 'stopUse' }, { protection: ['文物'] }, 'taken'],
])('%s', (_name, over, facts, expected) => {
  const answer = mayFileAppraisal({ ...DRAFT, ...over }, { ...FACTS, ...facts });
  expect(answer.ok ? 'taken' : answer.error.code).toBe(expected);
  if (!answer.ok) expect(answer.error.instead).not.toBe('');
}); // prettier-ignore

it('proposes no demolition of what is or may be protected, whatever the grade', () => {
  const status = fc.option(fc.array(fc.constantFrom('文物', '历史建筑'), { minLength: 1 }), { nil: null });
  fc.assert(
    fc.property(fc.constantFrom(...BUILDING_GRADES), status, (grade, protection) => {
      expect(proposedHandlings(grade, protection)).not.toContain('demolish');
    }),
  );
  expect(proposedHandlings('D', [])).toContain('demolish');
});

it('every handling that is proposed can be filed', () => {
  for (const grade of BUILDING_GRADES) {
    for (const protection of [[], ['文物'], null]) {
      for (const handling of proposedHandlings(grade, protection)) {
        expect(HANDLINGS).toContain(handling);
        expect(mayFileAppraisal({ ...DRAFT, grade, handling }, { ...FACTS, protection }).ok).toBe(true);
      }
    }
  }
});

describe('which appraisal counts', () => {
  const at = (id: string, reportedAt: number, filedAt: number, replacesId: string | null = null) => ({
    ...{ id, reportedAt, filedAt, replacesId },
  });
  it.each([
    ['none', [], undefined],
    ['the newest report', [at('a', 1, 1), at('b', 2, 2)], 'b'],
    ['not an old one that came late', [at('a', 2, 1), at('b', 1, 9)], 'a'],
    ['of one day the one filed last', [at('a', 1, 1), at('b', 1, 2)], 'b'],
    ['not the corrected one', [at('a', 5, 1), at('b', 1, 2, 'a')], 'b'],
    ['a chain of corrections', [at('a', 5, 1), at('b', 5, 2, 'a'), at('c', 4, 3, 'b')], 'c'],
  ])('%s', (_name, appraisals, id) => {
    expect(appraisalInForce(appraisals)?.id).toBe(id);
    expect(appraisalInForce(appraisals.toReversed())?.id).toBe(id);
  });
});

it.each([
  ['the same', 'C', { outcome: 'graded', grade: 'C', steps: [] }, []],
  ['another', 'C', { outcome: 'graded', grade: 'B', steps: [] }, ['grade']],
  ['nothing to compare', 'C', null, ['noInput']],
  ['not gradable', 'C', { outcome: 'notGradable', atLeast: 'B', missing: ['soil'], steps: [] }, ['notGradable']],
] as const)('verdict and computation: %s', (_name, grade, computed, expected) => {
  expect(differencesOf(grade, computed).map(each => each.what)).toEqual(expected);
}); // prettier-ignore
