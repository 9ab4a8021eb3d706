/* eslint-disable @typescript-eslint/no-unsafe-member-access */

import { buildingReply, buildingSummaryReply, pageOf, timelineEntryReply } from '@anmai/wire';
import { startApiBed, type ApiBed } from '../testing/api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
});
afterAll(() => bed.stop());

const BODY = {
  orgId: 'city',
  name: '人民路 12 号院 3 号楼',
  codes: [{ scheme: 'local', code: 'A 1' }],
  address: { district: '中原区', road: '人民路', number: '12 号' },
  yearBuilt: { kind: 'range', from: null, to: 1985 },
  owner: { kind: 'person', name: '王小明', phone: '13800001234' },
};
const post = (body: object, as = 'enno', headers = {}) =>
  bed.call('POST', '/api/v1/buildings', { as, body, headers });
let n = 0;
const made = async (body: object = {}): Promise<string> => {
  n += 1;
  const codes = [{ scheme: 'local', code: `N-${n}` }];
  const reply = await post({ ...BODY, codes, id: `b-${n}`, ...body });
  expect(reply.status).toBe(201);
  return reply.body.id as string;
};

it('opens a file, shows it, lists it and tells its timeline', async () => {
  const before = bed.journal.published;
  const reply = await post({ ...BODY, id: 'first' });
  expect([reply.status, reply.headers.get('etag')]).toEqual([201, '"1"']);
  expect(buildingReply.parse(reply.body)).toMatchObject({
    ...{ codes: [{ scheme: 'local', code: 'A1' }], structure: 'unknown', grade: null, masked: false },
  });
  expect(bed.journal.published).toBeGreaterThan(before);
  const list = await bed.call('GET', `/api/v1/buildings?q=${encodeURIComponent('院3号')}`, { as: 'vera' });
  expect(
    pageOf(buildingSummaryReply)
      .parse(list.body)
      .items.map(item => item.id),
  ).toContain('first');
  const timeline = await bed.call('GET', '/api/v1/buildings/first/timeline?kind=file', { as: 'vera' });
  expect(pageOf(timelineEntryReply).parse(timeline.body).items).toMatchObject([{ change: 'created' }]);
  expect((await bed.call('GET', '/api/v1/assets/first', { as: 'vera' })).body.kind).toBe('building');
});

it('masks people for those who do not keep files', async () => {
  const id = await made();
  const owner = async (as: string): Promise<unknown> =>
    (await bed.call('GET', `/api/v1/buildings/${id}`, { as })).body.owner;
  expect(await owner('enno')).toEqual(BODY.owner);
  expect(await owner('otto')).toEqual({ kind: 'person', name: '王**', phone: '138****1234' });
});

it('replaces a file on the version that was seen', async () => {
  const id = await made();
  const codes: object[] = [];
  const put = (version: number) =>
    bed.call('PUT', `/api/v1/buildings/${id}`, {
      as: 'enno',
      body: { ...BODY, codes, storeys: 6 },
      headers: { 'if-match': `"${version}"` },
    });
  expect((await put(1)).body).toMatchObject({ version: 2, storeys: 6 });
  expect((await put(1)).body).toMatchObject({ code: 'PGR-006', currentVersion: 2 });
});

it.each<[string, object, number, string]>([
  ['a grade', { grade: 'A' }, 422, 'BLD-001'],
  ['a grade that is none', { grade: null }, 422, 'BLD-001'],
  ['a code of another building', { codes: [{ scheme: 'local', code: 'A1' }] }, 409, 'BLD-003'],
  ['a code of a wrong length', { codes: [{ scheme: 'unit28', code: '123' }] }, 400, 'VAL-001'],
  ['a code given twice', { codes: [{ scheme: 'local', code: 'Z' }, { scheme: 'local', code: ' Z' }] }, 400, 'VAL-001'],
  ['a range of years without an end', { yearBuilt: { kind: 'range' } }, 400, 'VAL-001'],
  ['a line as footprint', { footprint: { type: 'LineString', coordinates: [[1, 1], [2, 2]] } }, 400, 'VAL-001'],
  ['a phone that is none', { owner: { name: 'x', phone: 'call me' } }, 400, 'VAL-001'],
  ['a field that does not exist', { storey: 3 }, 400, 'VAL-001'],
  ['an unknown organisation', { orgId: 'nobody' }, 422, 'PGR-007'],
])('refuses %s', async (_name, body, status, code) => {
  const reply = await post({ ...BODY, codes: [], ...body });
  expect([reply.status, reply.body.code]).toEqual([status, code]);
  expect(reply.body.remedy).not.toBe('');
}); // prettier-ignore

it('does the same request once', async () => {
  const headers = { 'idempotency-key': 'building-once' };
  const body = { ...BODY, codes: [], id: 'once' };
  const first = await post(body, 'enno', headers);
  expect((await post(body, 'enno', headers)).body).toEqual(first.body);
});

it('lets nobody see or change what is of another organisation', async () => {
  const id = await made({ orgId: 'gas-co' });
  expect((await bed.call('GET', `/api/v1/buildings/${id}`, { as: 'water-viewer' })).status).toBe(404);
  expect((await bed.call('GET', `/api/v1/buildings/${id}`, { as: 'gas-operator' })).status).toBe(200);
  expect((await post({ ...BODY, codes: [] }, 'otto')).body.code).toBe('AUT-004');
});

it('answers a kind of line that does not exist with a fault', async () => {
  const reply = await bed.call('GET', '/api/v1/buildings/first/timeline?kind=weather', { as: 'vera' });
  expect([reply.status, reply.body.code]).toEqual([400, 'VAL-001']);
});
