import type { Problem } from '@anmai/wire';
import { problemFrom } from '../session/api-client';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';

interface Refused extends Problem {
  readonly refusal: { readonly code: string; readonly why: string; readonly instead: string };
}
const isRefused = (problem: Problem): problem is Refused => 'refusal' in problem;

/** A refusal is an answer: which rule it was, and what to do instead. */
export function SafetyRefusal({ error }: { readonly error: unknown }) {
  const words = useWords();
  const { problem } = problemFrom(error);
  if (!isRefused(problem)) return <ProblemNote error={error} />;
  const { code, why, instead } = problem.refusal;
  const said = (family: 'safety' | 'safetyDo', otherwise: string): string => {
    const text = words.named(family, code);
    return text === code ? otherwise : text;
  };
  return (
    <div className="problem" role="alert" data-testid="safety-refusal" data-code={code}>
      <b>{said('safety', why)}</b>
      <span>{said('safetyDo', instead)}</span>
      <span className="quiet">{words.t('problem.code', { code: problem.code })}</span>
    </div>
  );
}
