import { Button, Checkbox, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { typedFen } from './fen-text';
import { useAccounts, useMoneyRules, useMoneyWrite } from './money-data';

type Pot = 'public' | 'individual';
interface Draft {
  readonly pot: Pot;
  readonly use: string | undefined;
  readonly amount: string;
  readonly payee: string;
  readonly reason: string;
  readonly holderId: string | undefined;
  readonly buildingId: string;
  readonly isEmergency: boolean;
}
const EMPTY: Draft = {
  pot: 'public',
  use: undefined,
  amount: '',
  payee: '',
  reason: '',
  holderId: undefined,
  buildingId: '',
  isEmergency: false,
};

/** Asks for spending from one account, for one building or none in particular. Only permitted uses are offered. */
export function AskForm({ onDone }: { readonly onDone: () => void }) {
  const { t, lang } = useWords();
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const rules = useMoneyRules().data;
  const accounts = useAccounts().data?.items ?? [];
  const write = useMoneyWrite(onDone);
  const set = (change: Partial<Draft>): void => setDraft({ ...draft, ...change });
  const holders = accounts.filter(account => account.pot === draft.pot && account.kind === 'holder');
  const amountFen = typedFen(draft.amount);
  const isReady =
    draft.use !== undefined &&
    amountFen !== null &&
    draft.payee !== '' &&
    draft.reason !== '' &&
    draft.holderId !== undefined;
  const send = (): void => {
    const { pot, use, payee, reason, isEmergency } = draft;
    const holder = { accountId: draft.holderId, amountFen };
    const buildings = draft.buildingId === '' ? [] : [{ buildingId: draft.buildingId, amountFen }];
    write.mutate({
      path: 'requests',
      body: { pot, use, amountFen, payee, reason, isEmergency, holders: [holder], buildings },
    });
  };
  return (
    <form className="money-form" data-testid="ask-form" onSubmit={event => event.preventDefault()}>
      <Segmented<Pot>
        value={draft.pot}
        onChange={pot => set({ pot, use: undefined, holderId: undefined })}
        options={(['public', 'individual'] as const).map(value => ({
          value,
          label: t(`money.potShort.${value}` as TextKey),
        }))}
      />
      <div className="money-fields">
        <Select
          {...(draft.use === undefined ? {} : { value: draft.use })}
          placeholder={t('money.use')}
          onChange={use => set({ use })}
          options={(rules?.pots[draft.pot].uses ?? []).map(use => ({ value: use.code, label: use[lang] }))}
        />
        <Input
          value={draft.amount}
          status={draft.amount !== '' && amountFen === null ? 'error' : ''}
          placeholder={t('money.amount')}
          suffix={t('money.unit')}
          onChange={event => set({ amount: event.target.value })}
        />
        <Select
          {...(draft.holderId === undefined ? {} : { value: draft.holderId })}
          placeholder={t('money.holder')}
          onChange={holderId => set({ holderId })}
          options={holders.map(account => ({ value: account.id, label: account.name }))}
        />
        <Input
          value={draft.payee}
          placeholder={t('money.payee')}
          onChange={event => set({ payee: event.target.value })}
        />
        <Input
          value={draft.buildingId}
          placeholder={t('money.building')}
          onChange={event => set({ buildingId: event.target.value.trim() })}
        />
      </div>
      <Input.TextArea
        rows={2}
        value={draft.reason}
        placeholder={t('money.reason')}
        onChange={event => set({ reason: event.target.value })}
      />
      {draft.pot === 'individual' && (
        <Checkbox checked={draft.isEmergency} onChange={event => set({ isEmergency: event.target.checked })}>
          {t('money.emergencyHint')}
        </Checkbox>
      )}
      <div className="step-buttons">
        <Button
          type="primary"
          disabled={!isReady}
          loading={write.isPending}
          onClick={send}
          data-testid="ask-send"
        >
          {t('money.askSend')}
        </Button>
        <Button onClick={onDone}>{t('money.cancel')}</Button>
      </div>
      {write.isError && <ProblemNote error={write.error} />}
    </form>
  );
}
