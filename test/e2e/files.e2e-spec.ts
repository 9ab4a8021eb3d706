import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileReceipt, fileReply, problemReply, type FileReceiptShape } from '@anmai/wire';
import { jpegWithExif } from '@anmai/files/testing/jpeg';
import { ApiClient } from '../support/api-client';
import { eventually } from '../support/eventually';
import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { sha256Of, TusClient, type Announced, type TusReply } from '../support/tus';

let server: ServerProcess;
let api: ApiClient;
let tus: TusClient;
beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
  tus = new TusClient(server.http, api.token);
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

let made = 0;
const photo = (kilobytes = 300): Buffer => {
  made += 1;
  const fill = Buffer.alloc(kilobytes * 1_024, `photo ${made} `);
  return jpegWithExif({ takenAt: '2026:11:20 09:30:00', make: 'HUAWEI', lat: 34.75, lon: 113.62, fill });
};
const receiptOf = (reply: TusReply): FileReceiptShape | null =>
  reply.headers.has('upload-receipt')
    ? fileReceipt.parse(JSON.parse(reply.headers.get('upload-receipt')!))
    : null;
async function begin(bytes: Buffer, given: Announced = {}): Promise<string> {
  const reply = await tus.create(bytes, given);
  expect([reply.status, reply.body]).toEqual([201, null]);
  return reply.headers.get('location')!;
}
async function sent(bytes: Buffer, given: Announced = {}): Promise<FileReceiptShape> {
  const path = await begin(bytes, given);
  return receiptOf(await tus.send(path, bytes, 0))!;
}
const get = (path: string, token = api.token) =>
  fetch(`${server.http}/api/v1/files/${path}`, { headers: { authorization: `Bearer ${token}` } });

it('goes on where the connection broke, and gives a receipt for what is on disk', async () => {
  const bytes = photo();
  const path = await begin(bytes, {
    meta: { name: '裂缝 1.jpg', takenAt: '2026-11-20T01:30:00Z', gallery: false },
  });
  expect(receiptOf(await tus.send(path, bytes, 0, 50_000))).toBeNull();
  await tus.breakOff(path, bytes, 50_000, 200_000);
  // What was on its way when the line broke may come in after the question: 409, and one asks again.
  const last = await eventually(async () => {
    const offset = Number((await tus.state(path)).headers.get('upload-offset'));
    expect(offset).toBeGreaterThanOrEqual(50_000);
    expect(offset).toBeLessThanOrEqual(200_000);
    const reply = await tus.send(path, bytes, offset);
    expect([204, 409]).toContain(reply.status);
    if (reply.status === 409) throw new Error(reply.body?.code);
    return reply;
  });
  const receipt = receiptOf(last);
  expect(receipt).toMatchObject({ sha256: sha256Of(bytes), bytes: bytes.length });
  expect(receiptOf(await tus.state(path))).toEqual(receipt);

  const back = await get(sha256Of(bytes));
  expect(Buffer.from(await back.arrayBuffer())).toEqual(bytes);
  const info = fileReply.parse(await (await get(`${sha256Of(bytes)}/info`)).json());
  expect(info.meta).toMatchObject({
    name: '裂缝 1.jpg',
    exif: {
      takenAt: '2026:11:20 09:30:00',
      camera: 'HUAWEI',
      place: { lat: expect.closeTo(34.75, 4) as number },
    },
  });
});

it('survives a kill of the program in the middle of an upload', async () => {
  const first = await startServer();
  const client = await ApiClient.login(first.http);
  const bytes = photo();
  const one = new TusClient(first.http, client.token);
  const path = (await one.create(bytes)).headers.get('location')!;
  await one.send(path, bytes, 0, 100_000);
  await first.kill();
  const second = await startServer({ dataDir: first.dataDir });
  try {
    const two = new TusClient(second.http, (await ApiClient.login(second.http)).token);
    expect((await two.state(path)).headers.get('upload-offset')).toBe('100000');
    expect(receiptOf(await two.send(path, bytes, 100_000))).toMatchObject({ sha256: sha256Of(bytes) });
  } finally {
    await second.stop();
  }
});

it('refuses bytes that are not those announced, says what to do, and keeps none of them', async () => {
  const bytes = photo();
  const path = await begin(bytes, { sha256: sha256Of(Buffer.from('another photo')) });
  const reply = await tus.send(path, bytes, 0);
  expect([reply.status, reply.body?.code]).toEqual([422, 'FIL-001']);
  expect(problemReply.parse(reply.body).remedy).toContain('send it again');
  expect((await tus.state(path)).status).toBe(404);
  expect((await get(sha256Of(bytes))).status).toBe(404);
  const name = path.split('/').at(-1)!;
  expect(readdirSync(join(server.dataDir, 'uploads')).filter(each => each.startsWith(name))).toEqual([]);
});

