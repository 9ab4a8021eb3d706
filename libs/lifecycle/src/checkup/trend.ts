import { cellPath, type Answers } from './answer';
import type { Finding } from './assess';
import type { CheckupForm, FormGroup, SectionId } from './form';
import { rowsOf } from './form-logic';

/** How a repeated thing (a crack) stands against the last check-up. `unknown`: one of the two was not measured. */
export interface RowTrend {
  readonly rowId: string;
  readonly change: 'new' | 'grown' | 'stable' | 'smaller' | 'unknown' | 'notFound';
  readonly before: number | null;
  readonly now: number | null;
}

/** Rows of a group, this time and last time; null as `last`: there is nothing to compare with, and no row is new. */
export function rowTrends(group: FormGroup, answers: Answers, last: Answers | null): readonly RowTrend[] {
  if (group.trend === undefined || last === null) return [];
  const { item, tolerance } = group.trend;
  const nowRows = rowsOf(answers, group.id);
  const lastRows = rowsOf(last, group.id);
  const measured = (from: Answers, rowId: string): number | null => {
    const answer = from[cellPath(group.id, rowId, item)];
    return answer?.kind === 'measure' ? answer.value : null;
  };
  const gone = lastRows.filter(rowId => !nowRows.includes(rowId));
  return [
    ...nowRows.map((rowId): RowTrend => {
      const now = measured(answers, rowId);
      if (!lastRows.includes(rowId)) return { rowId, change: 'new', before: null, now };
      const before = measured(last, rowId);
      if (before === null || now === null) return { rowId, change: 'unknown', before, now };
      // Rounded, since 0.3 - 0.2 is more than 0.1 in floating point.
      const grownBy = Number((now - before).toFixed(6));
      const change = grownBy > tolerance ? 'grown' : grownBy < -tolerance ? 'smaller' : 'stable';
      return { rowId, change, before, now };
    }),
    ...gone.map((rowId): RowTrend => ({
      rowId,
      change: 'notFound',
      before: measured(last, rowId),
      now: null,
    })),
  ];
}

/** What has grown since the last time, as findings. A crack that was not found again is no finding, but is shown. */
export function growthFindings(
  form: CheckupForm,
  answers: Answers,
  last: Answers | null,
): readonly Finding[] {
  const groups = form.sections.flatMap(section =>
    section.entries.flatMap(entry => (entry.kind === 'group' ? [{ section: section.id, group: entry }] : [])),
  );
  return groups.flatMap(({ section, group }) =>
    rowTrends(group, answers, last)
      .filter(row => row.change === 'grown')
      .map(row => growthFinding(section, group, row)),
  );
}

function growthFinding(section: SectionId, group: FormGroup, { rowId, before, now }: RowTrend): Finding {
  const { item, growthLevel, mark } = group.trend!;
  return {
    path: cellPath(group.id, rowId, item),
    ...{ section, itemId: `${group.id}/${item}`, rowId, level: growthLevel, why: 'growth', codes: [] },
    ...{ value: now, limit: before, mark },
  };
}
