import { setImmediate } from 'node:timers/promises';
import type { ReportCell, ReportColumn, TableBlock } from '../doc';
import { drawCell, heightOf, layCell, type LaidCell } from './cell';
import { BODY_BOTTOM, BODY_WIDTH, INK, LINE, MARGIN, QUIET, RULE, SHADE } from './look';
import type { Paper, TextStyle } from './paper';

const PAD_X = 5;
const PAD_Y = 3.5;
const SIZE = 9;
/** A row that is higher than this is parted: with the head of the table it might fill a page. */
const ROW_HEIGHT_MAX = (BODY_BOTTOM - MARGIN.top) * 0.8;
/** After so many rows others get their turn: laying out text is work of the processor alone. */
const ROWS_AT_A_TIME = 100;

interface Grid {
  readonly columns: readonly ReportColumn[];
  readonly lefts: readonly number[];
  readonly widths: readonly number[];
  readonly size: number;
}

function gridOf(table: TableBlock): Grid {
  const all = table.columns.reduce((sum, column) => sum + column.width, 0);
  const widths = table.columns.map(column => (column.width / all) * BODY_WIDTH);
  const lefts = widths.map((_, i) => MARGIN.left + widths.slice(0, i).reduce((a, b) => a + b, 0));
  return { columns: table.columns, lefts, widths, size: table.size ?? SIZE };
}

function layRow(paper: Paper, grid: Grid, cells: readonly ReportCell[], face: TextStyle['face']): LaidCell[] {
  return grid.columns.map((column, i) =>
    layCell(paper, cells[i] ?? null, grid.widths[i]! - 2 * PAD_X, {
      size: grid.size,
      face: face ?? 'regular',
      align: column.align ?? 'left',
    }),
  );
}

const rowHeight = (row: readonly LaidCell[]): number => Math.max(...row.map(heightOf)) + 2 * PAD_Y;

/** What has to be free for a row to begin: all of it, or some lines of one that is parted anyway. */
function keptHeight(grid: Grid, row: readonly LaidCell[]): number {
  const height = rowHeight(row);
  return height <= ROW_HEIGHT_MAX ? height : grid.size * LINE * 4 + 2 * PAD_Y;
}

/** Draws the lines [from, to) of a row at the present place and moves on below it. */
function drawRow(paper: Paper, grid: Grid, row: readonly LaidCell[], from: number, to: number): void {
  const lines = Math.max(...row.map(cell => Math.min(cell.lines.length, to))) - from;
  const height = lines * grid.size * LINE + 2 * PAD_Y;
  row.forEach((cell, i) =>
    drawCell(
      paper,
      cell,
      { x: grid.lefts[i]! + PAD_X, y: paper.y + PAD_Y, width: grid.widths[i]! - 2 * PAD_X },
      from,
      to,
    ),
  );
  paper.y += height;
  paper.rule(MARGIN.left, paper.y, BODY_WIDTH, RULE, 0.4);
}

function drawHead(paper: Paper, grid: Grid): void {
  const head = layRow(
    paper,
    grid,
    grid.columns.map(column => column.title),
    'bold',
  );
  const height = rowHeight(head);
  paper.pdf.rect(MARGIN.left, paper.y, BODY_WIDTH, height).fill(SHADE);
  paper.rule(MARGIN.left, paper.y, BODY_WIDTH, INK, 0.8);
  drawRow(paper, grid, head, 0, Infinity);
}

/** A row goes to the next page whole; only one that no page can hold is parted, between lines. */
function placeRow(paper: Paper, grid: Grid, row: readonly LaidCell[]): void {
  const next = (): void => {
    paper.addPage();
    drawHead(paper, grid);
  };
  if (paper.y + keptHeight(grid, row) > BODY_BOTTOM) next();
  const count = Math.max(...row.map(cell => cell.lines.length));
  for (let from = 0; from < count;) {
    const fits = Math.floor((BODY_BOTTOM - paper.y - 2 * PAD_Y) / (grid.size * LINE));
    const to = Math.min(count, from + Math.max(1, fits));
    drawRow(paper, grid, row, from, to);
    from = to;
    if (from < count) next();
  }
}

export async function drawTable(paper: Paper, table: TableBlock): Promise<void> {
  const grid = gridOf(table);
  const captionLines = table.caption === undefined ? [] : paper.wrap(table.caption, BODY_WIDTH, CAPTION);
  const first = layRow(paper, grid, table.rows[0] ?? [], 'regular');
  // Head and first row stay together, with the caption above them.
  paper.gap(6);
  paper.ensure(
    captionLines.length * CAPTION.size * LINE + grid.size * LINE * 2 + 4 * PAD_Y + keptHeight(grid, first),
  );
  if (captionLines.length > 0) {
    paper.y += paper.lines(captionLines, MARGIN.left, paper.y, BODY_WIDTH, CAPTION) + 2;
  }
  drawHead(paper, grid);
  for (const [i, cells] of table.rows.entries()) {
    placeRow(paper, grid, layRow(paper, grid, cells, 'regular'));
    if (i % ROWS_AT_A_TIME === ROWS_AT_A_TIME - 1) await setImmediate();
  }
  if (table.rows.length === 0) drawEmpty(paper, grid, table.empty ?? '—');
  for (const cells of table.totals ?? []) {
    paper.rule(MARGIN.left, paper.y, BODY_WIDTH, INK, 0.8);
    placeRow(paper, grid, layRow(paper, grid, cells, 'bold'));
  }
  paper.y += 8;
}

const CAPTION: TextStyle & { size: number } = { size: 9.5, face: 'bold' };

function drawEmpty(paper: Paper, grid: Grid, text: string): void {
  paper.line(text, MARGIN.left + PAD_X, paper.y + PAD_Y, BODY_WIDTH - 2 * PAD_X, {
    size: grid.size,
    colour: QUIET,
  });
  paper.y += grid.size * LINE + 2 * PAD_Y;
  paper.rule(MARGIN.left, paper.y, BODY_WIDTH, RULE, 0.4);
}
