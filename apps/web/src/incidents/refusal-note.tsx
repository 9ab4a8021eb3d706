import type { StepProblem } from '@anmai/wire';
import { problemFrom } from '../session/api-client';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';

const isRefusal = (problem: object): problem is StepProblem => 'refusal' in problem;

/** A refusal is an answer: why not, which sensors are not back to normal, and what to do instead. */
export function RefusalNote({ error }: { readonly error: unknown }) {
  const words = useWords();
  const { problem } = problemFrom(error);
  if (!isRefusal(problem)) return <ProblemNote error={error} />;
  const { code, missing } = problem.refusal;
  return (
    <div className="problem" role="alert" data-testid="refusal" data-code={code}>
      <b>{words.named('refusal', code)}</b>
      {missing.length > 0 && (
        <ul>
          {missing.map(each => (
            <li key={each.sensorId}>
              {each.sensorId}: {words.named('missing', each.reason)}
              {each.reason === 'tooFewReadings' && (
                <span className="num">
                  {' '}
                  {each.normalRun}/{each.needed}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <span>{words.named('refusalDo', code)}</span>
      <span className="quiet">{words.t('problem.code', { code: problem.code })}</span>
    </div>
  );
}
