import {
  OWNERSHIPS,
  PROTECTIONS,
  STRUCTURES,
  USES,
  type Answer,
  type Ownership,
  type Protection,
  type Structure,
  type Use,
} from './words';
import type { YearBuilt } from './year-built';

/** Words of registers for the words of the file. Lower case, without blanks; provisional: registers differ, and more may be added. */
const STRUCTURE_WORDS: Readonly<Record<string, Structure>> = {
  砌体: 'masonry', 砌体结构: 'masonry', 砖混: 'masonry', 砖混结构: 'masonry', 砖木: 'timber', 砖木结构: 'timber',
  混凝土: 'concrete', 钢筋混凝土: 'concrete', 钢混: 'concrete', 框架: 'concrete', 框架结构: 'concrete', 剪力墙: 'concrete',
  钢: 'steel', 钢结构: 'steel', 木: 'timber', 木结构: 'timber', 土木: 'timber', 土木结构: 'timber', 石木: 'timber',
  预制板砖混: 'brickSlab', '砖混（预制板）': 'brickSlab', '砖混(预制板)': 'brickSlab', 其他: 'other', 其它: 'other', 未查明: 'unknown',
}; // prettier-ignore
const USE_WORDS: Readonly<Record<string, Use>> = {
  住宅: 'dwelling', 居住: 'dwelling', 自住: 'dwelling', 公共建筑: 'public', 公建: 'public', 学校: 'crowded', 医院: 'crowded',
  人员密集场所: 'crowded', 商业: 'business', 办公: 'business', '商业、办公': 'business', 商住: 'business', 厂房: 'industrial',
  工业: 'industrial', 仓库: 'industrial', '厂房、仓库': 'industrial', 其他: 'other', 其它: 'other', 未查明: 'unknown',
}; // prettier-ignore
const OWNERSHIP_WORDS: Readonly<Record<string, Ownership>> = {
  多业主: 'multiOwner', 商品房: 'multiOwner', 房改房: 'multiOwner', 单一业主: 'singleOwner', 单位自管: 'singleOwner', 自建: 'selfBuilt',
  自建房: 'selfBuilt', 公有: 'public', 公房: 'public', 直管公房: 'public', '公有、直管': 'public', 其他: 'other', 未查明: 'unknown',
}; // prettier-ignore
const PROTECTION_WORDS: Readonly<Record<string, Protection>> = {
  无: 'none', 否: 'none', 文物: 'heritage', 文物保护单位: 'heritage', 不可移动文物: 'heritage', 历史建筑: 'historic',
  历史街区: 'historicDistrict', 历史街区内: 'historicDistrict', 历史文化街区: 'historicDistrict', 未查明: 'unknown',
}; // prettier-ignore
const ANSWER_WORDS: Readonly<Record<string, Answer>> = {
  是: 'yes', 有: 'yes', yes: 'yes', y: 'yes', true: 'yes', 1: 'yes', 否: 'no', 无: 'no', 没有: 'no', no: 'no', n: 'no',
  false: 'no', 0: 'no', 未知: 'unknown', 不详: 'unknown', 未查明: 'unknown', unknown: 'unknown',
}; // prettier-ignore

const plain = (text: string): string => text.trim().replaceAll(/\s/gu, '');

function reader<T extends string>(
  words: Readonly<Record<string, T>>,
  own: readonly T[],
): (text: string) => T | null {
  const all = new Map<string, T>([
    ...Object.entries(words).map(([word, value]): [string, T] => [word.toLowerCase(), value]),
    ...own.map((value): [string, T] => [value.toLowerCase(), value]),
  ]);
  return text => all.get(plain(text).toLowerCase()) ?? null;
}

export const readStructure = reader(STRUCTURE_WORDS, STRUCTURES);
export const readUse = reader(USE_WORDS, USES);
export const readOwnership = reader(OWNERSHIP_WORDS, OWNERSHIPS);
export const readProtection = reader(PROTECTION_WORDS, PROTECTIONS);
export const readAnswer = reader(ANSWER_WORDS, []);

const YEAR_FORMS: readonly (readonly [RegExp, (...years: number[]) => YearBuilt])[] = [
  [/^(?:未知|不详|未查明|unknown|\?)$/i, () => ({ kind: 'unknown' })],
  [/^(\d{4})年?$/, year => ({ kind: 'exact', year: year })],
  // A day or a month of a year: the file keeps the year.
  [
    /^(\d{4})[-/.年](?:1[0-2]|0?[1-9])(?:[-/.月](?:[12]\d|3[01]|0?[1-9]))?[日月]?(?:T.*)?$/,
    year => ({ kind: 'exact', year: year }),
  ],
  [/^(\d{4})年?[-–—~～至到](\d{4})年?$/, (from, to) => ({ kind: 'range', from: from, to: to })],
  [/^(\d{4})年?(?:及?以前|之前|前)$/, to => ({ kind: 'range', from: null, to: to })],
  [/^(?:<=|≤)(\d{4})$/, to => ({ kind: 'range', from: null, to: to })],
  [/^(\d{4})年?(?:及?以后|之后|后)$/, from => ({ kind: 'range', from: from, to: null })],
  [/^(?:>=|≥)(\d{4})$/, from => ({ kind: 'range', from: from, to: null })],
  [/^(?:20世纪|19)?([3-9]0)年代$/, decade => ({ kind: 'range', from: 1900 + decade, to: 1909 + decade })],
  [/^(20[0-9]0)年代$/, from => ({ kind: 'range', from: from, to: from + 9 })],
];

/** `1984`, `1984年5月`, `1980-1989`, `1985年以前`, `80年代`, `不详`. null: none of these. */
export function readYearBuilt(text: string): YearBuilt | null {
  const asked = plain(text);
  for (const [form, made] of YEAR_FORMS) {
    const match = form.exec(asked);
    if (match !== null) return made(...match.slice(1).map(Number));
  }
  return null;
}

const ORGANISATION =
  /(?:公司|局|厂|院|校|学校|医院|中心|委员会|居委会|村委会|街道|办事处|政府|银行|集团|协会|社|站|所|处|部|队|company|ltd|co\.?|bureau|office)$/i;

/** Who is not plainly an organisation is taken for a person: then the name is masked. */
export const partyKind = (name: string): 'person' | 'organisation' =>
  ORGANISATION.test(name.trim()) ? 'organisation' : 'person';
