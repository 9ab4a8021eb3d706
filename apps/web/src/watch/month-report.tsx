import { Button, Table } from 'antd';
import { useState } from 'react';
import type { WatchPlanShape, WatchReportShape } from '@anmai/wire';
import { SeverityMark } from '../look/severity-mark';
import { useNow } from '../shell/now';
import { ProblemNote } from '../shell/notes';
import { fullTime, valueText } from '../text/format';
import { useWords } from '../text/language';
import { useReportPdf, useWatchReport } from './watch-data';

const HOUR_MS = 3_600_000;
const monthOf = (now: number): string => new Date(now + 8 * HOUR_MS).toISOString().slice(0, 7);

/** What the month has shown, and the report as PDF. */
export function MonthReport({ plan }: { readonly plan: WatchPlanShape }) {
  const words = useWords();
  const { t } = words;
  const now = useNow(HOUR_MS);
  const [month, setMonth] = useState(monthOf(plan.endedAt === null ? now : Date.parse(plan.endedAt)));
  const query = useWatchReport(plan.id, month);
  const pdf = useReportPdf();
  return (
    <section data-testid="watch-report">
      <div className="building-head">
        <h3>{t('wat.report')}</h3>
        <input
          type="month"
          className="wall"
          aria-label={t('wat.month')}
          value={month}
          onChange={event => event.target.value !== '' && setMonth(event.target.value)}
        />
        <Button
          size="small"
          data-testid="watch-pdf"
          loading={pdf.isPending}
          onClick={() => pdf.mutate({ buildingId: plan.buildingId, month, language: words.lang })}
        >
          {t('wat.pdf')}
        </Button>
      </div>
      {pdf.isError && <ProblemNote error={pdf.error} />}
      {query.isError && <ProblemNote error={query.error} />}
      {query.data !== undefined && <Shown report={query.data} plan={plan} />}
    </section>
  );
}

function Shown({ report, plan }: { readonly report: WatchReportShape; readonly plan: WatchPlanShape }) {
  const words = useWords();
  const { t } = words;
  const items = new Map(plan.items.map(item => [item.id, item]));
  return (
    <>
      <p className={`watch-verdict verdict-${report.verdict}`} data-verdict={report.verdict}>
        {report.worst !== null && <SeverityMark severity={report.worst} fill="solid" size={14} />}
        <b>{t(`watVerdict.${report.verdict}`)}</b>
        <span className="quiet">
          {fullTime(report.from).slice(0, 16)} – {fullTime(report.to).slice(0, 16)} · {t('wat.alarms', { n: report.alarms.length })} ·{' '}
          {t('wat.noGrade')}
        </span>
      </p>
      <Table
        size="small"
        rowKey={row => `${row.itemId}${row.sensorId}`}
        pagination={false}
        dataSource={report.sensors}
        columns={[
          { title: t('wat.sensor'), dataIndex: 'sensorId' },
          { title: t('wat.coverage'), width: 110, align: 'right', render: (_, row) => <span className={row.coverage < 0.8 ? 'hatched-word num' : 'num'}>{(row.coverage * 100).toFixed(1)} %</span> },
          { title: t('wat.min'), width: 90, align: 'right', render: (_, row) => <span className="num">{valueText(row.min?.value ?? null)}</span> },
          { title: t('wat.max'), width: 90, align: 'right', render: (_, row) => <span className="num">{valueText(row.max?.value ?? null)}</span> },
          { title: t('wat.perMonth'), width: 110, align: 'right', render: (_, row) => <span className="num">{valueText(row.perMonth)}</span> },
          { title: t('wat.unit'), width: 80, render: (_, row) => <span className="quiet">{items.get(row.itemId)?.unit ?? ''}</span> },
          { title: t('wat.state'), width: 90, render: (_, row) => (row.worst === null ? t(row.readings === 0 ? 'wat.unseen' : 'wat.normal') : <span className="with-mark"><SeverityMark severity={row.worst} fill="solid" size={12} />{t(`severity.${row.worst}`)}</span>) },
        ]}
      />
    </>
  );
} // prettier-ignore
