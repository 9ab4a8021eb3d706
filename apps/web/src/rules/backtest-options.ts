import type { EChartsCoreOption } from 'echarts/core';
import type { Severity } from '@anmai/catalog';
import type { BacktestReply } from '@anmai/wire';
import { chartOption, onAxis, type ChartPicture } from '../chart/chart-option';
import type { Palette } from '../look/palette';
import { wallTime } from '../text/format';
import type { DayCount } from './backtest-view';

type Spell = BacktestReply['alarms'][number];

/** Alarms a day: the rule in force beside the draft. */
export function dayOption(
  counts: readonly DayCount[],
  names: { readonly draft: string; readonly inForce: string },
  palette: Palette,
): EChartsCoreOption {
  const label = { color: palette.quiet, fontSize: 11 };
  const line = { lineStyle: { color: palette.line } };
  const bars = (name: string, values: readonly number[], itemStyle: object): object => ({
    type: 'bar', name, data: values, itemStyle, barMaxWidth: 14, barGap: '10%',
  }); // prettier-ignore
  return {
    animation: false,
    grid: { left: 40, right: 12, top: 28, bottom: 22 },
    legend: { top: 0, left: 40, itemWidth: 12, itemHeight: 8, textStyle: label },
    tooltip: {
      trigger: 'axis',
      backgroundColor: palette.panel,
      borderColor: palette.line,
      textStyle: { color: palette.text, fontSize: 12 },
    },
    xAxis: {
      type: 'category',
      data: counts.map(({ day }) => wallTime(day).monthDay),
      axisLabel: { ...label, hideOverlap: true },
      axisLine: line,
      axisTick: { show: false },
    },
    yAxis: { type: 'value', minInterval: 1, splitNumber: 3, axisLabel: label, splitLine: line },
    series: [
      bars(names.inForce, counts.map(count => count.inForce), { color: palette.quiet }),
      bars(names.draft, counts.map(count => count.draft), { color: palette.accent }),
    ],
  }; // prettier-ignore
}

/** Height of a lane of alarms below the curve. */
const LANE_PX = 18;

/** The curve with its limits, and below it, on the same time, the alarms of both as bands in their colours. */
export function curveOption(
  picture: ChartPicture,
  lanes: readonly { readonly name: string; readonly spells: readonly Spell[] }[],
  palette: Palette,
): EChartsCoreOption {
  const base = chartOption(picture, palette) as {
    readonly xAxis: object;
    readonly yAxis: object;
    readonly series: readonly object[];
  };
  const height = lanes.length * LANE_PX;
  const onLanes = { min: onAxis(picture.from), max: onAxis(picture.to), type: 'time', gridIndex: 1, show: false };
  return {
    ...base,
    grid: [
      { left: 64, right: 12, top: 24, bottom: height + 40 },
      { left: 64, right: 12, height, bottom: 8 },
    ],
    xAxis: [base.xAxis, onLanes],
    yAxis: [
      base.yAxis,
      {
        type: 'category',
        gridIndex: 1,
        inverse: true,
        data: lanes.map(lane => lane.name),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: palette.quiet, fontSize: 11 },
        splitArea: { show: true, areaStyle: { color: [palette.ground, palette.panel] } },
      },
    ],
    dataZoom: [{ type: 'inside', xAxisIndex: [0, 1], filterMode: 'none', minValueSpan: 60_000, throttle: 60 }],
    series: [...base.series, ...lanes.flatMap(lane => bandsOf(lane.name, lane.spells, picture.to, palette))],
  };
} // prettier-ignore

const SEVERITIES: readonly Severity[] = ['blue', 'yellow', 'orange', 'red'];

/** One series a severity: thick strokes from raise to clear, with a gap between two. */
function bandsOf(name: string, spells: readonly Spell[], to: number, palette: Palette): object[] {
  return SEVERITIES.map(severity => ({
    type: 'line',
    xAxisIndex: 1,
    yAxisIndex: 1,
    silent: true,
    symbol: 'rect',
    symbolSize: [3, 10],
    connectNulls: false,
    tooltip: { show: false },
    lineStyle: { width: 10, color: palette.severity[severity], cap: 'butt' },
    itemStyle: { color: palette.severity[severity] },
    data: spells
      .filter(spell => spell.severity === severity)
      .flatMap(({ raisedAt, clearedAt }) => [
        [onAxis(Date.parse(raisedAt)), name],
        [onAxis(clearedAt === null ? to : Date.parse(clearedAt)), name],
        [onAxis(clearedAt === null ? to : Date.parse(clearedAt)), null],
      ]),
  }));
}
