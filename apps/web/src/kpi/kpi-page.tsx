import { Segmented } from 'antd';
import { useState } from 'react';
import type { KpiReply, KpiShape } from '@anmai/wire';
import { useKpi } from '../incidents/incident-data';
import { PaneSkeleton, ProblemNote } from '../shell/notes';
import { valueText } from '../text/format';
import { useWords } from '../text/language';
import { kpiText } from './kpi-text';

const SPANS_DAYS = [1, 7, 30, 90] as const;

/** How well the alarms serve those who answer them: each figure with its target and how far that can be trusted. */
export function KpiPage() {
  const { t } = useWords();
  const [days, setDays] = useState<number>(30);
  const query = useKpi(days);
  return (
    <main className="pane page" data-testid="kpi-page">
      <div className="page-head">
        <h2>{t('page.kpi')}</h2>
        <span className="quiet">{t('kpi.intro')}</span>
        <Segmented<number>
          size="small"
          value={days}
          onChange={setDays}
          options={SPANS_DAYS.map(value => ({ value, label: t('kpi.days', { n: value }) }))}
        />
      </div>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <PaneSkeleton />}
      {query.data && <Figures items={query.data.items} />}
      {query.data && <BadActors reply={query.data} />}
    </main>
  );
}

function Figures({ items }: { readonly items: readonly KpiShape[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <table className="plain kpi-table">
      <thead>
        <tr>
          <th>{t('kpi.figure')}</th>
          <th className="right">{t('col.value')}</th>
          <th>{t('kpi.status')}</th>
          <th>{t('kpi.target')}</th>
          <th>{t('kpi.source')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <tr
            key={`${item.name} ${item.of}`}
            data-testid="kpi-row"
            data-kpi={item.name}
            data-status={item.status}
          >
            <td>
              {words.named('kpi', item.name)}
              {item.of !== null && item.of !== '*' && <span className="quiet"> {item.of}</span>}
            </td>
            <td className="num right">{kpiText(words, item)}</td>
            <td>
              <span className={`kpi-status ${item.status}`}>{t(`kpi.${item.status}`)}</span>
            </td>
            <td>{words.named('target', item.name)}</td>
            <td className="quiet">
              {t(`grade.${item.target.grade}`)}
              {item.target.source.kind === 'assumption' &&
                ` · ${t('why.reviewBy', { day: item.target.source.reviewBy })}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BadActors({ reply }: { readonly reply: KpiReply }) {
  const { t } = useWords();
  if (reply.badActors.length === 0) return null;
  return (
    <section className="kpi-actors">
      <h3>{t('kpi.badActorList')}</h3>
      <table className="plain kpi-table">
        <tbody>
          {reply.badActors.map(actor => (
            <tr key={`${actor.ruleId} ${actor.sensorId}`}>
              <td>{actor.sensorId}</td>
              <td className="quiet">{actor.ruleId}</td>
              <td className="num right">{actor.activations}</td>
              <td className="num right">{valueText(Math.round(actor.share * 1_000) / 10)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
