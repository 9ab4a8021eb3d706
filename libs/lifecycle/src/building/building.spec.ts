import fc from 'fast-check';
import { codeFault, foldCode, type CodeScheme } from './codes';
import { addressLine, blankFile, NO_ADDRESS, type BuildingFile } from './file';
import { changedFields, fileEvents } from './file-events';
import { extentOf } from './footprint';
import { maskedFile, maskedPhone } from './masked';
import { sameKey } from './same-building';
import { folded, gramsOf, gramsOfQuery, searchText } from './search-text';
import { stableText } from './stable-text';

const file = (over: Partial<BuildingFile> = {}): BuildingFile => ({
  ...blankFile('b1', 'city', '人民路 12 号院 3 号楼'),
  address: { ...NO_ADDRESS, district: '中原区', road: '人民路', number: '12号' },
  ...over,
});

it.each<[CodeScheme, string, string | null]>([
  ['JGJT496', 'any text of any length', null],
  ['local', 'x'.repeat(64), null],
  ['local', 'x'.repeat(65), 'at most 64'],
  ['local', '', 'empty'],
  ['zhejiang27', '1'.repeat(27), null],
  ['zhejiang27', '1'.repeat(26), '27'],
  ['unit28', '1'.repeat(28), null],
  ['unit28', '1'.repeat(29), '28'],
])('looks at a code of %s', (scheme, code, fault) => {
  if (fault === null) expect(codeFault({ scheme, code })).toBeNull();
  else expect(codeFault({ scheme, code })).toContain(fault);
});

it('keeps codes without blanks and in plain digits', () => {
  expect(foldCode(' ３３０１ 06-Ａa ')).toBe('330106-Aa');
});

it.each([
  ['13800001234', '138****1234'],
  ['0378-1234567', '037****4567'],
  ['110', '*10'],
  ['', ''],
])('masks the phone %s', (phone, masked) => expect(maskedPhone(phone)).toBe(masked));

it('masks persons and every phone, but no name of an organisation', () => {
  const person = { kind: 'person', name: '王小明', phone: '13800001234' } as const;
  const firm = { kind: 'organisation', name: '某物业', phone: '0378-1234567' } as const;
  const masked = maskedFile(file({ owner: person, dutyHolder: firm, manager: null }));
  expect(masked.owner).toEqual({ kind: 'person', name: '王**', phone: '138****1234' });
  expect(masked.dutyHolder).toEqual({ kind: 'organisation', name: '某物业', phone: '037****4567' });
  expect(masked.manager).toBeNull();
});

it('writes the address in one line, unless somebody has', () => {
  expect(addressLine(file().address)).toBe('中原区人民路12号');
  expect(addressLine({ ...file().address, text: '老厂家属院' })).toBe('老厂家属院');
});

it.each([
  ['人民路12号院3号楼', '人民路12号院3幢', true],
  ['人民路 12 号院 ３ 栋', '人民路12号院3幢', true],
  ['人民路12号院3号楼', '人民路12号院4号楼', false],
])('%s and %s: one building is %s', (a, b, same) => {
  expect(sameKey(file({ name: a })) === sameKey(file({ name: b }))).toBe(same);
});

it('takes nothing for the same when the address is missing', () => {
  expect(sameKey(file({ address: NO_ADDRESS }))).toBe('');
});

it('finds every part of what is searched, and nothing over two parts', () => {
  const text = searchText(file({ codes: [{ scheme: 'local', code: 'AB-77' }] }));
  const parts = text.split('\n');
  fc.assert(
    fc.property(fc.nat(parts.length - 1), fc.nat(30), fc.integer({ min: 1, max: 12 }), (n, from, length) => {
      const query = [...parts[n]!].slice(from, from + length).join('');
      const grams = new Set(gramsOf(text));
      expect(gramsOfQuery(query).every(gram => grams.has(gram))).toBe(true);
    }),
  );
  expect(text).toContain(folded(' Ａb-77'));
  expect(gramsOf('甲乙1\n丙')).toEqual(['甲', '甲乙', '乙', '乙1', '丙']);
  expect([gramsOfQuery('1'), gramsOfQuery('甲'), gramsOfQuery('甲1')]).toEqual([[], ['甲'], ['甲1']]);
});

it('has the box of a footprint', () => {
  expect(extentOf(null)).toBeNull();
  expect(extentOf({ type: 'Point', coordinates: [114, 34] })).toEqual([114, 34, 114, 34]);
  const ring = [[114, 34], [115, 34], [115, 35], [114, 34]] as const; // prettier-ignore
  expect(extentOf({ type: 'Polygon', coordinates: [ring] })).toEqual([114, 34, 115, 35]);
});

it('sees no change in another order of keys, and every real one', () => {
  expect(stableText({ b: 1, a: [{ d: 2, c: 3 }] })).toBe(stableText({ a: [{ c: 3, d: 2 }], b: 1 }));
  expect(changedFields(file(), file({ storeys: 6, name: '另一幢' }))).toEqual(['name', 'storeys']);
});

describe('what a write tells the timeline', () => {
  const write = { version: 2, at: Date.UTC(2026, 0, 5), actor: 'enno' };
  it('says that the file was made, and of works when they were', () => {
    const works = file({ renovations: [{ year: 1998, kind: 'storeyAdded', note: '' }] });
    const events = fileEvents(null, works, { ...write, version: 1 });
    expect(events.map(({ kind, change, at }) => [kind, change, at])).toEqual([
      ['file', 'created', write.at],
      ['renovation', 'noted', Date.UTC(1998, 0, 1)],
    ]);
  });
  it('says what changed, and only what is new', () => {
    const old = { sha256: 'a'.repeat(64), title: '竣工图' };
    const added = { sha256: 'b'.repeat(64), title: '鉴定报告' };
    const events = fileEvents(file({ documents: [old] }), file({ documents: [old, added] }), write);
    expect(events.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['file', { fields: ['documents'] }],
      ['document', added],
    ]);
  });
  it('says nothing of a write that changes nothing, and the same twice with the same ids', () => {
    expect(fileEvents(file(), file(), write)).toEqual([]);
    const ids = () => fileEvents(file(), file({ storeys: 3 }), write).map(event => event.id);
    expect(ids()).toEqual(ids());
  });
});
