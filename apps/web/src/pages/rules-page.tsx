import { useMe, useRules } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { chooseRule, useRoute } from '../shell/route';
import { PageTabs } from '../shell/page-tabs';
import { useWords } from '../text/language';
import { RuleDetail } from '../rules/rule-detail';
import { RuleList } from '../rules/rule-list';
import { DefaultRules } from '../rules/default-rules';
import { NewRule } from '../rules/new-rule';

const TABS = ['list', 'new', 'defaults'] as const;

/** All rules, or one of them: what is watched, by which limits, and why by these. */
export function RulesPage({ ruleId }: { readonly ruleId: string | null }) {
  const { t } = useWords();
  const query = useRules();
  const me = useMe().data;
  const may = mayEngineer(me?.role);
  const { tab } = useRoute();
  const tabs = may ? TABS : TABS.filter(each => each !== 'new');
  const shown = tabs.find(each => each === tab) ?? 'list';
  const rules = query.data?.items ?? [];
  const rule = rules.find(item => item.id === ruleId);
  return (
    <main className="pane page" data-testid="rules-page">
      <div className="page-head">
        <h2>{t('page.rules')}</h2>
        {ruleId === null ? (
          <>
            <PageTabs tabs={tabs} tab={shown} label={each => t(`rules.tab.${each}`)} />
            <span className="quiet">{t('rules.intro')}</span>
          </>
        ) : (
          <button type="button" className="as-link" onClick={() => chooseRule(null)}>
            ← {t('rules.back')}
          </button>
        )}
        {me && !may && <span className="quiet">{t('rules.noRight', { role: t(`role.${me.role}`) })}</span>}
      </div>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.cut && <p className="note">{t('rules.cut', { n: rules.length })}</p>}
      {query.isPending && <PaneSkeleton />}
      {ruleId === null && shown === 'new' && <NewRule />}
      {ruleId === null && shown === 'defaults' && <DefaultRules may={may} />}
      {query.isSuccess && ruleId === null && shown === 'list' && <RuleList rules={rules} may={may} />}
      {query.isSuccess && ruleId !== null && !rule && <Empty title={t('rules.gone')} />}
      {rule && <RuleDetail key={rule.id} rule={rule} may={may} />}
    </main>
  );
}
