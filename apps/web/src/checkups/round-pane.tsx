import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { PlanShape, RoundsShape } from '@anmai/wire';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import { useAgencies, useDueCounts, useMakeRound, usePreview, useRounds } from './checkup-data';

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

/** A round is looked at before it is written: by agency and month, and what finds no place. */
export function RoundPane() {
  const { t } = useWords();
  const today = useDueCounts().data;
  const now = today?.today ?? '';
  const [year, setYear] = useState<number | null>(null);
  const [streets, setStreets] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const preview = usePreview();
  const make = useMakeRound();
  const chosenYear = year ?? (now === '' ? null : Number(now.slice(0, 4)) + 1);
  if (chosenYear === null) return null;
  const monthFrom = String(chosenYear) === now.slice(0, 4) ? Number(now.slice(5, 7)) : 1;
  const filter = { year: chosenYear, monthFrom, streets };
  const title = name === '' ? t('chk.roundName', { year: chosenYear }) : name;
  const all = [...new Set((today?.items ?? []).map(each => each.street))].filter(street => street !== '');
  return (
    <section className="round-pane" data-testid="round-pane">
      <div className="due-filter">
        <InputNumber size="small" aria-label={t('chk.year')} value={chosenYear} min={2000} max={2200} onChange={setYear} />
        <Select
          size="small"
          mode="multiple"
          className="round-streets"
          aria-label={t('col.street')}
          placeholder={t('chk.allStreets')}
          value={[...streets]}
          onChange={setStreets}
          options={all.map(value => ({ value, label: value }))}
        />
        <Button size="small" loading={preview.isPending} data-testid="round-preview" onClick={() => preview.mutate(filter)}>
          {t('chk.preview')}
        </Button>
      </div>
      {preview.isError && <ProblemNote error={preview.error} />}
      {preview.data !== undefined && (
        <>
          <PlanTable plan={preview.data} />
          <div className="due-filter">
            <Input size="small" aria-label={t('chk.name')} value={title} onChange={event => setName(event.target.value)} />
            <Button
              size="small"
              type="primary"
              data-testid="round-make"
              disabled={preview.data.planned === 0}
              loading={make.isPending}
              onClick={() => make.mutate({ ...filter, name: title }, { onSuccess: () => preview.reset() })}
            >
              {t('chk.makeRound', { n: preview.data.planned })}
            </Button>
          </div>
        </>
      )}
      {make.isError && <ProblemNote error={make.error} />}
      <Rounds rounds={useRounds().data ?? []} />
    </section>
  );
} // prettier-ignore

function PlanTable({ plan }: { readonly plan: PlanShape }) {
  const { t } = useWords();
  const agencies = useAgencies().data ?? [];
  const nameOf = (id: string): string => agencies.find(agency => agency.id === id)?.name ?? id;
  const left = plan.noAgency + plan.noCapacity;
  return (
    <>
      <p data-testid="plan-summary">
        {t('chk.planned', { n: plan.planned })}
        {plan.late > 0 && <b> {t('chk.late', { n: plan.late })}</b>}
        {left > 0 && <b> {t('chk.unplanned', { noAgency: plan.noAgency, noCapacity: plan.noCapacity })}</b>}
      </p>
      <table className="plan-table">
        <thead>
          <tr>
            <th>{t('chk.agency')}</th>
            {MONTHS.map(month => (
              <th key={month} className="num">
                {t('chk.month', { month })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.byAgency.map(({ agencyId, months, capacity }) => (
            <tr key={agencyId} data-agency={agencyId}>
              <td>{nameOf(agencyId)}</td>
              {months.map((count, i) => (
                <td key={i} className={count === 0 ? 'num quiet' : 'num'}>
                  {count}
                  <span className="quiet">/{capacity[i]}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Rounds({ rounds }: { readonly rounds: RoundsShape['items'] }) {
  const { t } = useWords();
  if (rounds.length === 0) return null;
  return (
    <>
      <h3>{t('chk.rounds')}</h3>
      <ul className="round-list">
        {rounds.map(({ id, name, states }) => (
          <li key={id} data-round={id}>
            <b>{name}</b>
            {Object.entries(states).map(([state, count]) => (
              <span key={state}>
                {t(`chkState.${state}` as 'chkState.planned')} <span className="num">{count}</span>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
