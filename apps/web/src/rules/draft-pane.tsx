import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { RuleShape } from '@anmai/wire';
import { problemFrom } from '../session/api-client';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { faultsByField } from './backtest-view';
import { BacktestPane } from './backtest-pane';
import { ConditionForm } from './condition-form';
import { useBacktest, usePutInForce } from './rule-data';

interface PaneProps {
  /** The version in force. */
  readonly rule: RuleShape;
  readonly draft: RuleShape;
  readonly onDraft: (draft: RuleShape) => void;
  /** With the version that is in force now, or null when the draft was discarded. */
  readonly onClose: (version: number | null) => void;
}

const faultsOf = (error: unknown): ReadonlyMap<string, string> =>
  error === null ? new Map() : faultsByField(problemFrom(error).problem.faults ?? []);

/** A draft of the next version: edited, tried on what is stored, and only then put in force. */
export function DraftPane({ rule, draft, onDraft, onClose }: PaneProps) {
  const { t } = useWords();
  const backtest = useBacktest();
  const put = usePutInForce();
  const [untested, setUntested] = useState(false);
  const isSame = JSON.stringify(draft.condition) === JSON.stringify(rule.condition);
  const tested = backtest.variables?.rule;
  const isTested =
    backtest.isSuccess && JSON.stringify(tested?.condition) === JSON.stringify(draft.condition);
  const faults = new Map([...faultsOf(backtest.error), ...faultsOf(put.error)]);
  const mayActivate = !isSame && (isTested || untested);
  const change = (condition: RuleShape['condition']): void => {
    if (backtest.isError) backtest.reset();
    if (put.isError) put.reset();
    onDraft({ ...draft, condition });
  };
  return (
    <section className="draft" data-testid="rule-draft">
      <h3>{t('rule.draft')}</h3>
      <p className="note">
        {t('rule.draftNote')} {!isSame && t('rule.sourceNote')}
      </p>
      <ConditionForm condition={draft.condition} faults={faults} onChange={change} />
      <BacktestPane draft={draft} backtest={backtest} isStale={backtest.isSuccess && !isTested} />
      {put.isError && <ProblemNote error={put.error} />}
      <div className="draft-actions">
        <Button
          type="primary"
          data-testid="rule-activate"
          disabled={!mayActivate}
          loading={put.isPending}
          title={mayActivate ? '' : t(isSame ? 'rule.same' : 'rule.activateHint')}
          onClick={() => put.mutate(draft, { onSuccess: made => onClose(made.version) })}
        >
          {t('rule.activate')}
        </Button>
        <Checkbox
          data-testid="rule-untested"
          checked={untested}
          onChange={event => setUntested(event.target.checked)}
        >
          {t('rule.untested')}
        </Checkbox>
        <Button onClick={() => onClose(null)}>{t('rule.discard')}</Button>
        <span className="quiet">{isSame ? t('rule.same') : !mayActivate && t('rule.activateHint')}</span>
      </div>
    </section>
  );
}
