import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Problem } from '@anmai/wire';
import { problemFrom } from '../session/api-client';
import { NOT_OURS, UNREACHABLE } from '../session/api-problem';
import { useWords } from '../text/language';
import { problemsZh } from '../text/problems-zh';
import { reasonsText } from '../text/reason-text';
import { fill, type Words } from '../text/words';

function wordsOf(all: Words, error: unknown): { detail: string; remedy: string; code: string } {
  const { t } = all;
  const { problem } = problemFrom(error);
  const { code } = problem;
  if (code === UNREACHABLE)
    return { code, detail: t('problem.unreachable'), remedy: t('problem.unreachableRemedy') };
  if (code === NOT_OURS) {
    return {
      code,
      detail: t('problem.notOurs', { detail: problem.detail }),
      remedy: t('problem.notOursRemedy'),
    };
  }
  const faults = (problem.faults ?? []).map(fault => `${fault.at}: ${fault.message}`).join('; ');
  const [detail, remedy] = said(all, problem);
  return { code, detail: faults === '' ? detail : `${detail} (${faults})`, remedy };
}

/** The server speaks English; for Chinese readers its codes are put into words here. */
function said(all: Words, { code, detail, remedy }: Problem): readonly [detail: string, remedy: string] {
  const own = all.lang === 'zh' ? problemsZh[code] : undefined;
  if (own === undefined) return [detail, remedy];
  const n = /\d+/.exec(detail)?.[0] ?? '…';
  return [fill(own[0], { n, why: reasonsText(all, detail) }), own[1]];
}

/** What happened, what to do, and the code to tell on the telephone. */
export function ProblemNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const words = useWords();
  const { detail, remedy, code } = wordsOf(words, error);
  return (
    <div className="problem" role="alert">
      <b>{detail}</b>
      {remedy !== '' && <span>{remedy}</span>}
      <span className="quiet">{words.t('problem.code', { code })}</span>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {words.t('problem.retry')}
        </Button>
      )}
    </div>
  );
}

export function Empty({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty">
      <p>{title}</p>
      {hint !== undefined && <p className="quiet">{hint}</p>}
      {children}
    </div>
  );
}

const ROWS = Array.from({ length: 9 }, (_, index) => index);

/** The shape of the list before it is here: same heights, nothing jumps when it comes. */
export function ListSkeleton() {
  return (
    <div className="skeleton" aria-busy="true">
      {ROWS.map(row => (
        <div key={row} className="skeleton-row">
          <i />
          <i />
        </div>
      ))}
    </div>
  );
}

export const PaneSkeleton = () => (
  <div className="skeleton pane-skeleton" aria-busy="true">
    <i />
    <i />
    <i />
    <i />
  </div>
);
