import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { RuleShape } from '@anmai/wire';
import { Source } from '../alarms/evidence';
import { useWords } from '../text/language';
import { DraftPane } from './draft-pane';
import { NumberLine } from './number-line';
import { CoverageWords, EnabledSwitch, LimitMarks } from './rule-parts';
import { ParamWords } from './param-words';
import { scopeWords } from './rule-words';
import { SaveProblem } from '../shell/save-problem';
import { useRemoveRule } from './rule-data';
import { Versions } from './versions';

interface DetailProps {
  readonly rule: RuleShape;
  readonly may: boolean;
}

/** One rule: what it says, what it watches, its versions, and a draft of the next one. */
export function RuleDetail({ rule, may }: DetailProps) {
  const words = useWords();
  const { t } = words;
  const [draft, setDraft] = useState<RuleShape | null>(null);
  const [done, setDone] = useState<number | null>(null);
  return (
    <article
      className="rule-detail"
      data-testid="rule-detail"
      data-rule-id={rule.id}
      data-version={rule.version}
    >
      <header className="rule-head">
        <h2>{rule.name}</h2>
        <span className="quiet">
          {t(`type.${rule.condition.type}`)} · {rule.id} · {t('why.version', { n: rule.version })}
          {!rule.enabled && ` · ${t('rule.off')}`}
        </span>
        <EnabledSwitch rule={rule} may={may} />
        {may && draft === null && (
          <Button data-testid="rule-edit" onClick={() => (setDone(null), setDraft(rule))}>
            {t('rule.edit')}
          </Button>
        )}
        {may && draft === null && <RemoveButton rule={rule} />}
        {done !== null && <span className="note">{t('rule.activated', { n: done })}</span>}
      </header>
      <div className="rule-columns">
        <section>
          <h3>{t('rule.limits')}</h3>
          <LimitMarks condition={rule.condition} />
          <NumberLine condition={rule.condition} />
          <ParamWords condition={rule.condition} />
        </section>
        <section>
          <dl className="facts">
            <dt>{t('col.scope')}</dt>
            <dd>{scopeWords(words, rule.appliesTo)}</dd>
            <dt>{t('col.source')}</dt>
            <dd>
              <Source source={rule.source} />
            </dd>
            <dt>{t('cover.title')}</dt>
            <dd>
              <CoverageWords coverage={rule.coverage} />
              <Faults rule={rule} />
            </dd>
          </dl>
        </section>
      </div>
      {draft !== null && (
        <DraftPane
          rule={rule}
          draft={draft}
          onDraft={setDraft}
          onClose={made => (setDraft(null), setDone(made?.version ?? null))}
        />
      )}
      <Versions rule={rule} />
    </article>
  );
}

/** A rule that is gone watches nothing: one more word before it. */
function RemoveButton({ rule }: Pick<DetailProps, 'rule'>) {
  const { t } = useWords();
  const remove = useRemoveRule();
  return (
    <>
      <Popconfirm
        title={t('rule.removeAsk')}
        okText={t('plan.remove')}
        cancelText={t('plan.keep')}
        onConfirm={() => remove.mutate(rule)}
      >
        <Button data-testid="rule-remove">{t('plan.remove')}</Button>
      </Popconfirm>
      {remove.isError && <SaveProblem error={remove.error} onReload={remove.reset} />}
    </>
  );
}

function Faults({ rule: { coverage } }: Pick<DetailProps, 'rule'>) {
  const { t } = useWords();
  if (!coverage || coverage.faultCount === 0) return null;
  const more = coverage.faultCount - coverage.faults.length;
  return (
    <div className="rule-faults" data-testid="rule-faults">
      <p>{t('cover.faultsWhy')}</p>
      <ul>
        {coverage.faults.map(({ sensorId, reason }) => (
          <li key={sensorId}>
            <b>{sensorId}</b> <span className="quiet">{reason}</span>
          </li>
        ))}
        {more > 0 && <li className="quiet">{t('cover.more', { n: more })}</li>}
      </ul>
    </div>
  );
}
