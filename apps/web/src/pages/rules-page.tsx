import { useMe, useRules } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { chooseRule } from '../shell/route';
import { useWords } from '../text/language';
import { RuleDetail } from '../rules/rule-detail';
import { RuleList } from '../rules/rule-list';

/** All rules, or one of them: what is watched, by which limits, and why by these. */
export function RulesPage({ ruleId }: { readonly ruleId: string | null }) {
  const { t } = useWords();
  const query = useRules();
  const me = useMe().data;
  const may = mayEngineer(me?.role);
  const rules = query.data?.items ?? [];
  const rule = rules.find(item => item.id === ruleId);
  return (
    <main className="pane page" data-testid="rules-page">
      <div className="page-head">
        <h2>{t('page.rules')}</h2>
        {ruleId === null ? (
          <span className="quiet">{t('rules.intro')}</span>
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
      {query.isSuccess && ruleId === null && <RuleList rules={rules} may={may} />}
      {query.isSuccess && ruleId !== null && !rule && <Empty title={t('rules.gone')} />}
      {rule && <RuleDetail key={rule.id} rule={rule} may={may} />}
    </main>
  );
}
