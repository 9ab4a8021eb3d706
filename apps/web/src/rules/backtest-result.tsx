import { Select, Table, type TableColumnsType } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { BacktestReply, RuleShape, SensorShape } from '@anmai/wire';
import { SeverityMark } from '../look/severity-mark';
import { usePalette } from '../look/theme';
import type { Window } from '../session/data';
import { fullTime } from '../text/format';
import { useWords } from '../text/language';
import { dayOption } from './backtest-options';
import { dayCounts, diffRows, inForceOf, type DiffRow } from './backtest-view';
import { CurveSection } from './curve-section';

const EChart = lazy(() => import('../chart/e-chart'));

interface ResultProps {
  readonly reply: BacktestReply;
  readonly rule: RuleShape;
  readonly window: Window;
  readonly sensorIds: readonly string[];
  readonly sensors: readonly SensorShape[];
}

/** What a draft would have raised, against the rule in force. Nothing looked at never reads as nothing wrong. */
export function BacktestResult({ reply, rule, window, sensorIds, sensors }: ResultProps) {
  const { t } = useWords();
  const palette = usePalette();
  const { against } = reply;
  const days = useMemo(() => dayCounts(reply, window.from, window.to), [reply, window]);
  const names = { draft: t('rule.draft'), inForce: t('rule.inForce') };
  const option = useMemo(
    () => dayOption(days, { draft: names.draft, inForce: names.inForce }, palette),
    [days, names.draft, names.inForce, palette],
  );
  const withAlarms = [...new Set([...reply.alarms, ...(against?.gone ?? [])].map(spell => spell.sensorId))];
  const curves = [...new Set([...withAlarms, ...sensorIds, ...sensors.map(sensor => sensor.id)])];
  const [curve, setCurve] = useState<string | null>(null);
  const shown = curve ?? curves[0] ?? null;
  const inForce = useMemo(() => inForceOf(reply), [reply]);
  const of = <T extends { readonly sensorId: string }>(spells: readonly T[]): T[] =>
    spells.filter(spell => spell.sensorId === shown);
  return (
    <div data-testid="backtest-result">
      <p className="backtest-figures num">
        <b>
          {t('test.figures', {
            came: against?.came.length ?? reply.alarms.length,
            gone: against?.gone.length ?? 0,
            changed: against?.changed.length ?? 0,
            same: against?.same ?? 0,
          })}
        </b>
        <span className="quiet">
          {against !== null && `${t('test.against', { n: against.ruleVersion })} · `}
          {t('test.seen', { sensors: reply.sensors, readings: reply.readings })}
        </span>
      </p>
      {reply.readings === 0 && <p className="blind-note">{t('test.noReadings')}</p>}
      {reply.truncated && <p className="blind-note">{t('test.truncated')}</p>}
      {reply.faults.length > 0 && (
        <p className="blind-note">
          {t('test.faults', { n: reply.faults.length, why: reply.faults[0]?.reason ?? '' })}
        </p>
      )}
      <div className="rule-columns">
        <section>
          <h3>{t('test.perDay')}</h3>
          <Suspense fallback={<div className="chart-box skeleton" />}>
            <EChart testId="backtest-days" option={option} count={reply.alarms.length} />
          </Suspense>
        </section>
        <section>
          <div className="trend-head">
            <h3>{t('test.curve')}</h3>
            <Select
              size="small"
              showSearch
              className="backtest-curve-sensor"
              aria-label={t('col.sensor')}
              value={shown}
              onChange={setCurve}
              options={curves.map(id => ({ value: id, label: id }))}
            />
          </div>
          {shown !== null && (
            <CurveSection
              sensorId={shown}
              rule={rule}
              window={window}
              lanes={[
                { name: names.inForce, spells: of(inForce) },
                { name: names.draft, spells: of(reply.alarms) },
              ]}
            />
          )}
        </section>
      </div>
      <Differences rows={diffRows(reply)} />
    </div>
  );
}

function Differences({ rows }: { readonly rows: readonly DiffRow[] }) {
  const { t } = useWords();
  const spell = (of: DiffRow['after']) =>
    of && (
      <span className="with-mark num">
        <SeverityMark severity={of.severity} fill="solid" size={12} />
        {fullTime(of.raisedAt)} – {of.clearedAt === null ? t('test.still') : fullTime(of.clearedAt)}
      </span>
    );
  const columns: TableColumnsType<DiffRow> = [
    { title: t('col.change'), width: 80, render: (_, row) => t(`test.${row.what}`) },
    { title: t('col.sensor'), width: 200, render: (_, row) => (row.after ?? row.before)?.sensorId },
    { title: t('col.before'), render: (_, row) => spell(row.before) },
    { title: t('col.after'), render: (_, row) => spell(row.after) },
  ];
  return (
    <Table
      size="small"
      rowKey="key"
      columns={columns}
      dataSource={[...rows]}
      pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }}
      locale={{ emptyText: t('test.noDiff') }}
    />
  );
}
