import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { fenText } from './fen-text';
import { IncomeForm } from './income-form';
import { useAccounts } from './money-data';

/** Accounts of both pots, each pot a table of its own: their sums are never added up. */
export function AccountList() {
  const words = useWords();
  const { t } = words;
  const query = useAccounts();
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <ListSkeleton />;
  if (query.data.items.length === 0)
    return <Empty title={t('money.noAccounts')} hint={t('money.noAccountsHint')} />;
  const { items } = query.data;
  return (
    <section className="money-accounts">
      <IncomeForm />
      {(['public', 'individual'] as const).map(pot => (
        <table key={pot} className="plain kpi-table money-table">
          <caption>{t(`money.pot.${pot}` as TextKey)}</caption>
          <thead>
            <tr>
              <th>{t('money.account')}</th>
              <th>{t('money.accountKind')}</th>
              <th>{t('money.household')}</th>
              <th className="right">{t('money.held')}</th>
              <th className="right">{t('money.reserved')}</th>
              <th className="right">{t('money.free')}</th>
            </tr>
          </thead>
          <tbody>
            {items
              .filter(account => account.pot === pot)
              .map(account => (
                <tr key={account.id}>
                  <td>
                    {account.name} <span className="quiet">{account.id}</span>
                  </td>
                  <td>{t(`money.accountKind.${account.kind}` as TextKey)}</td>
                  <td>{[account.buildingId, account.household].filter(Boolean).join(' · ')}</td>
                  <td className="num right">{fenText(words, account.heldFen)}</td>
                  <td className="num right">{fenText(words, account.reservedFen)}</td>
                  <td className="num right">{fenText(words, account.freeFen)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}
