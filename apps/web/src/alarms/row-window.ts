/** Up to here all rows are drawn: the browser's own search finds them, and it costs nothing. */
export const ALL_ROWS_MAX = 200;
/** Rows drawn beyond each edge, so that a flick of the wheel does not meet a blank. */
const SPARE_ROWS = 12;

export interface RowWindow {
  /** First row drawn. */
  readonly from: number;
  /** First row after those drawn. */
  readonly to: number;
}

/** Which of `count` rows of one height are drawn. Of thousands only those in sight, and some around. */
export function rowWindow(count: number, rowPx: number, scrollPx: number, viewPx: number): RowWindow {
  if (count <= ALL_ROWS_MAX) return { from: 0, to: count };
  const first = Math.floor(scrollPx / rowPx) - SPARE_ROWS;
  const shown = Math.ceil(viewPx / rowPx) + 2 * SPARE_ROWS;
  const from = Math.max(0, Math.min(first, count - shown));
  return { from, to: Math.min(count, from + shown) };
}
