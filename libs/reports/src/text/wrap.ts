/** Width of a text in points. */
export type Measure = (text: string) => number;

const CJK = /[\u2E80-\u9FFF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFFEF\u{20000}-\u{3FFFF}]/u;
/** May not begin a line (避头), and may not end one (避尾). */
const NO_START = new Set('，。、；：？！）》〉」』】〕”’％‰·…—,.;:?!)]}%℃');
const NO_END = new Set('（《〈「『【〔“‘([{￥¥$');

/** What stands for nothing printable: control characters, halves of surrogate pairs. */
export const printable = (text: string): string =>
  text
    .replace(/\p{Cs}/gu, '?')
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/\p{Cc}/gu, each => (each === '\n' ? each : ''));

/** Pieces between which a line may break; a space stands at the end of its piece. */
export function pieces(text: string): string[] {
  const out: string[] = [];
  let open = '';
  let previous = '';
  for (const char of text) {
    const mayBreak =
      previous !== '' &&
      !NO_START.has(char) &&
      !NO_END.has(previous) &&
      char !== ' ' &&
      (previous === ' ' || CJK.test(char) || CJK.test(previous));
    if (mayBreak) {
      out.push(open);
      open = '';
    }
    open += char;
    previous = char;
  }
  if (open !== '') out.push(open);
  return out;
}

/** Breaks a piece that is wider than a whole line, as a code or an address of a page is. */
function broken(piece: string, width: number, measure: Measure): string[] {
  const out: string[] = [];
  let open = '';
  for (const char of piece) {
    if (open !== '' && measure(open + char) > width) {
      out.push(open);
      open = '';
    }
    open += char;
  }
  return open === '' ? out : [...out, open];
}

/** The lines of a text within a width. At least one, so that an empty cell has its height. */
export function wrap(text: string, width: number, measure: Measure): string[] {
  return printable(text)
    .split('\n')
    .flatMap(paragraph => wrapParagraph(paragraph, width, measure));
}

function wrapParagraph(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces(text)) {
    const wide = measure(piece.trimEnd());
    if (line !== '' && used + wide > width) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    if (wide > width) {
      const parts = broken(piece, width, measure);
      lines.push(...parts.slice(0, -1));
      line = parts.at(-1)!;
      used = measure(line);
    } else {
      line += piece;
      used += measure(piece);
    }
  }
  return [...lines, line.trimEnd()];
}
