import { setImmediate } from 'node:timers/promises';
import type { ReportBlock, ReportDoc } from '../doc';
import { checkSize } from './limits';
import { drawLineChart } from './line-chart';
import { newPdf, Paper, type Pdf } from './paper';
import { drawImages, drawSignatures } from './pictures';
import { drawRunning } from './running';
import { drawTable } from './table';
import { drawTitle } from './title';
import { drawHeading, drawKeyValues, drawNotice, drawParagraph } from './words';

/**
 * The document as PDF, A4, the font embedded as a subset. The same document gives the same bytes.
 * Rejects with RPT-001 when it is larger than what one report may hold. Others get their turn between blocks.
 */
export async function pdfOf(doc: ReportDoc): Promise<Uint8Array> {
  checkSize(doc);
  const pdf = newPdf(doc);
  const bytes = collected(pdf);
  const paper = new Paper(pdf, doc.language, doc.utcOffsetMs);
  drawTitle(paper, doc);
  for (const block of doc.blocks) {
    await drawBlock(paper, block);
    await setImmediate();
  }
  drawRunning(paper, doc);
  pdf.end();
  return bytes;
}

function collected(pdf: Pdf): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.once('end', () => resolve(Buffer.concat(chunks)));
    pdf.once('error', reject);
  });
}

async function drawBlock(paper: Paper, block: ReportBlock): Promise<void> {
  switch (block.type) {
    case 'heading':
      return drawHeading(paper, block);
    case 'paragraph':
      return drawParagraph(paper, block);
    case 'keyValues':
      return drawKeyValues(paper, block);
    case 'notice':
      return drawNotice(paper, block);
    case 'table':
      return drawTable(paper, block);
    case 'images':
      return drawImages(paper, block);
    case 'lineChart':
      return drawLineChart(paper, block);
    case 'signatures':
      return drawSignatures(paper, block);
    case 'pageBreak':
      return paper.addPage();
  }
}
