import type { EChartsCoreOption } from 'echarts/core';
import type { Palette } from '../look/palette';
import { fullTime, readingText, valueText, wallTime, ZONE_AHEAD_MS } from '../text/format';
import { lonely, type Point } from './gaps';
import type { LimitLine } from './limits-of';

export interface ChartPicture {
  readonly points: readonly Point[];
  readonly doubtful: readonly Point[];
  readonly limits: readonly LimitLine[];
  readonly unit: string;
  readonly from: number;
  readonly to: number;
  readonly onsetAt: number | null;
  readonly words: {
    readonly onset: string;
    readonly doubtful: string;
    readonly severity: (limit: LimitLine) => string;
  };
}

const DAY_MS = 86_400_000;

/**
 * The time axis places its ticks by UTC or by the zone of the browser, never by a zone of choice. So instants are drawn
 * as if the clock of the city were UTC: ticks fall on its hours and midnights, wherever the page is looked at.
 */
export const onAxis = (at: number): number => at + ZONE_AHEAD_MS;
export const fromAxis = (x: number): number => x - ZONE_AHEAD_MS;
const placed = (points: readonly Point[]): Point[] => points.map(([at, value]) => [onAxis(at), value]);

/** Room for the values and, only where it does not crush them, for the limits. */
export function extentOf({ points, limits }: ChartPicture): { min: number; max: number } {
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]));
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (values.length === 0) return { min: 0, max: 1 };
  const reach = Math.max(high - low, Math.abs(high) * 0.1, 1e-6) * 4;
  const near = limits
    .map(limit => limit.value)
    .filter(value => value <= high + reach && value >= low - reach);
  const nearest = limits
    .map(limit => limit.value)
    .sort((a, b) => distance(a, low, high) - distance(b, low, high))[0];
  const all = [low, high, ...near, ...(nearest === undefined ? [] : [nearest])];
  const min = Math.min(...all);
  const max = Math.max(...all);
  const margin = Math.max(max - min, 1e-6) * 0.08;
  // A quantity that is never negative gets no axis below zero.
  return { min: min >= 0 ? Math.max(0, min - margin) : min - margin, max: max + margin };
}

const distance = (value: number, low: number, high: number): number =>
  value > high ? value - high : value < low ? low - value : 0;

function axisTime(at: number, spanMs: number): string {
  const wall = wallTime(at);
  if (wall.time === '00:00:00') return wall.monthDay;
  if (spanMs <= 20 * 60_000) return wall.time;
  return spanMs > 2 * DAY_MS ? `${wall.monthDay} ${wall.time.slice(0, 5)}` : wall.time.slice(0, 5);
}

function axes(picture: ChartPicture, palette: Palette): EChartsCoreOption {
  const line = { lineStyle: { color: palette.line } };
  const label = { color: palette.quiet, fontSize: 11 };
  return {
    xAxis: {
      type: 'time',
      min: onAxis(picture.from),
      max: onAxis(picture.to),
      axisLine: line,
      axisTick: line,
      splitLine: { show: false },
      axisLabel: {
        ...label,
        hideOverlap: true,
        formatter: (x: number) => axisTime(fromAxis(x), picture.to - picture.from),
      },
    },
    yAxis: {
      type: 'value',
      ...extentOf(picture),
      name: picture.unit,
      nameTextStyle: { ...label, align: 'right', padding: [0, 6, 0, 0] },
      nameGap: 10,
      splitNumber: 4,
      splitLine: line,
      axisLabel: { ...label, showMinLabel: false, showMaxLabel: false, formatter: valueText },
    },
  };
}

function marks(picture: ChartPicture, palette: Palette): object {
  const limits = picture.limits.map(limit => ({
    yAxis: limit.value,
    lineStyle: { color: palette.severity[limit.severity], type: 'solid', width: 1 },
    label: {
      formatter: `${picture.words.severity(limit)} ${valueText(limit.value)}`,
      position: 'insideStartTop',
    },
  }));
  const onset =
    picture.onsetAt === null || picture.onsetAt < picture.from
      ? []
      : [
          {
            xAxis: onAxis(picture.onsetAt),
            lineStyle: { color: palette.quiet, type: 'dashed', width: 1 },
            label: { formatter: picture.words.onset, position: 'end' },
          },
        ];
  return {
    silent: true,
    animation: false,
    symbol: 'none',
    label: { color: palette.quiet, fontSize: 11 },
    data: [...limits, ...onset],
  };
}

function tip(picture: ChartPicture, palette: Palette): object {
  return {
    trigger: 'axis',
    backgroundColor: palette.panel,
    borderColor: palette.line,
    textStyle: { color: palette.text, fontSize: 12 },
    axisPointer: { lineStyle: { color: palette.quiet }, animation: false },
    transitionDuration: 0,
    formatter: (items: readonly { readonly value: Point; readonly seriesIndex: number }[]) => {
      const item = items[0];
      if (!item) return '';
      const [x, value] = item.value;
      const doubt = items.some(other => other.seriesIndex === DOUBTFUL_SERIES)
        ? ` · ${picture.words.doubtful}`
        : '';
      return `${fullTime(fromAxis(x))}<br><b>${readingText(value)}</b> ${encodeHtml(picture.unit)}${doubt}`;
    },
  };
}

const encodeHtml = (text: string): string => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);

/** Place of the doubtful points among the series below. */
const DOUBTFUL_SERIES = 2;

/** The whole drawing. Values in the colour of text: colour is for the limits. */
export function chartOption(picture: ChartPicture, palette: Palette): EChartsCoreOption {
  return {
    animation: false,
    useUTC: true,
    grid: { left: 52, right: 12, top: 24, bottom: 24 },
    tooltip: tip(picture, palette),
    ...axes(picture, palette),
    dataZoom: [{ type: 'inside', filterMode: 'none', minValueSpan: 60_000, throttle: 60 }],
    series: [
      {
        type: 'line',
        data: placed(picture.points),
        showSymbol: picture.points.length < 60,
        symbol: 'circle',
        symbolSize: 3,
        connectNulls: false,
        lineStyle: { color: palette.text, width: 1.2 },
        itemStyle: { color: palette.text },
        markLine: marks(picture, palette),
      },
      {
        type: 'scatter',
        data: placed(lonely(picture.points)),
        symbol: 'circle',
        symbolSize: 2.5,
        itemStyle: { color: palette.text },
        silent: true,
        tooltip: { show: false },
      },
      {
        type: 'scatter',
        data: placed(picture.doubtful),
        symbol: 'circle',
        symbolSize: 7,
        itemStyle: { color: palette.panel, borderColor: palette.text, borderWidth: 1.2 },
      },
    ],
  };
}
