import type { HeadingBlock, KeyValuesBlock, NoticeBlock, ParagraphBlock } from '../doc';
import { drawCell, heightOf, layCell } from './cell';
import { BODY_WIDTH, INK, LINE, MARGIN, MARK_COLOURS, QUIET, RULE, SHADE } from './look';
import { drawMark } from './marks';
import type { Paper, TextStyle } from './paper';

const HEADING_SIZE = { 1: 15, 2: 12.5, 3: 10.5 } as const;
/** What a heading keeps below it on its page: some lines or the head of a table. */
const KEPT_BELOW = 64;

export function drawHeading(paper: Paper, { level, text }: HeadingBlock): void {
  const style: TextStyle = { size: HEADING_SIZE[level], face: 'bold' };
  const lines = paper.wrap(text, BODY_WIDTH, style);
  paper.gap(level === 1 ? 16 : 10);
  paper.ensure(lines.length * style.size * LINE + KEPT_BELOW);
  paper.pdf.outline.addItem(text);
  paper.y += paper.lines(lines, MARGIN.left, paper.y, BODY_WIDTH, style);
  if (level === 1) paper.rule(MARGIN.left, paper.y + 1, BODY_WIDTH, INK, 0.8);
  paper.y += level === 1 ? 8 : 4;
}

/** Line by line over the pages. */
export function drawParagraph(paper: Paper, { text, tone }: ParagraphBlock): void {
  const style: TextStyle =
    tone === 'quiet'
      ? { size: 8.5, colour: QUIET }
      : { size: 10, face: tone === 'strong' ? 'bold' : 'regular' };
  for (const line of paper.wrap(text, BODY_WIDTH, style)) {
    paper.ensure(style.size * LINE);
    paper.line(line, MARGIN.left, paper.y, BODY_WIDTH, style);
    paper.y += style.size * LINE;
  }
  paper.y += 5;
}

export function drawKeyValues(paper: Paper, { items, columns }: KeyValuesBlock): void {
  const count = columns ?? 2;
  const gap = 18;
  const width = (BODY_WIDTH - gap * (count - 1)) / count;
  const labelStyle: TextStyle = { size: 9, colour: QUIET };
  const widest = Math.max(0, ...items.map(item => paper.measure(item.label, labelStyle)));
  const labelWidth = Math.min(widest, width * 0.45) + 8;
  for (let i = 0; i < items.length; i += count) {
    const row = items.slice(i, i + count).map(({ label, value }) => ({
      label: paper.wrap(label, labelWidth - 8, labelStyle),
      value: layCell(paper, value, width - labelWidth, { size: 9.5 }),
    }));
    const height =
      Math.max(...row.map(each => Math.max(heightOf(each.value), each.label.length * 9 * LINE))) + 5;
    paper.ensure(height);
    row.forEach(({ label, value }, at) => {
      const x = MARGIN.left + at * (width + gap);
      paper.lines(label, x, paper.y + 0.5, labelWidth, labelStyle);
      drawCell(paper, value, { x: x + labelWidth, y: paper.y, width: width - labelWidth });
      paper.rule(x, paper.y + height - 2, width, RULE, 0.3);
    });
    paper.y += height;
  }
  paper.y += 6;
}

export function drawNotice(paper: Paper, { mark, word, text }: NoticeBlock): void {
  const style: TextStyle = { size: 9 };
  const inner = BODY_WIDTH - 36;
  const lines = paper.wrap(text, inner, style);
  const height = (lines.length + 1) * 9 * LINE + 14;
  paper.gap(4);
  paper.ensure(height);
  const { pdf, y } = paper;
  pdf.rect(MARGIN.left, y, BODY_WIDTH, height).fill(SHADE);
  pdf.rect(MARGIN.left, y, 3, height).fill(MARK_COLOURS[mark]);
  drawMark(pdf, mark, MARGIN.left + 11, y + 10, 8);
  paper.line(word, MARGIN.left + 26, y + 7, inner, { size: 9, face: 'bold', colour: MARK_COLOURS[mark] });
  paper.lines(lines, MARGIN.left + 26, y + 7 + 9 * LINE, inner, style);
  paper.y += height + 8;
}
