import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { yuan } from '@anmai/lifecycle';
import type { MeShape, RequestShape } from '@anmai/wire';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { typedFen } from './fen-text';
import { useAccounts, useMoneyWrite } from './money-data';

/** What may be done with a request now, by whom. */
export function RequestSteps({ request, me }: { readonly request: RequestShape; readonly me: MeShape }) {
  const { t } = useWords();
  const write = useMoneyWrite();
  const [note, setNote] = useState('');
  const own = request.askedBy === me.username;
  const decided = request.decisions.some(each => each.by === me.username);
  const path = `requests/${encodeURIComponent(request.id)}`;
  const decide = (verdict: 'approve' | 'decline'): void =>
    write.mutate({ path: `${path}/decide`, body: { verdict, note } });
  const isApprover = me.role === 'admin';
  return (
    <div className="step-form">
      {request.state === 'asked' && own && <p className="quiet">{t('money.ownRequest')}</p>}
      {request.state === 'asked' && decided && <p className="quiet">{t('money.decidedBefore')}</p>}
      {request.state === 'asked' && isApprover && !own && !decided && (
        <>
          <Input value={note} onChange={event => setNote(event.target.value)} placeholder={t('money.note')} />
          <div className="step-buttons">
            <Button
              type="primary"
              loading={write.isPending}
              onClick={() => decide('approve')}
              data-testid="approve"
            >
              {t('money.approve')}
            </Button>
            <Button loading={write.isPending} onClick={() => decide('decline')}>
              {t('money.decline')}
            </Button>
          </div>
        </>
      )}
      {request.state === 'approved' && <PayForm request={request} />}
      {(request.state === 'asked' || request.state === 'approved') && (
        <Button size="small" onClick={() => write.mutate({ path: `${path}/withdraw`, body: {} })}>
          {t('money.withdraw')}
        </Button>
      )}
      {write.isError && <ProblemNote error={write.error} />}
    </div>
  );
}

function PayForm({ request }: { readonly request: RequestShape }) {
  const { t } = useWords();
  const write = useMoneyWrite();
  const accounts = useAccounts().data?.items ?? [];
  const banks = accounts.filter(account => account.pot === request.pot && account.kind === 'bank');
  const [bankId, setBankId] = useState<string | undefined>(undefined);
  const [amount, setAmount] = useState(yuan(request.amountFen));
  const paidFen = typedFen(amount);
  const chosen = bankId ?? banks[0]?.id;
  const path = `requests/${encodeURIComponent(request.id)}/pay`;
  return (
    <>
      <div className="money-fields">
        <Select
          aria-label={t('money.bank')}
          {...(chosen === undefined ? {} : { value: chosen })}
          onChange={setBankId}
          options={banks.map(bank => ({ value: bank.id, label: bank.name }))}
          placeholder={t('money.bank')}
        />
        <Input
          value={amount}
          status={paidFen === null ? 'error' : ''}
          onChange={event => setAmount(event.target.value)}
          suffix={t('money.unit')}
          aria-label={t('money.amount')}
        />
      </div>
      <Button
        type="primary"
        disabled={paidFen === null || chosen === undefined}
        loading={write.isPending}
        onClick={() => write.mutate({ path, body: { bankId: chosen, paidFen } })}
        data-testid="pay"
      >
        {t('money.pay')}
      </Button>
      {write.isError && <ProblemNote error={write.error} />}
    </>
  );
}
