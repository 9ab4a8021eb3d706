import type { Mark } from '../doc';

/** A4 in points, and where things stand on it. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
export const MARGIN = { left: 56, right: 56, top: 72, bottom: 68 } as const;
export const BODY_WIDTH = PAGE.width - MARGIN.left - MARGIN.right;
export const BODY_BOTTOM = PAGE.height - MARGIN.bottom;

/** Height of a line over the size of its letters: the font's own ascent and descent, rounded up. */
export const LINE = 1.5;

export const INK = '#1F262E';
export const QUIET = '#66707B';
export const RULE = '#B8C0C8';
export const SHADE = '#EEF0F3';

/** Colours that can be read on white paper; in grey print they differ in darkness too. */
export const MARK_COLOURS: Readonly<Record<Mark, string>> = {
  red: '#C81E1E',
  orange: '#C96A00',
  yellow: '#9A7B00',
  blue: '#1F6FB2',
  plain: INK,
  blind: QUIET,
};

/** Colour and dashes of the lines of a chart, in the order of its series. */
export const STROKES: readonly {
  readonly colour: string;
  readonly dash: readonly [number, number] | null;
}[] = [
  { colour: '#1F6FB2', dash: null },
  { colour: '#1F262E', dash: [4, 2] },
  { colour: '#7A4FA3', dash: [1.5, 1.5] },
  { colour: '#2F7D6B', dash: [7, 2] },
  { colour: '#8A5A2B', dash: [2, 3] },
  { colour: '#66707B', dash: [8, 3] },
];
