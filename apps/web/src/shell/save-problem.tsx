import { Button } from 'antd';
import { problemFrom } from '../session/api-client';
import { useWords } from '../text/language';
import { ProblemNote } from './notes';

const CONFLICT = 'PGR-006';

/** What the server had to say, by the path of the field. */
export const faultsAt = (error: unknown): ReadonlyMap<string, string> =>
  error === null
    ? new Map()
    : new Map(problemFrom(error).problem.faults?.map(({ at, message }) => [at, message]) ?? []);

/** Why something was not saved. When somebody else was faster: the way to what is there now. */
export function SaveProblem({ error, onReload }: { readonly error: unknown; readonly onReload: () => void }) {
  const { t } = useWords();
  const isConflict = problemFrom(error).problem.code === CONFLICT;
  return (
    <div data-testid="save-problem" data-conflict={isConflict}>
      <ProblemNote error={error} />
      {isConflict && (
        <Button size="small" data-testid="reload" onClick={onReload}>
          {t('save.reload')}
        </Button>
      )}
    </div>
  );
}
