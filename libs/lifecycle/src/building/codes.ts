/** Schemes of building codes (buildings.md 6). The text is opaque; digits are not taken apart. */
export const CODE_SCHEMES = [
  'JGJT496', // JGJ/T 496-2022 房屋建筑统一编码
  'zhejiang27', // 浙江城乡房屋建筑单体码
  'unit28', // 不动产单元号
  'survey', // 自然灾害普查图斑
  'local',
] as const;
export type CodeScheme = (typeof CODE_SCHEMES)[number];

export const CODE_CHARS_MAX = 64;
/** Lengths that the sources confirm; the layout of JGJ/T 496 was not found, so its length is not checked. */
const CODE_CHARS: Readonly<Partial<Record<CodeScheme, number>>> = { zhejiang27: 27, unit28: 28 };

export interface BuildingCode {
  readonly scheme: CodeScheme;
  readonly code: string;
}

/** A code as it is kept: full-width digits and letters become plain ones, blanks go. Capitals stay: the text is opaque. */
export const foldCode = (code: string): string => code.normalize('NFKC').replaceAll(/\s/gu, '');

/** What is wrong with a code, or null. A wrong length is a slip of the pen, not another kind of code. */
export function codeFault({ scheme, code }: BuildingCode): string | null {
  const length = [...code].length;
  const wanted = CODE_CHARS[scheme];
  if (length === 0) return 'the code is empty';
  if (length > CODE_CHARS_MAX) return `the code has ${length} characters, at most ${CODE_CHARS_MAX}`;
  if (wanted !== undefined && length !== wanted)
    return `a code of ${scheme} has ${wanted} characters, this one ${length}`;
  return null;
}
