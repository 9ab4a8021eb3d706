/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */

import {
  buildingImportReply,
  buildingImportsReply,
  buildingMapReply,
  duplicatePairReply,
  pageOf,
} from '@anmai/wire';
import { BuildingImporter } from './building-importer';
import { startApiBed, type ApiBed, type Reply } from '../testing/api-bed';
import { XLSX_TYPE } from '../body-parsers';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
});
afterAll(() => bed.stop());

/** Sends a sheet and waits until its job has ended. */
async function imported(
  body: string | Uint8Array,
  query = '',
  as = 'enno',
  type = 'text/csv',
): Promise<Reply> {
  const headers = { 'content-type': type };
  const sent = await bed.call('POST', `/api/v1/buildings/imports${query}`, { as, body, headers });
  if (sent.status !== 202) return sent;
  buildingImportReply.parse(sent.body);
  await bed.app.get(BuildingImporter).running;
  const job = await bed.call('GET', `/api/v1/buildings/imports/${sent.body.id}`, { as });
  buildingImportReply.parse(job.body);
  return job;
}
const faultsOf = (reply: Reply): string[] =>
  (reply.body.faults as { row: number; column: string; code: string }[]).map(
    fault => `${fault.row} ${fault.column} ${fault.code}`,
  );

it('imports the template of each kind and language, and finds nothing to change the second time', async () => {
  for (const [n, query] of ['?format=csv&lang=zh', '?format=csv&lang=en', '?format=xlsx&lang=zh'].entries()) {
    const reply = await fetch(`${bed.url}/api/v1/buildings/template${query}`, {
      headers: { authorization: `Bearer ${await bed.token('vera')}` },
    });
    const bytes = new Uint8Array(await reply.arrayBuffer());
    const type = query.includes('xlsx') ? XLSX_TYPE : 'text/csv';
    const job = await imported(bytes, '', 'enno', type);
    const counts = n === 0 ? { created: 1, unchanged: 0 } : { created: 0, unchanged: 1 };
    expect(job.body).toMatchObject({ state: 'done', faults: [], rowsTotal: 1, rowsDone: 1, ...counts });
  }
  const found = await bed.call('GET', '/api/v1/buildings?q=ZY-0001', { as: 'vera' });
  expect(found.body.items).toMatchObject([
    { name: '人民路 12 号院 3 号楼', structure: 'brickSlab', storeys: 6, protection: 'none' },
  ]);
  expect(bed.journal.published).toBeGreaterThan(0);
});

const MIXED = [
  '名称,编号,层数,建成年份,危险等级,天气,经度,纬度,产权人电话',
  '一号楼,M-1,6,80年代,,晴,113.6,34.7,',
  '二号楼,M-2,很多,1984,,,,,',
  '三号楼,M-3,3,1984,C,,,,',
  ',M-4,3,1984,,,,,',
  '五号楼,,,,,,,,',
  '六号楼,M-1,,,,,,,',
  '七号楼,M-7,999,,,,,,',
  '八号楼,M-8,,,,,113.6,,',
  '九号楼,M-9,,,,,,,打我电话',
  ',,,,,,,,',
].join('\n');
const MIXED_FAULTS = [
  '1 天气 unknownColumn',
  '3 层数 badNumber',
  '4 危险等级 gradeIsAppraised',
  '5 name required',
  '6 code noIdentity',
  '7 id duplicateRow',
  '8 storeys badValue',
  '9 lon halfPlace',
  '10 owner.name badValue',
];

it('names every fault by its row and column, and writes nothing', async () => {
  const job = await imported(MIXED);
  expect(job.body).toMatchObject({ state: 'refused', created: 0, warned: 1, rowsTotal: 9 });
  // A row that cannot be read is not looked at further: what the records would say of it comes when it is mended.
  expect(faultsOf(job)).toEqual(MIXED_FAULTS);
  expect((await bed.call('GET', '/api/v1/buildings?q=M-1', { as: 'vera' })).body.items).toEqual([]);
});

it('writes the good rows when that is asked for', async () => {
  const job = await imported(MIXED, '?mode=good');
  expect(job.body).toMatchObject({ state: 'done', created: 1, faulty: 8 });
  const { body } = await bed.call('GET', '/api/v1/buildings?q=M-1', { as: 'vera' });
  expect(body.items).toMatchObject([{ yearBuilt: { kind: 'range', from: 1980, to: 1989 } }]);
});

it.each<[string, string | Uint8Array, number, string]>([
  ['an empty body', '', 400, 'VAL-001'],
  ['a body that is no sheet', JSON.stringify({ a: 1 }), 400, 'VAL-001'],
])('refuses %s at once', async (_name, body, status, code) => {
  const type = body === '' ? 'text/csv' : 'application/json';
  const reply = await imported(body, '', 'enno', type);
  expect([reply.status, [code, 'BLD-005'].includes(reply.body.code as string)]).toEqual([status, true]);
});

