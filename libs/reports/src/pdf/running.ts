import type { ReportDoc } from '../doc';
import { wallClock } from '../chart/scale';
import { BODY_WIDTH, MARGIN, PAGE, QUIET, RULE } from './look';
import type { Paper } from './paper';

const WORDS = {
  zh: { page: (n: number, all: number): string => `第 ${n} 页 / 共 ${all} 页`, made: '生成时间' },
  en: { page: (n: number, all: number): string => `Page ${n} of ${all}`, made: 'Made' },
} as const;

/** Head and foot of every page, once it is known how many there are. The first page has its title for a head. */
export function drawRunning(paper: Paper, doc: ReportDoc): void {
  const { start, count } = paper.pdf.bufferedPageRange();
  const words = WORDS[doc.language];
  const style = { size: 8, colour: QUIET } as const;
  for (let i = 0; i < count; i += 1) {
    paper.pdf.switchToPage(start + i);
    if (i > 0) {
      paper.line(doc.issuer, MARGIN.left, 38, BODY_WIDTH, style);
      paper.line(clipped(paper, doc.title), MARGIN.left, 38, BODY_WIDTH, { ...style, align: 'right' });
      paper.rule(MARGIN.left, 54, BODY_WIDTH, RULE, 0.5);
    }
    const y = PAGE.height - 48;
    paper.rule(MARGIN.left, y - 5, BODY_WIDTH, RULE, 0.5);
    const made = `${words.made} ${wallClock(doc.createdAt, doc.utcOffsetMs)}`;
    paper.line([doc.number, made].filter(Boolean).join('   '), MARGIN.left, y, BODY_WIDTH, style);
    paper.line(words.page(i + 1, count), MARGIN.left, y, BODY_WIDTH, { ...style, align: 'right' });
  }
}

/** The title on one line, beside the issuer. */
function clipped(paper: Paper, title: string): string {
  const [first, ...rest] = paper.wrap(title, BODY_WIDTH * 0.6, { size: 8 });
  return rest.length === 0 ? first! : `${first}…`;
}
