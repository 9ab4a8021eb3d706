import { Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useAssets, useRules, useSensor } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { limitsOf } from './limits-of';
import { spanFor, SPANS, SPANS_MS, type SpanName } from './spans';

const SensorChart = lazy(() => import('./sensor-chart'));

interface SectionProps {
  readonly sensorId: string;
  readonly onsetAt: number | null;
}

/** The trend of one sensor with its range switch. The chart library comes when it is first needed. */
export function TrendSection({ sensorId, onsetAt }: SectionProps) {
  const { t } = useWords();
  const query = useSensor(sensorId);
  const assets = useAssets().data?.items;
  const rules = useRules().data?.items ?? [];
  const [chosen, setChosen] = useState<SpanName | null>(null);
  const [openedAt] = useState(Date.now);
  const sensor = query.data;
  // By the time of opening: a range that changes by itself while it is read is a different picture.
  const span = chosen ?? spanFor(onsetAt, openedAt, sensor?.expectedEverySeconds ?? 0);
  const asset = assets?.find(item => item.id === sensor?.assetId);
  return (
    <section className="trend">
      <div className="trend-head">
        <h3>{t('detail.trend')}</h3>
        <Segmented<SpanName>
          size="small"
          aria-label={t('chart.span')}
          value={span}
          onChange={setChosen}
          options={SPANS.map(name => ({ value: name, label: t(`chart.${name}` satisfies TextKey) }))}
        />
      </div>
      {query.isError && <ProblemNote error={query.error} onRetry={() => void query.refetch()} />}
      <Suspense fallback={<div className="chart-box skeleton" />}>
        {sensor ? (
          <SensorChart
            key={`${sensor.id} ${span}`}
            sensor={sensor}
            limits={limitsOf(sensor, asset, rules)}
            spanMs={SPANS_MS[span]}
            onsetAt={onsetAt}
          />
        ) : (
          <div className="chart-box skeleton" />
        )}
      </Suspense>
    </section>
  );
}
