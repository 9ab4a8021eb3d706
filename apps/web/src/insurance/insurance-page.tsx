import { Segmented } from 'antd';
import { go, NOTHING } from '../shell/route';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { ClaimList } from './claim-list';
import { PolicyList } from './policy-list';

const VIEWS = ['policies', 'claims'] as const;
type View = (typeof VIEWS)[number];

/** Policies with what their insurers have to do, and claims with what shows that it happened. */
export function InsurancePage({ view }: { readonly view: string | undefined }) {
  const { t } = useWords();
  const shown: View = VIEWS.find(each => each === view) ?? 'policies';
  return (
    <main className="pane page" data-testid="insurance-page">
      <div className="page-head">
        <h2>{t('page.insurance')}</h2>
        <Segmented<View>
          size="small"
          value={shown}
          onChange={next => go({ page: 'insurance', ...NOTHING, view: next })}
          options={VIEWS.map(value => ({ value, label: t(`insurance.view.${value}` as TextKey) }))}
        />
        <span className="quiet">{t('insurance.idiApart')}</span>
      </div>
      {shown === 'policies' ? <PolicyList /> : <ClaimList />}
    </main>
  );
}
