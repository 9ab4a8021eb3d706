import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { RuleShape } from '@anmai/wire';
import { problemFrom } from '../session/api-client';
import { SaveProblem } from '../shell/save-problem';
import { useWords } from '../text/language';
import { BacktestPane } from './backtest-pane';
import { ConditionForm } from './condition-form';
import { judgesTheSame, saysTheSame, splitFaults } from './draft-state';
import { useBacktest, usePutInForce } from './rule-data';
import { RuleFields } from './rule-fields';

interface PaneProps {
  /** The version in force; null: it is a new rule. */
  readonly rule: RuleShape | null;
  readonly draft: RuleShape;
  readonly onDraft: (draft: RuleShape) => void;
  /** With the rule that is in force now, or null when the draft was discarded. */
  readonly onClose: (made: RuleShape | null) => void;
}

const faultsOf = (error: unknown) => (error === null ? [] : (problemFrom(error).problem.faults ?? []));

/** A draft of the next version: edited, tried on what is stored, and only then put in force. */
export function DraftPane({ rule, draft, onDraft, onClose }: PaneProps) {
  const { t } = useWords();
  const backtest = useBacktest();
  const put = usePutInForce();
  const [untested, setUntested] = useState(false);
  const isSame = rule !== null && saysTheSame(draft, rule);
  const isTested = backtest.isSuccess && judgesTheSame(backtest.variables?.rule, draft);
  // A new name or a better source changes nothing of when it raises: there is nothing to try.
  const needsTest = !judgesTheSame(rule ?? undefined, draft);
  const faults = splitFaults([...faultsOf(backtest.error), ...faultsOf(put.error)]);
  const mayActivate = !isSame && (isTested || untested || !needsTest);
  const change = (next: RuleShape): void => {
    if (backtest.isError) backtest.reset();
    if (put.isError) put.reset();
    onDraft(next);
  };
  return (
    <section className="draft" data-testid="rule-draft">
      <h3>{t(rule === null ? 'rule.newTitle' : 'rule.draft')}</h3>
      <p className="note">
        {t('rule.draftNote')} {!isSame && rule !== null && t('rule.sourceNote')}
      </p>
      <RuleFields draft={draft} faults={faults.rest} onChange={change} />
      <ConditionForm
        condition={draft.condition}
        faults={faults.condition}
        onChange={condition => change({ ...draft, condition })}
      />
      <BacktestPane draft={draft} backtest={backtest} isStale={backtest.isSuccess && !isTested} />
      {put.isError && <SaveProblem error={put.error} onReload={() => onClose(null)} />}
      <div className="draft-actions">
        <Button
          type="primary"
          data-testid="rule-activate"
          disabled={!mayActivate}
          loading={put.isPending}
          title={mayActivate ? '' : t(isSame ? 'rule.same' : 'rule.activateHint')}
          onClick={() => put.mutate(draft, { onSuccess: onClose })}
        >
          {t('rule.activate')}
        </Button>
        {needsTest && (
          <Checkbox
            data-testid="rule-untested"
            checked={untested}
            onChange={event => setUntested(event.target.checked)}
          >
            {t('rule.untested')}
          </Checkbox>
        )}
        <Button onClick={() => onClose(null)}>{t('rule.discard')}</Button>
        <span className="quiet">{isSame ? t('rule.same') : !mayActivate && t('rule.activateHint')}</span>
      </div>
    </section>
  );
}
