import type { Grading, GradingInput } from '@anmai/lifecycle';
import type { AppraisalRow, Filed } from '@anmai/postgres';
import type { AppraisalShape, FiledShape, GradingShape } from '@anmai/wire';
import { iso } from '../iso';

export function gradingShape(grading: Grading): GradingShape {
  const isGraded = grading.outcome === 'graded';
  return {
    outcome: grading.outcome,
    grade: isGraded ? grading.grade : null,
    atLeast: isGraded ? null : grading.atLeast,
    missing: isGraded ? [] : [...grading.missing],
    steps: grading.steps.map(step => ({ ...step })),
  };
}

const inputShape = (input: GradingInput): NonNullable<AppraisalShape['input']> => ({
  ...input,
  foundations: input.foundations && {
    ...input.foundations,
    dangerous: input.foundations.dangerous.map(each => ({ ...each })),
  },
  floors: input.floors.map(({ no, members, emptyAt }) => ({
    no,
    members: members.map(each => ({ ...each, dangerousAt: [...(each.dangerousAt ?? [])] })),
    emptyAt: [...(emptyAt ?? [])],
  })),
});

export function appraisalShape(row: AppraisalRow): AppraisalShape {
  const { basis: _basis, ...rest } = row;
  return {
    ...rest,
    reportedAt: iso(row.reportedAt),
    filedAt: iso(row.filedAt),
    input: row.input === null ? null : inputShape(row.input),
    computed: row.computed === null ? null : gradingShape(row.computed),
    differences: row.differences.map(each => ({ ...each })),
    defects: row.defects.map(each => ({ ...each })),
  };
}

export const filedShape = ({ appraisal, gradeBefore, gradeAfter, planEnded }: Filed): FiledShape => ({
  ...appraisalShape(appraisal),
  ...{ gradeBefore, gradeAfter, endedPlanId: planEnded?.id ?? null },
});