it('takes the same photo again as the same one, and needs no bytes for it', async () => {
  const bytes = photo();
  const announced = { sha256: sha256Of(bytes), bytes: bytes.length, type: 'image/jpeg', kind: 'photo' };
  const before = await api.post<{ code: string }>('/files/receipts', announced);
  expect([before.status, before.body.code]).toEqual([404, 'FIL-011']);
  const receipt = await sent(bytes);
  expect(await sent(bytes)).toEqual(receipt);
  expect((await api.post('/files/receipts', announced)).body).toEqual(receipt);
});

it('answers the part that was sent a second time since its answer got lost', async () => {
  const bytes = photo();
  const path = await begin(bytes);
  const receipt = receiptOf(await tus.send(path, bytes, 0));
  expect(receiptOf(await tus.send(path, bytes, 0))).toEqual(receipt);
});

it.each<[string, Announced & { length?: number }, number, string]>([
  ['a web page', { type: 'text/html' }, 415, 'FIL-002'],
  ['a drawing that a browser would run', { type: 'image/svg+xml' }, 415, 'FIL-002'],
  ['rubbish for a type', { type: '\u0000'.repeat(9) }, 415, 'FIL-002'],
  ['a hash that is none', { sha256: 'abc' }, 400, 'FIL-010'],
  ['an unknown kind', { kind: 'video' }, 400, 'FIL-010'],
  ['an unknown field', { meta: { colour: 'red' } }, 400, 'FIL-010'],
  ['a place beyond the earth', { meta: { place: { lat: 91, lon: 0, accuracyM: 5 } } }, 400, 'FIL-010'],
  ['a signature of 1 MB and a byte', { kind: 'signature', length: 1_000_001 }, 413, 'FIL-004'],
  ['nothing at all', { length: 0 }, 400, 'FIL-010'],
])('refuses to begin %s', async (_name, { length, ...given }, status, code) => {
  const reply = await tus.create(photo(), given, length);
  expect([reply.status, reply.body?.code]).toEqual([status, code]);
  problemReply.parse(reply.body);
});

it('refuses a program that calls itself a photo', async () => {
  const bytes = Buffer.concat([Buffer.from('MZ\u0090'), Buffer.alloc(5_000, 1)]);
  const reply = await tus.send(await begin(bytes), bytes, 0);
  expect([reply.status, reply.body?.code]).toEqual([415, 'FIL-003']);
  expect((await get(sha256Of(bytes))).status).toBe(404);
});

it('refuses a part without the version of the protocol, at a wrong place, and beyond the end', async () => {
  const bytes = photo();
  const path = await begin(bytes);
  const bare = await api.call<{ code: string }>('PATCH', path.replace('/api/v1', ''), 'x', {
    'content-type': 'application/offset+octet-stream',
    'upload-offset': '0',
  });
  expect([bare.status, bare.body.code]).toEqual([400, 'FIL-009']);
  expect((await tus.send(path, bytes, 1_000)).body?.code).toBe('FIL-008');
  const more = Buffer.concat([bytes, Buffer.from('x')]);
  expect((await tus.send(path, more, 0)).body?.code).toBe('FIL-004');
  expect(receiptOf(await tus.send(path, bytes, 0))).toMatchObject({ bytes: bytes.length });
});

describe('who sees it', () => {
  it('is its organisation and those above; another reads as absent', async () => {
    for (const [id, parentId] of [
      ['north', 'platform'],
      ['south', 'platform'],
    ] as const) {
      const root = (await api.get<{ items: { id: string }[] }>('/orgs')).body.items[0]!.id;
      await api.must('/orgs', { id, name: id, parentId: parentId === 'platform' ? root : parentId });
      const user = {
        username: `${id}-1`,
        displayName: id,
        role: 'inspector',
        orgId: id,
        password: 'long-enough-1',
      };
      await api.must('/users', user);
    }
    const [north, south] = await Promise.all(
      ['north-1', 'south-1'].map(name => ApiClient.login(server.http, name, 'long-enough-1')),
    );
    const bytes = photo();
    const client = new TusClient(server.http, north!.token);
    const path = (await client.create(bytes)).headers.get('location')!;
    expect((await new TusClient(server.http, south!.token).state(path)).status).toBe(404);
    await client.send(path, bytes, 0);
    const sha256 = sha256Of(bytes);
    const seen = await Promise.all([north!, api, south!].map(each => get(sha256, each.token)));
    expect(seen.map(each => each.status)).toEqual([200, 200, 404]);
    expect((await get(`${sha256}/info`, south!.token)).status).toBe(404);
  });

  it('gets it as a file that runs nothing', async () => {
    const bytes = photo(1);
    await sent(bytes, { meta: { name: '"><script>.jpg' } });
    const { headers } = await get(sha256Of(bytes));
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('content-disposition')).toBe("inline; filename*=UTF-8''%22%3E%3Cscript%3E.jpg");
    expect(headers.get('content-length')).toBe(String(bytes.length));
    expect((await tus.ask('HEAD', `/api/v1/files/${sha256Of(bytes)}`)).headers.get('etag')).toBe(
      `"${sha256Of(bytes)}"`,
    );
  });
});
