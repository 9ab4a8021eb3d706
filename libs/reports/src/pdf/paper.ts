import PDFDocument from 'pdfkit';
import type { ReportDoc } from '../doc';
import { fontBytes, type Face } from '../fonts';
import { wrap } from '../text/wrap';
import { BODY_BOTTOM, INK, LINE, MARGIN } from './look';

export type Pdf = InstanceType<typeof PDFDocument>;

export interface TextStyle {
  readonly size: number;
  readonly face?: Face;
  readonly colour?: string;
  readonly align?: 'left' | 'right' | 'center';
}

/** The document that is being written, with the place where the next block goes. Mutable, for one report only. */
export class Paper {
  y: number = MARGIN.top;
  private readonly widths: Record<Face, Map<string, number>> = { regular: new Map(), bold: new Map() };

  constructor(
    readonly pdf: Pdf,
    readonly language: ReportDoc['language'],
    readonly utcOffsetMs: number,
  ) {
    this.addPage();
  }

  addPage(): void {
    this.pdf.addPage();
    this.y = MARGIN.top;
  }

  /** A new page if less than `height` is left; nothing above it counts as filled. */
  ensure(height: number): void {
    if (this.y + height > BODY_BOTTOM && this.y > MARGIN.top) this.addPage();
  }

  gap(height: number): void {
    if (this.y > MARGIN.top) this.y += height;
  }

  /** Width of a text in points. */
  measure(text: string, style: TextStyle): number {
    const face = style.face ?? 'regular';
    const known = this.widths[face].get(text);
    if (known !== undefined) return known * style.size;
    const width = this.pdf.font(face).fontSize(100).widthOfString(text) / 100;
    this.widths[face].set(text, width);
    return width * style.size;
  }

  wrap(text: string, width: number, style: TextStyle): string[] {
    return wrap(text, width, part => this.measure(part, style));
  }

  /** One line within [x, x + width), its top at y. */
  line(text: string, x: number, y: number, width: number, style: TextStyle): void {
    if (text === '') return;
    const free = width - this.measure(text, style);
    const shift = style.align === 'right' ? free : style.align === 'center' ? free / 2 : 0;
    this.pdf
      .font(style.face ?? 'regular')
      .fontSize(style.size)
      .fillColor(style.colour ?? INK)
      .text(text, x + shift, y, { lineBreak: false });
  }

  /** Lines one below the other; gives the height they take. */
  lines(lines: readonly string[], x: number, y: number, width: number, style: TextStyle): number {
    lines.forEach((line, i) => this.line(line, x, y + i * style.size * LINE, width, style));
    return lines.length * style.size * LINE;
  }

  rule(x: number, y: number, width: number, colour: string, weight = 0.6): void {
    this.pdf
      .lineWidth(weight)
      .strokeColor(colour)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke();
  }
}

/** An empty document with both faces of the font. The same `createdAt` and contents give the same bytes. */
export function newPdf(doc: ReportDoc): Pdf {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    lang: doc.language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: {
      Title: doc.title,
      Author: doc.issuer,
      Creator: 'Anmai 安脉',
      CreationDate: new Date(doc.createdAt),
    },
  });
  pdf.registerFont('regular', fontBytes('regular'));
  pdf.registerFont('bold', fontBytes('bold'));
  return pdf;
}
