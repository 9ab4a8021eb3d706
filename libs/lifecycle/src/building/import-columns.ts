import { CODE_SCHEMES, codeFault, foldCode, type CodeScheme } from './codes';
import type { Party } from './file';
import {
  partyKind,
  readAnswer,
  readOwnership,
  readProtection,
  readStructure,
  readUse,
  readYearBuilt,
} from './import-words';
import type { FilePatch } from './merge-files';
import { yearFault } from './year-built';

/** What is wrong with a cell; the page has the words. */
export type CellFaultCode =
  'badNumber' | 'badWord' | 'badYear' | 'badCode' | 'badGeometry' | 'gradeIsAppraised';

/** A file being put together from the cells of one row. */
export interface Draft {
  id: string | null;
  orgId: string | null;
  lon: number | null;
  lat: number | null;
  patch: { -readonly [K in keyof FilePatch]: FilePatch[K] };
}
export const emptyDraft = (): Draft => ({ id: null, orgId: null, lon: null, lat: null, patch: {} });

/** Takes one cell, which is not empty, into the draft; or says what is wrong with it. */
type Take = (cell: string, draft: Draft) => CellFaultCode | null;

export interface ImportColumn {
  readonly key: string;
  /** Headings that are known, the first of each language being that of the template. */
  readonly zh: readonly string[];
  readonly en: readonly string[];
  readonly example: string;
  readonly take: Take;
}

const column = (key: string, zh: string, en: string, example: string, take: Take): ImportColumn => ({
  ...{ key, example, take },
  zh: zh.split('|'),
  en: [...new Set([...en.split('|'), key])],
});

const put =
  <K extends keyof FilePatch>(
    key: K,
    read: (cell: string) => FilePatch[K] | null,
    fault: CellFaultCode,
  ): Take =>
  (cell, draft) => {
    const value = read(cell);
    if (value === null) return fault;
    draft.patch[key] = value;
    return null;
  };

/** `2,400 ㎡`, `６ 层`: full width, separators and a unit behind are no mistakes. */
const number = (cell: string): number | null => {
  const plain = cell
    .normalize('NFKC')
    .replaceAll(/[,\s]/gu, '')
    .replace(/(?:m2|平方米|m|米|层|户|人|年|度)$/u, '');
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : null;
};
const numbered = <K extends keyof FilePatch>(key: K): Take =>
  put(key, cell => number(cell) as FilePatch[K] | null, 'badNumber');

type Part = 'address' | 'people' | 'seismic';
const inPart =
  (part: Part, key: string, read: (cell: string) => unknown, fault: CellFaultCode): Take =>
  (cell, draft) => {
    const value = read(cell);
    if (value === null) return fault;
    draft.patch[part] = { ...draft.patch[part], [key]: value };
    return null;
  };
const addressPart = (key: string): Take => inPart('address', key, cell => cell, 'badWord');

const coded =
  (scheme: CodeScheme): Take =>
  (cell, draft) => {
    const code = { scheme, code: foldCode(cell) };
    if (codeFault(code) !== null) return 'badCode';
    draft.patch.codes = [...(draft.patch.codes ?? []), code];
    return null;
  };

type PartyKey = 'owner' | 'dutyHolder' | 'manager';
const named =
  (key: PartyKey): Take =>
  (cell, draft) => {
    const before: Party = draft.patch[key] ?? { kind: 'person', name: '', phone: null };
    draft.patch[key] = { ...before, kind: partyKind(cell), name: cell };
    return null;
  };
const phoned =
  (key: PartyKey): Take =>
  (cell, draft) => {
    const before: Party = draft.patch[key] ?? { kind: 'person', name: '', phone: null };
    draft.patch[key] = { ...before, phone: cell.normalize('NFKC') };
    return null;
  };

const yearBuilt: Take = (cell, draft) => {
  const built = readYearBuilt(cell);
  if (built === null || yearFault(built) !== null) return 'badYear';
  draft.patch.yearBuilt = built;
  return null;
};

const footprint: Take = (cell, draft) => {
  try {
    draft.patch.footprint = JSON.parse(cell) as NonNullable<FilePatch['footprint']>;
    return null;
  } catch {
    return 'badGeometry';
  }
};

const degree =
  (key: 'lon' | 'lat'): Take =>
  (cell, draft) => {
    draft[key] = number(cell);
    return draft[key] === null ? 'badNumber' : null;
  };

const SCHEME_HEADINGS: Readonly<Record<CodeScheme, readonly [zh: string, en: string, example: string]>> = {
  JGJT496: ['房屋统一编码|房屋建筑统一编码|房屋编码', 'JGJ/T 496 code', ''],
  zhejiang27: ['浙江单体码|单体码|城乡房屋建筑单体码', 'Zhejiang code', ''],
  unit28: ['不动产单元号', 'real estate unit', ''],
  survey: ['普查图斑编号|图斑编号|普查编号', 'survey polygon', ''],
  local: ['本地编号|编号', 'local code', 'ZY-0001'],
};

