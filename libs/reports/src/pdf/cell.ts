import type { ReportCell } from '../doc';
import { INK, LINE, MARK_COLOURS, QUIET, RULE } from './look';
import { drawMark, hatch } from './marks';
import type { Paper, TextStyle } from './paper';

const BAR_WIDTH = 34;
const BAR_GAP = 5;

/** A cell laid out to a width: its lines, and how far they are moved aside for a shape or a bar. */
export interface LaidCell {
  readonly cell: ReportCell;
  readonly lines: readonly string[];
  readonly indent: number;
  readonly style: TextStyle;
}

const textOf = (cell: ReportCell): string => {
  if (cell === null) return '—';
  if (typeof cell === 'string') return cell;
  return cell.kind === 'status' ? cell.word : cell.text;
};

const indentOf = (cell: ReportCell, size: number): number => {
  if (cell === null || typeof cell === 'string') return 0;
  if (cell.kind === 'share') return BAR_WIDTH + BAR_GAP;
  return cell.mark === 'plain' ? 0 : size + 2;
};

export function layCell(paper: Paper, cell: ReportCell, width: number, style: TextStyle): LaidCell {
  const indent = indentOf(cell, style.size);
  const isStatus = cell !== null && typeof cell === 'object' && cell.kind === 'status';
  const own: TextStyle =
    isStatus && cell.mark !== 'plain' ? { ...style, face: 'bold', align: 'left' } : style;
  const lines = paper.wrap(textOf(cell), Math.max(width - indent, style.size), own);
  return { cell, lines, indent, style: cell === null ? { ...own, colour: QUIET } : own };
}

export const heightOf = (laid: LaidCell): number => laid.lines.length * laid.style.size * LINE;

/** Draws the lines [from, to) of a cell; the shape or bar goes with the first one. */
export function drawCell(
  paper: Paper,
  laid: LaidCell,
  place: { x: number; y: number; width: number },
  from = 0,
  to = laid.lines.length,
): void {
  const { cell, indent, style } = laid;
  if (from === 0 && cell !== null && typeof cell === 'object') {
    const middle = place.y + (style.size * LINE) / 2;
    if (cell.kind === 'share') drawShare(paper, cell.share, place.x, middle);
    else drawMark(paper.pdf, cell.mark, place.x, middle - style.size * 0.4, style.size * 0.8);
  }
  const colour =
    cell !== null && typeof cell === 'object' && cell.kind === 'status'
      ? MARK_COLOURS[cell.mark]
      : style.colour;
  paper.lines(laid.lines.slice(from, to), place.x + indent, place.y, place.width - indent, {
    ...style,
    colour: colour ?? INK,
  });
}

function drawShare(paper: Paper, share: number | null, x: number, middle: number): void {
  const height = 6;
  const y = middle - height / 2;
  if (share === null) return hatch(paper.pdf, x, y, BAR_WIDTH, height);
  const filled = Math.max(0, Math.min(1, share)) * BAR_WIDTH;
  paper.pdf.rect(x, y, filled, height).fill(QUIET);
  paper.pdf.lineWidth(0.5).strokeColor(RULE).rect(x, y, BAR_WIDTH, height).stroke();
}
