import { lazy, Suspense, useMemo } from 'react';
import type { BacktestReply, RuleShape } from '@anmai/wire';
import { doubtful, gapMs, withGaps } from '../chart/gaps';
import { limitsOn } from '../chart/limits-of';
import { usePalette } from '../look/theme';
import { useSensor, useSeries, type Window } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { unitText } from '../text/format';
import { useWords } from '../text/language';
import { curveOption } from './backtest-options';

const EChart = lazy(() => import('../chart/e-chart'));
const POINTS = 1_000;

interface SectionProps {
  readonly sensorId: string;
  readonly rule: RuleShape;
  readonly window: Window;
  readonly lanes: readonly { readonly name: string; readonly spells: BacktestReply['alarms'] }[];
}

/** The curve of one sensor over the backtest, the draft's limits, and when either rule would have had an alarm. */
export function CurveSection({ sensorId, rule, window, lanes }: SectionProps) {
  const { t } = useWords();
  const palette = usePalette();
  const sensor = useSensor(sensorId).data;
  const series = useSeries(sensorId, 'backtest', window, POINTS);
  const option = useMemo(() => {
    if (!sensor || !series.data || series.isPlaceholderData) return null;
    const { rows, source } = series.data;
    const spacing = { expectedEveryMs: sensor.expectedEverySeconds * 1_000, points: POINTS, source };
    const picture = {
      points: withGaps(rows, gapMs({ ...spacing, windowMs: window.to - window.from })),
      doubtful: doubtful(rows),
      limits: limitsOn(sensor, rule),
      unit: unitText(sensor.unit),
      ...window,
      onsetAt: null,
      words: {
        onset: '',
        doubtful: t('chart.doubtful'),
        severity: (limit: { severity: 'blue' | 'yellow' | 'orange' | 'red' }) =>
          t(`severity.${limit.severity}`),
      },
    };
    return curveOption(picture, lanes, palette);
  }, [sensor, series.data, series.isPlaceholderData, window, rule, lanes, palette, t]);
  if (series.isError) return <ProblemNote error={series.error} onRetry={() => void series.refetch()} />;
  return (
    <Suspense fallback={<div className="chart-box skeleton" />}>
      {option === null ? (
        <div className="chart-box skeleton" />
      ) : (
        <EChart testId="backtest-curve" option={option} count={series.data?.rows.length ?? 0} />
      )}
    </Suspense>
  );
}
