import { LineChart, ScatterChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReadingShape, SensorShape } from '@anmai/wire';
import { useLiveRows } from '../assets/latest';
import { usePalette } from '../look/theme';
import { useSeries, type Window } from '../session/data';
import { ProblemNote } from '../shell/notes';
import { unitText } from '../text/format';
import { useWords } from '../text/language';
import { chartOption, fromAxis } from './chart-option';
import { doubtful, gapMs, spliced, withGaps } from './gaps';
import type { LimitLine } from './limits-of';

use([
  LineChart,
  ScatterChart,
  GridComponent,
  TooltipComponent,
  DataZoomComponent,
  MarkLineComponent,
  CanvasRenderer,
]);

const POINTS = 1_000;
/** A new window is asked for once the wheel has rested this long. */
const REST_MS = 250;
/** The overview is loaded anew when live readings have pushed it this share of its width to the left. */
const DRIFT_SHARE = 0.25;

interface ChartProps {
  readonly sensor: SensorShape;
  readonly limits: readonly LimitLine[];
  readonly spanMs: number;
  readonly onsetAt: number | null;
}

/** Rows to draw: the overview, finer rows where zoomed, and what came live. */
function useRows({ sensor, spanMs }: ChartProps, zoom: Window | null) {
  const [base, setBase] = useState<Window>(() => ({ from: Date.now() - spanMs, to: Date.now() }));
  const overview = useSeries(sensor.id, 'overview', base, POINTS);
  const detail = useSeries(sensor.id, 'detail', zoom, POINTS);
  const live = useLiveRows(sensor.id);
  const lastLiveAt = Date.parse(live.at(-1)?.at ?? '') || 0;
  const to = Math.max(base.to, lastLiveAt);

  useEffect(() => {
    if (to - base.to > spanMs * DRIFT_SHARE) setBase({ from: to - spanMs, to });
  }, [to, base, spanMs]);

  const rows = useMemo(() => {
    let all: readonly ReadingShape[] = overview.data?.rows ?? [];
    if (zoom && detail.data && !detail.isPlaceholderData)
      all = spliced(all, detail.data.rows, zoom.from, zoom.to);
    const lastAt = Date.parse(all.at(-1)?.at ?? '') || to - spanMs;
    return [...all, ...live.filter(row => Date.parse(row.at) > lastAt)];
  }, [overview.data, detail.data, detail.isPlaceholderData, zoom, live, to, spanMs]);
  const source = (zoom ? detail.data?.source : undefined) ?? overview.data?.source ?? 'raw';
  return { rows, source, window: { from: to - spanMs, to }, overview };
}

/** Reports the window after each zoom, once it rests; null: the whole range. */
function useZoom(chart: EChartsType | null, window: Window, onZoom: (zoom: Window | null) => void): void {
  const whole = useRef(window);
  useEffect(() => {
    whole.current = window;
  });
  useEffect(() => {
    if (!chart) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = (): void => {
      const option = chart.getOption() as { dataZoom?: readonly { startValue: number; endValue: number }[] };
      const zoom = option.dataZoom?.[0];
      if (!zoom) return;
      const { from, to } = whole.current;
      const all = zoom.endValue - zoom.startValue > (to - from) * 0.98;
      onZoom(
        all ? null : { from: fromAxis(Math.floor(zoom.startValue)), to: fromAxis(Math.ceil(zoom.endValue)) },
      );
    };
    chart.on('datazoom', () => {
      clearTimeout(timer);
      timer = setTimeout(read, REST_MS);
    });
    return () => clearTimeout(timer);
  }, [chart, onZoom]);
}

export default function SensorChart(props: ChartProps) {
  const { sensor, limits, onsetAt, spanMs } = props;
  const { t } = useWords();
  const palette = usePalette();
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [zoom, setZoom] = useState<Window | null>(null);
  const { rows, source, window, overview } = useRows(props, zoom);
  useZoom(chart, window, setZoom);

  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current);
    const sizes = new ResizeObserver(() => made.resize());
    sizes.observe(box.current);
    setChart(made);
    return () => {
      sizes.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    const spacing = { expectedEveryMs: sensor.expectedEverySeconds * 1_000, points: POINTS };
    const windowMs = zoom ? zoom.to - zoom.from : spanMs;
    const option = chartOption(
      {
        points: withGaps(rows, gapMs({ ...spacing, source, windowMs })),
        doubtful: doubtful(rows),
        limits,
        unit: unitText(sensor.unit),
        from: window.from,
        to: window.to,
        onsetAt,
        words: {
          onset: t('chart.onset'),
          doubtful: t('chart.doubtful'),
          severity: limit => t(`severity.${limit.severity}`),
        },
      },
      palette,
    );
    // The zoom is the reader's; new rows must not undo it.
    const { dataZoom, ...rest } = option;
    chart?.setOption(chart.getOption()?.['dataZoom'] ? rest : option);
    void dataZoom;
  });

  const empty = overview.isSuccess && rows.length === 0;
  return (
    <>
      <div className="chart-frame">
        <div
          ref={box}
          className="chart-box"
          data-testid="sensor-chart"
          data-sensor-id={sensor.id}
          data-rows={rows.length}
        />
        {(empty || overview.isPending) && (
          <p className="chart-note quiet">{t(empty ? 'chart.empty' : 'chart.loading')}</p>
        )}
      </div>
      {overview.isError && <ProblemNote error={overview.error} onRetry={() => void overview.refetch()} />}
      <p className="chart-source quiet">
        {source === 'raw' ? t('chart.raw') : t('chart.rollup', { width: t(`width.${source}`) })}
        {zoom && (
          <Button
            size="small"
            type="link"
            onClick={() => chart?.dispatchAction({ type: 'dataZoom', start: 0, end: 100 })}
          >
            {t('chart.reset')}
          </Button>
        )}
      </p>
    </>
  );
}
