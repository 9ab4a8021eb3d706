import { blankFile, type BuildingFile } from './file';
import { columnOf, emptyDraft, IMPORT_COLUMNS, type Draft } from './import-columns';
import { partyKind, readAnswer, readStructure, readYearBuilt } from './import-words';
import { mergedFile, mergeFault, patchedFile } from './merge-files';

const file = (over: Partial<BuildingFile> = {}): BuildingFile => ({
  ...blankFile('b1', 'city', '三号楼'),
  ...over,
});

it.each([
  ['1984', 'exact 1984'],
  ['1984年', 'exact 1984'],
  ['1984-05-01', 'exact 1984'],
  ['1984年5月', 'exact 1984'],
  ['1984.12', 'exact 1984'],
  ['2001-05-01T00:00:00.000Z', 'exact 2001'],
  ['1980-1989', 'range 1980 1989'],
  ['1980 至 1989 年', 'range 1980 1989'],
  ['1985年以前', 'range - 1985'],
  ['≤1985', 'range - 1985'],
  ['1990年后', 'range 1990 -'],
  ['80年代', 'range 1980 1989'],
  ['1980年代', 'range 1980 1989'],
  ['2010年代', 'range 2010 2019'],
  ['不详', 'unknown'],
  ['很久以前', 'null'],
  ['84', 'null'],
  ['1984-13', 'null'],
])('reads the year %s', (text, expected) => {
  const built = readYearBuilt(text);
  const said =
    built === null
      ? 'null'
      : built.kind === 'exact'
        ? `exact ${built.year}`
        : built.kind === 'range'
          ? `range ${built.from ?? '-'} ${built.to ?? '-'}`
          : 'unknown';
  expect(said).toBe(expected);
});

it.each([
  ['郑州市房管局', 'organisation'],
  ['某某物业有限公司', 'organisation'],
  ['王小明', 'person'],
  ['欧阳', 'person'],
])('takes %s for a %s', (name, kind) => expect(partyKind(name)).toBe(kind));

it('knows words of registers and its own', () => {
  expect([readStructure('砖混'), readStructure(' brickSlab '), readStructure('纸')]).toEqual([
    'masonry',
    'brickSlab',
    null,
  ]);
  expect([readAnswer('是'), readAnswer('No'), readAnswer('也许')]).toEqual(['yes', 'no', null]);
});

describe('columns', () => {
  it.each([
    ['房屋名称', 'name'],
    ['Year Built', 'yearBuilt'],
    ['建筑面积（㎡）', 'areaM2'],
    [' 名称* ', 'name'],
    ['code.unit28', 'code.unit28'],
    ['天气', null],
  ])('%s is %s', (text, key) => expect(columnOf(text)?.key ?? null).toBe(key));

  it('have no heading twice', () => {
    const all = IMPORT_COLUMNS.flatMap(({ zh, en }) => [...zh, ...en]);
    expect(new Set(all).size).toBe(all.length);
  });

  const taken = (cells: Readonly<Record<string, string>>): { draft: Draft; faults: string[] } => {
    const draft = emptyDraft();
    const faults = Object.entries(cells).flatMap(([text, cell]) => columnOf(text)?.take(cell, draft) ?? []);
    return { draft, faults };
  };

  it('take their cells into a file', () => {
    const cells = { 名称: '一号楼', 层数: '６ 层', 建筑面积: '2,400 ㎡', 编号: ' A 1', 区县: '中原区', 户数: '36', 产权人: '王小明', 产权人电话: '138 0000' }; // prettier-ignore
    const { draft, faults } = taken(cells);
    expect(faults).toEqual([]);
    expect(patchedFile(blankFile('x', 'city', ''), draft.patch)).toMatchObject({
      ...{ name: '一号楼', storeys: 6, areaM2: 2400, codes: [{ scheme: 'local', code: 'A1' }] },
      ...{ people: { households: 36, residents: null }, owner: { name: '王小明', phone: '138 0000' } },
    });
  });

  it.each([
    ['层数', '很多', 'badNumber'],
    ['结构', '纸', 'badWord'],
    ['建成年份', '3000年', 'badYear'],
    ['单体码', '123', 'badCode'],
    ['轮廓', '{', 'badGeometry'],
    ['危险等级', 'A', 'gradeIsAppraised'],
  ])('%s refuses %s', (text, cell, fault) => expect(taken({ [text]: cell }).faults).toEqual([fault]));
});

it('changes by a row what the row says, and keeps codes of other schemes', () => {
  const before = file({ codes: [{ scheme: 'local', code: '1' }, { scheme: 'survey', code: '9' }], storeys: 6 }); // prettier-ignore
  const after = patchedFile(before, { codes: [{ scheme: 'local', code: '2' }], address: { road: '人民路' } });
  expect([after.storeys, after.address.road]).toEqual([6, '人民路']);
  expect(after.codes.map(code => code.code)).toEqual(['9', '2']);
});

describe('a merge', () => {
  it('keeps what the survivor knows and fills the rest', () => {
    const kept = file({ storeys: 6, protection: 'unknown', codes: [{ scheme: 'local', code: '1' }] });
    const other = file({ id: 'b2', name: '另一名', storeys: 7, protection: 'historic', heightM: 18, codes: [{ scheme: 'local', code: '2' }] }); // prettier-ignore
    expect(mergedFile(kept, other)).toMatchObject({
      ...{ id: 'b1', name: '三号楼', storeys: 6, protection: 'historic', heightM: 18 },
      codes: [{ code: '1' }, { code: '2' }],
    });
  });

  const one = (id: string, grade: 'B' | 'C' | null = null, mergedInto: string | null = null) => ({
    id,
    grade,
    mergedInto,
  });
  it.each([
    ['two files', one('a'), one('b'), null],
    ['a graded survivor', one('a', 'C'), one('b'), null],
    ['equal grades', one('a', 'C'), one('b', 'C'), null],
    ['one file with itself', one('a'), one('a'), 'sameFile'],
    ['a file that went already', one('a'), one('b', null, 'c'), 'isMerged'],
    ['a survivor that went already', one('a', null, 'c'), one('b'), 'isMerged'],
    ['a grade that would vanish', one('a'), one('b', 'C'), 'gradeWouldVanish'],
    ['two appraisals that disagree', one('a', 'B'), one('b', 'C'), 'gradesDiffer'],
  ])('of %s', (_name, kept, gone, fault) => expect(mergeFault(kept, gone)).toBe(fault));
});
