import { Segmented } from 'antd';
import type { MoneyRulesShape } from '@anmai/wire';
import { useMe } from '../session/data';
import { Empty, PaneSkeleton, ProblemNote } from '../shell/notes';
import { go, NOTHING } from '../shell/route';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { AccountList } from './account-list';
import { BookingList } from './booking-list';
import { fenText } from './fen-text';
import { useMoneyRules, useMoneySummary } from './money-data';
import { RequestList } from './request-list';
import { RulesView } from './rules-view';

const VIEWS = ['requests', 'bookings', 'accounts', 'rules'] as const;
type View = (typeof VIEWS)[number];

/** The name of a source or a use, by the rules in force. */
export function codeName(
  rules: MoneyRulesShape | undefined,
  lang: 'zh' | 'en',
  pot: 'public' | 'individual',
  code: string,
): string {
  const codes = rules === undefined ? [] : [...rules.pots[pot].sources, ...rules.pots[pot].uses];
  return codes.find(each => each.code === code)?.[lang] ?? code;
}

/** Money of buildings: two pots side by side that never meet, and what was asked for, booked and agreed. */
export function MoneyPage({ view }: { readonly view: string | undefined }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const shown: View = VIEWS.find(each => each === view) ?? 'requests';
  const isLetIn = me === undefined || me.role === 'engineer' || me.role === 'admin';
  return (
    <main className="pane page" data-testid="money-page">
      <div className="page-head">
        <h2>{t('page.money')}</h2>
        {isLetIn && (
          <Segmented<View>
            size="small"
            value={shown}
            onChange={next => go({ page: 'money', ...NOTHING, view: next })}
            options={VIEWS.map(value => ({ value, label: t(`money.view.${value}` as TextKey) }))}
          />
        )}
      </div>
      {!isLetIn && <Empty title={t('money.noRight')} />}
      {isLetIn && <Pots />}
      {isLetIn && shown === 'requests' && <RequestList />}
      {isLetIn && shown === 'bookings' && <BookingList />}
      {isLetIn && shown === 'accounts' && <AccountList />}
      {isLetIn && shown === 'rules' && <RulesView />}
    </main>
  );
}

function Pots() {
  const words = useWords();
  const { t, lang } = words;
  const query = useMoneySummary();
  const rules = useMoneyRules().data;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <PaneSkeleton />;
  return (
    <div className="money-pots">
      {query.data.pots.map(pot => (
        <section key={pot.pot} className="money-pot" data-testid={`pot-${pot.pot}`}>
          <h3>{t(`money.pot.${pot.pot}` as TextKey)}</h3>
          <dl>
            <dt>{t('money.held')}</dt>
            <dd className="num">{fenText(words, pot.heldFen)}</dd>
            <dt>{t('money.reserved')}</dt>
            <dd className="num">{fenText(words, pot.reservedFen)}</dd>
            <dt>{t('money.free')}</dt>
            <dd className="num strong">{fenText(words, pot.heldFen - pot.reservedFen)}</dd>
          </dl>
          <table className="plain money-flows">
            <tbody>
              {pot.flows.map(flow => (
                <tr key={`${flow.kind} ${flow.code}`}>
                  <td className="quiet">{t(`money.kind.${flow.kind}` as TextKey)}</td>
                  <td>{codeName(rules, lang, pot.pot, flow.code)}</td>
                  <td className="num right">{fenText(words, flow.amountFen)}</td>
                </tr>
              ))}
              {pot.flows.length === 0 && (
                <tr>
                  <td className="quiet">{pot.accounts === 0 ? t('money.noAccounts') : t('money.noFlows')}</td>
                </tr>
              )}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}
