import { Button, DatePicker, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { RuleShape } from '@anmai/wire';
import type { Window } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { ZONE_AHEAD_MS } from '../text/format';
import { useWords } from '../text/language';
import { BacktestResult } from './backtest-result';
import { useCandidates, type useBacktest } from './rule-data';

const DAY_MS = 86_400_000;
type SpanName = 'day7' | 'day30' | 'day365' | 'own';
const DAYS: Readonly<Record<Exclude<SpanName, 'own'>, number>> = { day7: 7, day30: 30, day365: 365 };
/** As many as the server looks at in one backtest. */
const SENSORS_MAX = 100;

interface PaneProps {
  readonly draft: RuleShape;
  readonly backtest: ReturnType<typeof useBacktest>;
  /** What is shown is of an earlier draft. */
  readonly isStale: boolean;
}

/** Days of the city that were picked, as instants: both days included. */
const ofDays = (from: string, to: string): Window => ({
  from: Date.parse(`${from}T00:00:00Z`) - ZONE_AHEAD_MS,
  to: Date.parse(`${to}T00:00:00Z`) - ZONE_AHEAD_MS + DAY_MS,
});

/** Tries a draft on what is stored: which sensors, which time, and what would have been. */
export function BacktestPane({ draft, backtest, isStale }: PaneProps) {
  const { t } = useWords();
  const [sensorIds, setSensorIds] = useState<readonly string[]>(draft.appliesTo.sensorIds ?? []);
  const [span, setSpan] = useState<SpanName>('day30');
  const [days, setDays] = useState<readonly [string, string] | null>(null);
  const candidates = useCandidates(draft.appliesTo.quantity).data?.items ?? [];
  if (draft.condition.type === 'composite') return <p className="note">{t('test.composite')}</p>;
  const windowNow = (): Window | null => {
    if (span !== 'own') return { from: Date.now() - DAYS[span] * DAY_MS, to: Date.now() };
    return days === null ? null : ofDays(days[0], days[1]);
  };
  const run = (): void => {
    const window = windowNow();
    if (window !== null) backtest.mutate({ rule: draft, sensorIds, window });
  };
  const hasFaults = backtest.isError;
  return (
    <div className="backtest">
      <h3>{t('test.title')}</h3>
      <div className="backtest-ask">
        <Select
          mode="multiple"
          size="small"
          maxCount={SENSORS_MAX}
          maxTagCount="responsive"
          className="backtest-sensors"
          aria-label={t('test.sensors')}
          placeholder={t('test.sensorsAll')}
          value={[...sensorIds]}
          onChange={setSensorIds}
          options={candidates.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
        />
        <Segmented<SpanName>
          size="small"
          aria-label={t('test.window')}
          value={span}
          onChange={setSpan}
          options={(['day7', 'day30', 'day365', 'own'] as const).map(name => ({
            value: name,
            label: t(`test.${name}`),
          }))}
        />
        {span === 'own' && (
          <DatePicker.RangePicker
            size="small"
            onChange={(_, texts) => setDays(texts !== null && texts[0] !== '' ? [texts[0], texts[1]] : null)}
          />
        )}
        <Button
          data-testid="backtest-run"
          loading={backtest.isPending}
          disabled={span === 'own' && days === null}
          onClick={run}
        >
          {t(backtest.isPending ? 'test.running' : 'test.run')}
        </Button>
      </div>
      {hasFaults && <ProblemNote error={backtest.error} />}
      {isStale && <p className="note quiet">{t('test.stale')}</p>}
      {backtest.isSuccess && (
        <div className={isStale ? 'stale' : ''}>
          <BacktestResult
            key={backtest.submittedAt}
            reply={backtest.data}
            rule={backtest.variables.rule}
            window={backtest.variables.window}
            sensorIds={backtest.variables.sensorIds}
            sensors={candidates}
          />
        </div>
      )}
    </div>
  );
}
