import type { ImagesBlock, ReportImage, SignaturesBlock } from '../doc';
import { readImage } from '../image/read-image';
import { BODY_WIDTH, INK, LINE, MARGIN, QUIET, RULE } from './look';
import type { Paper, TextStyle } from './paper';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const UNREADABLE = { zh: '图片无法读取', en: 'The picture cannot be read' } as const;
const CAPTION: TextStyle = { size: 8, colour: QUIET };

/** Fits a picture into a box; one that cannot be read is a frame that says so. */
function drawPicture(paper: Paper, bytes: Uint8Array | null, box: Box): void {
  const checked = bytes === null ? null : readImage(bytes);
  if (checked !== null) {
    try {
      paper.pdf.image(Buffer.from(checked), box.x, box.y, {
        fit: [box.width, box.height],
        align: 'center',
        valign: 'center',
      });
      return;
    } catch {
      // Not a picture that the PDF can hold: said below, and the rest of the report stands.
    }
  }
  paper.pdf.lineWidth(0.6).strokeColor(RULE).rect(box.x, box.y, box.width, box.height).stroke();
  const y = box.y + box.height / 2 - CAPTION.size;
  paper.line(UNREADABLE[paper.language], box.x, y, box.width, { ...CAPTION, align: 'center' });
}

export function drawImages(paper: Paper, { images, columns }: ImagesBlock): void {
  const count = columns ?? 2;
  const gap = 12;
  const width = (BODY_WIDTH - gap * (count - 1)) / count;
  const height = width * 0.75;
  paper.gap(4);
  for (let i = 0; i < images.length; i += count) {
    drawImageRow(paper, images.slice(i, i + count), { width, height, gap });
  }
  paper.y += 4;
}

function drawImageRow(
  paper: Paper,
  row: readonly ReportImage[],
  size: { width: number; height: number; gap: number },
): void {
  const captions = row.map(image => paper.wrap(image.caption, size.width, CAPTION));
  const captionHeight = Math.max(...captions.map(lines => lines.length)) * CAPTION.size * LINE;
  paper.ensure(size.height + captionHeight + 10);
  row.forEach((image, at) => {
    const x = MARGIN.left + at * (size.width + size.gap);
    drawPicture(paper, image.bytes, { x, y: paper.y, width: size.width, height: size.height });
    paper.lines(captions[at]!, x, paper.y + size.height + 3, size.width, CAPTION);
  });
  paper.y += size.height + captionHeight + 10;
}

/** Two signatures a row: the picture over a line, role and name below it. */
export function drawSignatures(paper: Paper, { signatures }: SignaturesBlock): void {
  const gap = 24;
  const width = (BODY_WIDTH - gap) / 2;
  const height = 84;
  paper.gap(8);
  for (let i = 0; i < signatures.length; i += 2) {
    paper.ensure(height);
    signatures.slice(i, i + 2).forEach((signature, at) => {
      const x = MARGIN.left + at * (width + gap);
      if (signature.image !== undefined) {
        drawPicture(paper, signature.image, { x: x + 8, y: paper.y, width: width - 16, height: 46 });
      }
      paper.rule(x, paper.y + 50, width, INK, 0.6);
      const below = [signature.role, signature.name].filter(text => text !== undefined).join('  ');
      paper.line(below, x, paper.y + 54, width, { size: 9 });
      paper.line(signature.signedAt ?? '', x, paper.y + 54, width, {
        size: 9,
        colour: QUIET,
        align: 'right',
      });
    });
    paper.y += height;
  }
}