/** Every column that an import knows. */
export const IMPORT_COLUMNS: readonly ImportColumn[] = [
  column('id', '档案编号', 'file id', '', (cell, draft) => ((draft.id = cell.toLowerCase()), null)),
  column(
    'name',
    '名称|房屋名称|楼栋名称|建筑名称',
    'name',
    '人民路 12 号院 3 号楼',
    put('name', cell => cell, 'badWord'),
  ),
  ...CODE_SCHEMES.map(scheme => column(`code.${scheme}`, ...SCHEME_HEADINGS[scheme], coded(scheme))),
  column('orgId', '主管单位', 'organisation', '', (cell, draft) => ((draft.orgId = cell), null)),
  column('district', '区县|区|县区', 'district', '中原区', addressPart('district')),
  column('street', '街道|乡镇|街道（乡镇）|街道(乡镇)', 'street office', '林山寨街道', addressPart('street')),
  column('community', '社区|村|社区（村）|社区(村)', 'community', '', addressPart('community')),
  column('road', '道路|路', 'road', '人民路', addressPart('road')),
  column('number', '门牌号|号|门牌', 'house number', '12 号', addressPart('number')),
  column('address', '完整地址|地址|详细地址|坐落', 'address', '', addressPart('text')),
  column('lon', '经度', 'longitude|lng', '113.612345', degree('lon')),
  column('lat', '纬度', 'latitude', '34.748321', degree('lat')),
  column('footprint', '轮廓', 'geometry', '', footprint),
  column(
    'structure',
    '结构类型|结构',
    'structure',
    '砖混（预制板）',
    put('structure', readStructure, 'badWord'),
  ),
  column('storeys', '地上层数|层数', 'storeys', '6', numbered('storeys')),
  column('basements', '地下层数', 'basements', '0', numbered('basements')),
  column('heightM', '高度|高度（m）|高度(m)|建筑高度', 'height m', '18', numbered('heightM')),
  column('areaM2', '建筑面积|建筑面积（m²）|建筑面积(m²)|面积', 'floor area m2', '2400', numbered('areaM2')),
  column('yearBuilt', '建成年份|建成时间|建成年代|竣工日期', 'year built', '1984', yearBuilt),
  column('designLifeYears', '设计使用年限', 'design life', '50', numbered('designLifeYears')),
  column(
    'precastSlabs',
    '预制板|是否预制板',
    'precast slabs',
    '是',
    put('precastSlabs', readAnswer, 'badWord'),
  ),
  column('use', '用途|房屋用途', 'use', '住宅', put('use', readUse, 'badWord')),
  column('businessUse', '经营性|是否经营', 'business use', '否', put('businessUse', readAnswer, 'badWord')),
  column('ownership', '权属|产权性质', 'ownership', '多业主', put('ownership', readOwnership, 'badWord')),
  column('owner', '产权人|业主|产权单位', 'owner', '', named('owner')),
  column('ownerPhone', '产权人电话|业主电话', 'owner phone', '', phoned('owner')),
  column('dutyHolder', '使用安全责任人|责任人', 'duty holder', '', named('dutyHolder')),
  column('dutyHolderPhone', '责任人电话|使用安全责任人电话', 'duty holder phone', '', phoned('dutyHolder')),
  column('manager', '管理单位|物业|物业公司', 'manager', '', named('manager')),
  column('managerPhone', '管理单位电话|物业电话', 'manager phone', '', phoned('manager')),
  column('households', '户数', 'households', '36', inPart('people', 'households', number, 'badNumber')),
  column('residents', '居住人数|人数', 'residents', '98', inPart('people', 'residents', number, 'badNumber')),
  column('protection', '保护身份|保护类别', 'protection', '无', put('protection', readProtection, 'badWord')),
  column(
    'seismicDesigned',
    '抗震设防',
    'seismic design',
    '',
    inPart('seismic', 'designed', readAnswer, 'badWord'),
  ),
  column(
    'intensityDegree',
    '设防烈度',
    'intensity',
    '',
    inPart('seismic', 'intensityDegree', number, 'badNumber'),
  ),
  column('isolated', '减隔震', 'seismic isolation', '', inPart('seismic', 'isolated', readAnswer, 'badWord')),
  column('grade', '危险等级|鉴定等级|等级', 'grade', '', () => 'gradeIsAppraised'),
];

/** The columns of the template: without the grade, which no import can set. */
export const TEMPLATE_COLUMNS: readonly ImportColumn[] = IMPORT_COLUMNS.filter(each => each.key !== 'grade');

const heading = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s*＊]/gu, '');
const BY_HEADING = new Map(
  IMPORT_COLUMNS.flatMap(each => [...each.zh, ...each.en].map(name => [heading(name), each] as const)),
);

/** The column that a heading names, or null. */
export const columnOf = (text: string): ImportColumn | null => BY_HEADING.get(heading(text)) ?? null;
