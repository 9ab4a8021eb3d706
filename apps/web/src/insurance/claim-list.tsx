import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ClaimShape } from '@anmai/wire';
import { fenText, typedFen } from '../money/fen-text';
import { useMe } from '../session/data';
import { mayEngineer } from '../session/permissions';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { useClaims, useInsuranceWrite } from './insurance-data';

/** Claims, newest first, with what shows that it happened and what may follow. */
export function ClaimList() {
  const { t } = useWords();
  const query = useClaims();
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <ListSkeleton />;
  if (query.data.items.length === 0) return <Empty title={t('insurance.noClaims')} />;
  return (
    <table className="plain kpi-table money-table">
      <thead>
        <tr>
          <th>{t('insurance.state')}</th>
          <th>{t('insurance.trigger')}</th>
          <th>{t('insurance.building')}</th>
          <th>{t('insurance.happened')}</th>
          <th>{t('insurance.evidence')}</th>
          <th className="right">{t('insurance.loss')}</th>
          <th className="right">{t('insurance.payable')}</th>
          <th className="right">{t('insurance.paid')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {query.data.items.map(claim => (
          <Row key={claim.id} claim={claim} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ claim }: { readonly claim: ClaimShape }) {
  const words = useWords();
  const { t } = words;
  return (
    <tr data-testid="claim-row" data-state={claim.state}>
      <td>
        <span className={`money-state ${claim.state}`}>{t(`insurance.claim.${claim.state}` as TextKey)}</span>
      </td>
      <td>
        {t(`insurance.trigger.${claim.trigger}` as TextKey)}
        <div className="quiet">{claim.description}</div>
      </td>
      <td>{claim.buildingId}</td>
      <td className="num">{fullTime(claim.happenedAt)}</td>
      <td>
        {claim.evidence.length === 0 && <span className="quiet">{t('insurance.noEvidence')}</span>}
        {claim.evidence.map(each => (
          <div key={`${each.kind} ${each.refId}`}>
            {t(`insurance.evidence.${each.kind}` as TextKey)} <span className="quiet">{each.refId}</span>
          </div>
        ))}
      </td>
      <td className="num right">{fenText(words, claim.lossFen)}</td>
      <td className="num right">{fenText(words, claim.payableFen)}</td>
      <td className="num right">{fenText(words, claim.paidFen)}</td>
      <td>
        <Steps claim={claim} />
      </td>
    </tr>
  );
}

function Steps({ claim }: { readonly claim: ClaimShape }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const write = useInsuranceWrite();
  const [loss, setLoss] = useState('');
  if (!mayEngineer(me?.role) || claim.nextStates.length === 0) return null;
  const lossFen = typedFen(loss);
  const isLossAsked = claim.nextStates.includes('surveyed');
  const step = (to: string): void =>
    write.mutate({
      path: `claims/${encodeURIComponent(claim.id)}/steps`,
      body: { to, ...(to === 'surveyed' && lossFen !== null ? { lossFen } : {}) },
    });
  return (
    <div className="claim-steps">
      {isLossAsked && (
        <Input
          size="small"
          value={loss}
          placeholder={t('insurance.lossFound')}
          suffix={t('money.unit')}
          onChange={event => setLoss(event.target.value)}
        />
      )}
      {claim.nextStates.map(to => (
        <Button
          key={to}
          size="small"
          disabled={to === 'surveyed' && lossFen === null}
          loading={write.isPending}
          onClick={() => step(to)}
        >
          {t(`insurance.do.${to}` as TextKey)}
        </Button>
      ))}
      {write.isError && <ProblemNote error={write.error} />}
    </div>
  );
}
