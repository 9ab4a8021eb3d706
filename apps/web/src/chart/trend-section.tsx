import { Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useAssets, useRules, useSensor } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { useWords } from '../text/language';
import type { TextKey } from '../text/words';
import { limitsOf } from './limits-of';

const SensorChart = lazy(() => import('./sensor-chart'));

const HOUR_MS = 3_600_000;
export type SpanName = 'hour1' | 'hour6' | 'hour24' | 'day7' | 'day30';
export const SPANS_MS: Readonly<Record<SpanName, number>> = {
  hour1: HOUR_MS,
  hour6: 6 * HOUR_MS,
  hour24: 24 * HOUR_MS,
  day7: 7 * 24 * HOUR_MS,
  day30: 30 * 24 * HOUR_MS,
};
const SPANS = Object.keys(SPANS_MS) as SpanName[];

/** The shortest range that shows the onset with some time before it. */
function spanFor(onsetAt: number | null): SpanName {
  const ageMs = onsetAt === null ? 0 : Date.now() - onsetAt;
  return SPANS.find(span => span !== 'hour1' && SPANS_MS[span] > ageMs * 1.2) ?? 'day30';
}

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
  const span = chosen ?? spanFor(onsetAt);
  const sensor = query.data;
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
