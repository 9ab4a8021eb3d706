import { Button } from 'antd';
import type { ConditionType } from '@anmai/alarms';
import type { RuleShape } from '@anmai/wire';
import { useState } from 'react';
import { chooseRule } from '../shell/route';
import { useWords } from '../text/language';
import { CONDITION_TYPES, sourceOf, starterOf } from './condition-starters';
import { DraftPane } from './draft-pane';
import { newRule } from './draft-state';

/** A rule from nothing: first what it is to look for, then the figures, then a try on what is stored. */
export function NewRule() {
  const { t } = useWords();
  const [draft, setDraft] = useState<RuleShape | null>(null);
  const begin = (type: ConditionType): void =>
    setDraft(newRule(sourceOf('assumption', Date.now()), starterOf(type)));
  if (draft !== null) {
    return (
      <DraftPane
        rule={null}
        draft={draft}
        onDraft={setDraft}
        onClose={made => chooseRule(made === null ? null : made.id)}
      />
    );
  }
  return (
    <section data-testid="new-rule">
      <p className="quiet">{t('rule.chooseType')}</p>
      <ul className="type-list">
        {CONDITION_TYPES.map(type => (
          <li key={type}>
            <Button data-type={type} onClick={() => begin(type)}>
              {t(`type.${type}`)}
            </Button>{' '}
            <span className="quiet">{t(`typeHint.${type}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
