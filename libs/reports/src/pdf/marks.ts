import type { Mark } from '../doc';
import { MARK_COLOURS, QUIET } from './look';
import type { Pdf } from './paper';

/** Draws the shape of a mark in a square of `size` whose upper left corner is given. `plain` has none. */
export function drawMark(pdf: Pdf, mark: Mark, x: number, y: number, size: number): void {
  const mid = { x: x + size / 2, y: y + size / 2 };
  const fill = (): void => void pdf.fill(MARK_COLOURS[mark]);
  switch (mark) {
    case 'red':
      pdf.polygon([mid.x, y], [x + size, mid.y], [mid.x, y + size], [x, mid.y]);
      return fill();
    case 'orange':
      pdf.polygon([mid.x, y], [x + size, y + size], [x, y + size]);
      return fill();
    case 'yellow':
      pdf.circle(mid.x, mid.y, size / 2);
      return fill();
    case 'blue':
      pdf.rect(x, y, size, size);
      return fill();
    case 'blind':
      return hatch(pdf, x, y, size, size);
    case 'plain':
      return;
  }
}

/** Slanting lines in a frame: nothing is known. */
export function hatch(pdf: Pdf, x: number, y: number, width: number, height: number): void {
  pdf.save().rect(x, y, width, height).clip().lineWidth(0.6).strokeColor(QUIET);
  for (let at = -height; at < width; at += 2.4) {
    pdf.moveTo(x + at, y + height).lineTo(x + at + height, y);
  }
  pdf.stroke().restore();
  pdf.lineWidth(0.5).strokeColor(QUIET).rect(x, y, width, height).stroke();
}
