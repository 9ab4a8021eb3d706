import { Button } from 'antd';
import { useState } from 'react';
import type { PolicyRowShape } from '@anmai/wire';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { usePolicies } from './insurance-data';
import { PolicyDetail } from './policy-detail';

/** Policies of buildings in use first; new-build quality insurance (IDI) is a table of its own. */
export function PolicyList() {
  const { t } = useWords();
  const query = usePolicies();
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <ListSkeleton />;
  const { items } = query.data;
  if (items.length === 0) return <Empty title={t('insurance.none')} hint={t('insurance.noneHint')} />;
  return (
    <>
      {(['building', 'newBuild'] as const).map(kind => {
        const own = items.filter(item => item.kind === kind);
        return own.length === 0 ? null : (
          <Policies key={kind} title={t(`insurance.kind.${kind}` as TextKey)} items={own} />
        );
      })}
    </>
  );
}

function Policies({ title, items }: { readonly title: string; readonly items: readonly PolicyRowShape[] }) {
  const { t } = useWords();
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <section>
      <h3>{title}</h3>
      <table className="plain kpi-table money-table">
        <thead>
          <tr>
            <th>{t('insurance.state')}</th>
            <th>{t('insurance.number')}</th>
            <th>{t('insurance.product')}</th>
            <th>{t('insurance.insurer')}</th>
            <th>{t('insurance.payer')}</th>
            <th className="right">{t('insurance.buildings')}</th>
            <th>{t('insurance.until')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(item => (
            <Row
              key={item.id}
              item={item}
              isOpen={item.id === openId}
              onToggle={() => setOpenId(item.id === openId ? null : item.id)}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({
  item,
  isOpen,
  onToggle,
}: {
  readonly item: PolicyRowShape;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { t } = useWords();
  return (
    <>
      <tr data-testid="policy-row" data-state={item.state}>
        <td>
          <span className={`policy-state ${item.state}`}>
            {t(`insurance.state.${item.state}` as TextKey)}
          </span>
        </td>
        <td>
          <Button type="link" size="small" className="row-link" aria-expanded={isOpen} onClick={onToggle}>
            {item.policyNumber}
          </Button>
        </td>
        <td>{item.product}</td>
        <td>{item.insurer}</td>
        <td>{t(`insurance.payer.${item.payer}` as TextKey)}</td>
        <td className="num right">{item.buildings}</td>
        <td className="num">{fullTime(item.endsAt).slice(0, 10)}</td>
      </tr>
      {isOpen && (
        <tr className="money-detail">
          <td colSpan={7}>
            <PolicyDetail id={item.id} />
          </td>
        </tr>
      )}
    </>
  );
}
