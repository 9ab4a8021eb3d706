import type { ReportDoc } from '../doc';
import { drawKeyValues } from './words';
import { BODY_WIDTH, INK, LINE, MARGIN, PAGE, QUIET } from './look';
import type { Paper } from './paper';

/** Issuer, title, subtitle and facts: at the head of the first page, or alone on it. */
export function drawTitle(paper: Paper, doc: ReportDoc): void {
  const isPage = doc.titlePage === true;
  const size = isPage ? 26 : 19;
  if (isPage) paper.y = PAGE.height * 0.26;
  const align = isPage ? 'center' : 'left';
  paper.line(doc.issuer, MARGIN.left, paper.y, BODY_WIDTH, { size: 11, colour: QUIET, align });
  paper.y += 11 * LINE + (isPage ? 20 : 4);
  const title = { size, face: 'bold', align } as const;
  paper.y += paper.lines(paper.wrap(doc.title, BODY_WIDTH, title), MARGIN.left, paper.y, BODY_WIDTH, title);
  if (doc.subtitle !== undefined) {
    const style = { size: isPage ? 15 : 11.5, align } as const;
    paper.y += 2;
    paper.y += paper.lines(
      paper.wrap(doc.subtitle, BODY_WIDTH, style),
      MARGIN.left,
      paper.y,
      BODY_WIDTH,
      style,
    );
  }
  paper.y += isPage ? 24 : 6;
  paper.rule(MARGIN.left, paper.y, BODY_WIDTH, INK, 1.4);
  paper.y += isPage ? 36 : 10;
  if (doc.facts !== undefined) {
    drawKeyValues(paper, { type: 'keyValues', items: doc.facts, columns: isPage ? 1 : 2 });
  }
  if (isPage) paper.addPage();
}