it.each<[string, string | Uint8Array]>([
  ['a sheet without a column that is known', 'a,b\n1,2'],
  ['bytes of no encoding', Uint8Array.of(0x80, 0xff, 0x0a, 0xff)],
  ['a broken workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3)],
  ['a quote that never ends', '名称\n"一号楼'],
])('ends with a reason on %s', async (_name, body) => {
  const job = await imported(body);
  expect(job.body).toMatchObject({ state: 'failed', created: 0 });
  expect(job.body.reason).toContain('BLD-005');
});

it('reads what Excel writes in Chinese', async () => {
  // 名称,编号 / 旧楼,G-1 in GB 18030.
  const bytes = Uint8Array.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb1, 0xe0, 0xba, 0xc5, 0x0a, 0xbe, 0xc9, 0xc2, 0xa5, 0x2c, 0x47, 0x2d, 0x31]); // prettier-ignore
  expect((await imported(bytes)).body).toMatchObject({ state: 'done', created: 1 });
  expect((await bed.call('GET', '/api/v1/buildings?q=旧楼', { as: 'vera' })).body.items).toHaveLength(1);
});

it('imports for one’s own organisations alone, and shows jobs to nobody else', async () => {
  const sheet = '名称,编号\n一号楼,O-1';
  expect((await imported(sheet, '?orgId=water-co', 'gas-engineer')).status).toBe(404);
  const job = await imported(sheet, '', 'gas-engineer');
  expect(job.body).toMatchObject({ state: 'done', orgId: 'gas-co', created: 1 });
  const seen = await bed.call('GET', `/api/v1/buildings/imports/${job.body.id}`, { as: 'water-viewer' });
  expect(seen.status).toBe(404);
  const { body } = await bed.call('GET', '/api/v1/buildings/imports', { as: 'gas-operator' });
  expect(buildingImportsReply.parse(body).items.map(item => item.id)).toEqual([job.body.id]);
});

it('proposes pairs, keeps them apart or merges them when a person says why', async () => {
  const sheet = [
    '名称,编号,地址,高度',
    '双楼,P-1,文化路 1 号,',
    '双 楼,P-2,文化路1号,18',
    '双楼,P-3,文化路1号,',
  ];
  await imported(sheet.join('\n'));
  const list = async () =>
    pageOf(duplicatePairReply)
      .parse((await bed.call('GET', '/api/v1/buildings/duplicates', { as: 'vera' })).body)
      .items.filter(pair => pair.building.name.startsWith('双'));
  const pairs = await list();
  expect(pairs.map(pair => pair.reasons)).toEqual([
    ['sameNameAndAddress'],
    ['sameNameAndAddress'],
    ['sameNameAndAddress'],
  ]);
  const [first] = pairs;
  const apart = (as: string, body: object) =>
    bed.call('POST', `/api/v1/buildings/duplicates/${first!.id}/keep-apart`, { as, body });
  expect((await apart('enno', {})).body.code).toBe('VAL-001');
  expect((await apart('otto', { reason: 'x' })).status).toBe(403);
  expect((await apart('enno', { reason: '两幢楼' })).status).toBe(204);
  const [second] = await list();
  const kept = second!.building.id;
  const body = { otherId: second!.other.id, reason: '现场核实' };
  const merged = await bed.call('POST', `/api/v1/buildings/${kept}/merge`, { as: 'enno', body });
  expect([merged.status, merged.body.version]).toEqual([200, 2]);
  const again = await bed.call('POST', `/api/v1/buildings/${kept}/merge`, { as: 'enno', body });
  expect([again.status, again.body.code]).toEqual([409, 'BLD-008']);
  const gone = await bed.call('GET', `/api/v1/buildings/${second!.other.id}`, { as: 'vera' });
  expect(gone.body.mergedInto).toBe(kept);
});

it('gives a map of a box, and refuses a box that is none', async () => {
  const { body } = await bed.call('GET', '/api/v1/buildings/map?bbox=113,34,114,35', { as: 'vera' });
  const map = buildingMapReply.parse(body);
  expect(map.features.length).toBeGreaterThan(0);
  expect(map).toMatchObject({ type: 'FeatureCollection', clustered: false, total: map.features.length });
  for (const box of ['114,34,113,35', '1,2,3', 'a,b,c,d', '113,34,114,95']) {
    const reply = await bed.call('GET', `/api/v1/buildings/map?bbox=${box}`, { as: 'vera' });
    expect([box, reply.status]).toEqual([box, 400]);
  }
});
