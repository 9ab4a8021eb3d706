import type { ChartLimit, ChartSeries, LineChartBlock } from '../doc';
import { timeTicks, valueTicks } from '../chart/scale';
import { runsOf, thinned } from '../chart/strokes';
import { BODY_WIDTH, INK, LINE, MARGIN, MARK_COLOURS, QUIET, RULE, STROKES } from './look';
import { drawMark } from './marks';
import type { Paper } from './paper';

const HEIGHT = 170;
const AXIS_LEFT = 44;
const AXIS_RIGHT = 78;
const SMALL = 7.5;

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

function frameOf(paper: Paper, chart: LineChartBlock, top: number): Frame {
  const left = MARGIN.left + AXIS_LEFT;
  const width = BODY_WIDTH - AXIS_LEFT - AXIS_RIGHT;
  const height = chart.height ?? HEIGHT;
  const values = chart.series.flatMap(series => series.points).flatMap(point => point.value ?? []);
  // The limits belong into the picture: a value is shown with what it is measured against.
  const all = [...values.filter(Number.isFinite), ...(chart.limits ?? []).map(limit => limit.value)];
  const { low, high } = all.reduce(
    (span, value) => ({ low: Math.min(span.low, value), high: Math.max(span.high, value) }),
    { low: all[0] ?? 0, high: all[0] ?? 1 },
  );
  const ticks = valueTicks(low, high, 6);
  const [bottom, ceiling] = [ticks[0]!, ticks.at(-1)!];
  return {
    left,
    top,
    width,
    height,
    ticks,
    x: at => left + ((at - chart.from) / Math.max(1, chart.to - chart.from)) * width,
    y: value => top + height - ((value - bottom) / (ceiling - bottom)) * height,
  };
}

export function drawLineChart(paper: Paper, chart: LineChartBlock): void {
  const legend = legendOf(paper, chart.series);
  const legendHeight = legend.length === 0 ? 0 : (legend.at(-1)!.row + 1) * SMALL * LINE + 4;
  const height = (chart.height ?? HEIGHT) + 10 * LINE + legendHeight + 2 * SMALL * LINE + 22;
  paper.gap(6);
  paper.ensure(height);
  const start = paper.y;
  const title = `${chart.title}${chart.unit === '' ? '' : ` (${chart.unit})`}`;
  paper.line(title, MARGIN.left, start, BODY_WIDTH, { size: 10, face: 'bold' });
  drawLegend(paper, legend, start + 10 * LINE + 2);
  const frame = frameOf(paper, chart, start + 10 * LINE + legendHeight + 8);
  drawAxes(paper, chart, frame);
  paper.pdf
    .save()
    .rect(frame.left, frame.top - 1, frame.width, frame.height + 2)
    .clip();
  chart.series.forEach((series, i) => drawSeries(paper, series, chart.gapMs ?? Infinity, frame, i));
  paper.pdf.restore();
  drawLimits(paper, chart.limits ?? [], frame);
  paper.y = start + height;
}

function drawAxes(paper: Paper, chart: LineChartBlock, frame: Frame): void {
  const { left, top, width, height } = frame;
  for (const tick of frame.ticks) {
    paper.rule(left, frame.y(tick), width, RULE, 0.3);
    const label = String(tick);
    paper.line(label, left - AXIS_LEFT, frame.y(tick) - SMALL * 0.72, AXIS_LEFT - 5, {
      size: SMALL,
      colour: QUIET,
      align: 'right',
    });
  }
  const countMax = Math.floor(width / 62);
  for (const tick of timeTicks(chart.from, chart.to, paper.utcOffsetMs, countMax)) {
    const x = frame.x(tick.at);
    paper.pdf
      .lineWidth(0.5)
      .strokeColor(QUIET)
      .moveTo(x, top + height)
      .lineTo(x, top + height + 3)
      .stroke();
    paper.line(tick.label, x - 30, top + height + 4, 60, { size: SMALL, colour: QUIET, align: 'center' });
  }
  paper.pdf.lineWidth(0.7).strokeColor(INK).moveTo(left, top);
  paper.pdf
    .lineTo(left, top + height)
    .lineTo(left + width, top + height)
    .stroke();
}

function drawSeries(paper: Paper, series: ChartSeries, gapMs: number, frame: Frame, index: number): void {
  const { pdf } = paper;
  const { colour, dash } = STROKES[index % STROKES.length]!;
  for (const run of runsOf(series.points, gapMs)) {
    const points = thinned(run, at => Math.floor(frame.x(at) * 2));
    const first = points[0]!;
    if (points.length === 1) {
      pdf.circle(frame.x(first.at), frame.y(first.value), 1.4).fill(colour);
      continue;
    }
    pdf.lineWidth(1).strokeColor(colour).lineJoin('round');
    if (dash === null) pdf.undash();
    else pdf.dash(dash[0], { space: dash[1] });
    pdf.moveTo(frame.x(first.at), frame.y(first.value));
    for (const point of points.slice(1)) pdf.lineTo(frame.x(point.at), frame.y(point.value));
    pdf.stroke().undash();
  }
}

/** Thin lines across, named at their right end; names that would meet are moved apart. */
function drawLimits(paper: Paper, limits: readonly ChartLimit[], frame: Frame): void {
  let free = -Infinity;
  for (const limit of [...limits].sort((a, b) => b.value - a.value)) {
    const y = frame.y(limit.value);
    paper.rule(frame.left, y, frame.width, MARK_COLOURS[limit.mark], 0.7);
    const labelY = Math.max(y - SMALL * 0.72, free);
    free = labelY + SMALL * 1.25;
    const x = frame.left + frame.width + 4;
    drawMark(paper.pdf, limit.mark, x, labelY + 2.5, 5.5);
    paper.line(`${limit.word} ${limit.value}`, x + 8, labelY, AXIS_RIGHT - 12, {
      size: SMALL,
      colour: MARK_COLOURS[limit.mark],
    });
  }
}

interface LegendItem {
  readonly name: string;
  readonly index: number;
  readonly x: number;
  readonly row: number;
}

/** Where each name goes: beside each other, on another row where the width is used up. One series needs no legend. */
function legendOf(paper: Paper, series: readonly ChartSeries[]): LegendItem[] {
  if (series.length < 2) return [];
  const left = MARGIN.left + AXIS_LEFT;
  let [x, row] = [left, 0];
  return series.map(({ name }, index) => {
    const width = paper.measure(name, { size: SMALL }) + 22;
    if (x > left && x + width > MARGIN.left + BODY_WIDTH) [x, row] = [left, row + 1];
    const item = { name, index, x, row };
    x += width + 16;
    return item;
  });
}

function drawLegend(paper: Paper, items: readonly LegendItem[], top: number): void {
  const { pdf } = paper;
  for (const { name, index, x, row } of items) {
    const y = top + row * SMALL * LINE;
    const { colour, dash } = STROKES[index % STROKES.length]!;
    pdf.lineWidth(1.2).strokeColor(colour);
    if (dash !== null) pdf.dash(dash[0], { space: dash[1] });
    pdf
      .moveTo(x, y + SMALL * 0.75)
      .lineTo(x + 18, y + SMALL * 0.75)
      .stroke()
      .undash();
    paper.line(name, x + 22, y, BODY_WIDTH, { size: SMALL });
  }
}
