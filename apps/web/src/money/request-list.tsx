import { Button } from 'antd';
import { useState } from 'react';
import type { RequestShape } from '@anmai/wire';
import { useMe } from '../session/data';
import { Empty, ListSkeleton, ProblemNote } from '../shell/notes';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { AskForm } from './ask-form';
import { fenText } from './fen-text';
import { useMoneyRules, useRequests } from './money-data';
import { codeName } from './money-page';
import { RequestSteps } from './request-steps';

/** What was asked for, newest first; one can be unfolded to see who decided and to decide. */
export function RequestList() {
  const words = useWords();
  const { t, lang } = words;
  const [openId, setOpenId] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const query = useRequests();
  const rules = useMoneyRules().data;
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <ListSkeleton />;
  return (
    <section>
      <div className="money-actions">
        <Button
          size="small"
          type="primary"
          onClick={() => setIsAsking(shown => !shown)}
          data-testid="ask-open"
        >
          {t('money.ask')}
        </Button>
      </div>
      {isAsking && <AskForm onDone={() => setIsAsking(false)} />}
      {query.data.items.length === 0 && <Empty title={t('money.noRequests')} />}
      {query.data.items.length > 0 && (
        <table className="plain kpi-table money-table">
          <thead>
            <tr>
              <th>{t('money.state')}</th>
              <th>{t('money.potName')}</th>
              <th>{t('money.use')}</th>
              <th className="right">{t('money.amount')}</th>
              <th>{t('money.payee')}</th>
              <th>{t('money.askedBy')}</th>
              <th>{t('money.approvals')}</th>
            </tr>
          </thead>
          <tbody>
            {query.data.items.map(request => (
              <Row
                key={request.id}
                request={request}
                use={codeName(rules, lang, request.pot, request.use)}
                isOpen={request.id === openId}
                onToggle={() => setOpenId(request.id === openId ? null : request.id)}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({
  request,
  use,
  isOpen,
  onToggle,
}: {
  readonly request: RequestShape;
  readonly use: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const approved = request.decisions.filter(each => each.verdict === 'approve').length;
  return (
    <>
      <tr data-testid="request-row" data-state={request.state}>
        <td>
          <span className={`money-state ${request.state}`}>
            {t(`money.state.${request.state}` as TextKey)}
          </span>
        </td>
        <td>{t(`money.potShort.${request.pot}` as TextKey)}</td>
        <td>
          <Button type="link" size="small" className="row-link" aria-expanded={isOpen} onClick={onToggle}>
            {use}
          </Button>
          {request.isEmergency && <span className="money-flag">{t('money.emergency')}</span>}
        </td>
        <td className="num right">{fenText(words, request.amountFen)}</td>
        <td>{request.payee}</td>
        <td>
          {request.askedBy} <span className="quiet num">{fullTime(request.askedAt)}</span>
        </td>
        <td className="num">
          {approved} / {request.approvalsNeeded}
        </td>
      </tr>
      {isOpen && (
        <tr className="money-detail">
          <td colSpan={7}>
            <Detail request={request} />
          </td>
        </tr>
      )}
    </>
  );
}

function Detail({ request }: { readonly request: RequestShape }) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useMe();
  return (
    <div className="money-detail-grid">
      <div>
        <p>{request.reason}</p>
        <ul className="money-parts">
          {request.holders.map(part => (
            <li key={part.accountId}>
              {t('money.from')} {part.accountId} <span className="num">{fenText(words, part.amountFen)}</span>
            </li>
          ))}
          {request.buildings.map(part => (
            <li key={part.buildingId}>
              {t('money.for')} {part.buildingId} <span className="num">{fenText(words, part.amountFen)}</span>
            </li>
          ))}
        </ul>
        <ol className="money-parts">
          {request.decisions.map(each => (
            <li key={each.by}>
              {each.by} {t(`money.verdict.${each.verdict}` as TextKey)}{' '}
              <span className="quiet num">{fullTime(each.at)}</span> {each.note}
            </li>
          ))}
        </ol>
        <p className="quiet">{t('money.underRules', { n: request.rulesVersion })}</p>
      </div>
      {me !== undefined && <RequestSteps request={request} me={me} />}
    </div>
  );
}
