import type { Millis } from '@anmai/kernel';

export const BLOCKS_MAX = 2_000;
export const TABLE_ROWS_MAX = 5_000;
/** Photos and signatures of one report. */
export const IMAGES_MAX = 300;
export const CHART_POINTS_MAX = 200_000;

/**
 * How a state looks: a shape and a word beside the colour, so that print in grey and colour-blind eyes lose nothing.
 * red ◆, orange ▲, yellow ●, blue ■; `blind`: hatched, nothing is known; `plain`: no shape, all is as it should be.
 */
export type Mark = 'red' | 'orange' | 'yellow' | 'blue' | 'plain' | 'blind';

export interface StatusCell {
  readonly kind: 'status';
  readonly mark: Mark;
  readonly word: string;
}

/** A share drawn as a small bar beside its text. `share`: 0 to 1; null: nothing is known, drawn hatched, never as 0 or 1. */
export interface ShareCell {
  readonly kind: 'share';
  readonly share: number | null;
  readonly text: string;
}

/** Null: printed as a dash. Numbers come as text, with the digits that the reader is meant to see. */
export type ReportCell = string | null | StatusCell | ShareCell;

export interface ReportColumn {
  readonly title: string;
  /** Share of the width of the table, in any measure. */
  readonly width: number;
  /** Default left; `right` for numbers. */
  readonly align?: 'left' | 'right' | 'center';
}

export interface TableBlock {
  readonly type: 'table';
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
  /** Printed bold under a line, after the rows. */
  readonly totals?: readonly (readonly ReportCell[])[];
  readonly caption?: string;
  /** Printed instead of rows where there are none. */
  readonly empty?: string;
  /** 7 to 11 points; default 9. */
  readonly size?: number;
}

export interface HeadingBlock {
  readonly type: 'heading';
  readonly level: 1 | 2 | 3;
  readonly text: string;
}

export interface ParagraphBlock {
  readonly type: 'paragraph';
  readonly text: string;
  /** `quiet`: small and grey, for notes and sources. */
  readonly tone?: 'normal' | 'strong' | 'quiet';
}

/** Label and value, in columns. */
export interface KeyValuesBlock {
  readonly type: 'keyValues';
  readonly items: readonly { readonly label: string; readonly value: ReportCell }[];
  /** Default 2. */
  readonly columns?: 1 | 2 | 3;
}

/** A framed remark: what must not be overlooked (provisional limits, missing data). */
export interface NoticeBlock {
  readonly type: 'notice';
  readonly mark: Mark;
  readonly word: string;
  readonly text: string;
}

/** `bytes`: JPEG or PNG; null or unreadable: a frame that says so in place of the picture. */
export interface ReportImage {
  readonly bytes: Uint8Array | null;
  readonly caption: string;
}
export interface ImagesBlock {
  readonly type: 'images';
  readonly images: readonly ReportImage[];
  /** Side by side; default 2. */
  readonly columns?: 1 | 2 | 3 | 4;
}

export interface ChartPoint {
  readonly at: Millis;
  /** Null: nothing is known here; the line is broken. */
  readonly value: number | null;
}
export interface ChartSeries {
  readonly name: string;
  /** Ascending in time. */
  readonly points: readonly ChartPoint[];
}
export interface ChartLimit {
  readonly value: number;
  readonly mark: Mark;
  readonly word: string;
}
export interface LineChartBlock {
  readonly type: 'lineChart';
  readonly title: string;
  /** Printed at the axis of values. */
  readonly unit: string;
  readonly from: Millis;
  readonly to: Millis;
  /** Series are told apart by dashes as well as by colour; at most 6. */
  readonly series: readonly ChartSeries[];
  readonly limits?: readonly ChartLimit[];
  /** Two neighbours further apart than this are not joined. */
  readonly gapMs?: number;
  /** Points; default 170. */
  readonly height?: number;
}

export interface Signature {
  readonly role: string;
  readonly name?: string;
  /** Printed as given, such as a date. */
  readonly signedAt?: string;
  /** PNG or JPEG. */
  readonly image?: Uint8Array;
}
export interface SignaturesBlock {
  readonly type: 'signatures';
  readonly signatures: readonly Signature[];
}

export interface PageBreakBlock {
  readonly type: 'pageBreak';
}

export type ReportBlock =
  | HeadingBlock
  | ParagraphBlock
  | KeyValuesBlock
  | NoticeBlock
  | TableBlock
  | ImagesBlock
  | LineChartBlock
  | SignaturesBlock
  | PageBreakBlock;

/** A report as data. All texts come translated; the lib adds page numbers only. The same document gives the same bytes. */
export interface ReportDoc {
  readonly language: 'zh' | 'en';
  readonly title: string;
  readonly subtitle?: string;
  /** Who issues it; stands above the title and at the head of each page. */
  readonly issuer: string;
  /** Number of the document, at the foot of each page. */
  readonly number?: string;
  /** Printed under the title. */
  readonly facts?: KeyValuesBlock['items'];
  /** True: the title has a page of its own. */
  readonly titlePage?: boolean;
  /** When it was made; kept in the file and printed at the foot. */
  readonly createdAt: Millis;
  /** Of the wall clock that the charts and the foot show. */
  readonly utcOffsetMs: number;
  readonly blocks: readonly ReportBlock[];
}
