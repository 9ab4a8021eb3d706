import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { ProblemNote } from '../shell/notes';
import { useNow } from '../shell/now';
import { useWords } from '../text/language';
import { typedFen } from './fen-text';
import { useAccounts, useMoneyRules, useMoneyWrite } from './money-data';

const MINUTE_MS = 60_000;

/** Books what came in, for one holder. Bank and source follow the kind of money of the holder. */
export function IncomeForm() {
  const { t, lang } = useWords();
  const now = useNow(MINUTE_MS);
  const accounts = useAccounts().data?.items ?? [];
  const rules = useMoneyRules().data;
  const [holderId, setHolderId] = useState<string | undefined>(undefined);
  const [source, setSource] = useState<string | undefined>(undefined);
  const [amount, setAmount] = useState('');
  const [text, setText] = useState('');
  const write = useMoneyWrite(() => setAmount(''));
  const holder = accounts.find(account => account.id === holderId);
  const bank = accounts.find(account => account.kind === 'bank' && account.pot === holder?.pot);
  const amountFen = typedFen(amount);
  const isReady = holder !== undefined && bank !== undefined && source !== undefined && amountFen !== null;
  const send = (): void => {
    if (!isReady) return;
    const body = { pot: holder.pot, bankId: bank.id, source, at: new Date(now).toISOString(), text };
    write.mutate({ path: 'income', body: { ...body, holders: [{ accountId: holder.id, amountFen }] } });
  };
  return (
    <form className="money-form" onSubmit={event => event.preventDefault()}>
      <div className="money-fields">
        <Select
          {...(holderId === undefined ? {} : { value: holderId })}
          placeholder={t('money.holder')}
          onChange={value => {
            setHolderId(value);
            setSource(undefined);
          }}
          options={accounts
            .filter(account => account.kind === 'holder')
            .map(account => ({ value: account.id, label: account.name }))}
        />
        <Select
          {...(source === undefined ? {} : { value: source })}
          placeholder={t('money.source')}
          disabled={holder === undefined}
          onChange={setSource}
          options={(holder === undefined ? [] : (rules?.pots[holder.pot].sources ?? [])).map(each => ({
            value: each.code,
            label: each[lang],
          }))}
        />
        <Input
          value={amount}
          status={amount !== '' && amountFen === null ? 'error' : ''}
          placeholder={t('money.amount')}
          suffix={t('money.unit')}
          onChange={event => setAmount(event.target.value)}
        />
        <Input value={text} placeholder={t('money.text')} onChange={event => setText(event.target.value)} />
        <Button type="primary" disabled={!isReady} loading={write.isPending} onClick={send}>
          {t('money.bookIncome')}
        </Button>
      </div>
      {write.isError && <ProblemNote error={write.error} />}
    </form>
  );
}
