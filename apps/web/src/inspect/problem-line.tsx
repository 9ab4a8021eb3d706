import type { Problem } from '@anmai/wire';
import { problemFrom } from '../session/api-client';
import { UNREACHABLE } from '../session/api-problem';
import { useWords } from '../text/language';
import { inspectProblemsZh } from '../text/inspect-problems-zh';
import { problemsZh } from '../text/problems-zh';

/** What was refused, what to do, and the code to tell on the telephone. */
export function ProblemLine({ error, problem }: { readonly error?: unknown; readonly problem?: Problem }) {
  const { t, lang } = useWords();
  const shown = problem ?? problemFrom(error).problem;
  const own = lang === 'zh' ? (inspectProblemsZh[shown.code] ?? problemsZh[shown.code]) : undefined;
  const isAway = shown.code === UNREACHABLE;
  return (
    <div className="field-problem" role="alert" data-code={shown.code}>
      <b>{isAway ? t('problem.unreachable') : (own?.[0] ?? shown.detail)}</b>
      <span>{isAway ? t('problem.unreachableRemedy') : (own?.[1] ?? shown.remedy)}</span>
      <small>{t('problem.code', { code: shown.code })}</small>
    </div>
  );
}
