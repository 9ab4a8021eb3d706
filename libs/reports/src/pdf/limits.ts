import { AppError } from '@anmai/kernel';
import {
  BLOCKS_MAX,
  CHART_POINTS_MAX,
  IMAGES_MAX,
  TABLE_ROWS_MAX,
  type ReportBlock,
  type ReportDoc,
} from '../doc';
import { REPORT_ERRORS } from '../errors';

const imagesOf = (block: ReportBlock): number => {
  if (block.type === 'images') return block.images.length;
  return block.type === 'signatures' ? block.signatures.length : 0;
};

const sum = (blocks: readonly ReportBlock[], of: (block: ReportBlock) => number): number =>
  blocks.reduce((all, block) => all + of(block), 0);

/** Refuses with RPT-001 what would keep the process busy for long. */
export function checkSize({ blocks }: ReportDoc): void {
  const rows = sum(blocks, block => (block.type === 'table' ? block.rows.length : 0));
  const points = sum(blocks, block =>
    block.type === 'lineChart' ? block.series.reduce((all, each) => all + each.points.length, 0) : 0,
  );
  const counted: readonly (readonly [string, number, number])[] = [
    ['blocks', blocks.length, BLOCKS_MAX],
    ['table rows', rows, TABLE_ROWS_MAX],
    ['images', sum(blocks, imagesOf), IMAGES_MAX],
    ['chart points', points, CHART_POINTS_MAX],
  ];
  for (const [what, count, max] of counted) {
    if (count > max) throw new AppError(REPORT_ERRORS.tooLarge, { what, count, max });
  }
}
