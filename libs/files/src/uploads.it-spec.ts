import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AppError } from '@anmai/kernel';
import { FILE_ERRORS } from './errors';
import type { TusCall } from './tus-request';
import { FREE_BYTES_MIN, headOf, OPEN_UPLOADS_MAX, sweepUploads, UPLOAD_KEEP_MS, Uploads } from './uploads';

const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

const PHOTO = Buffer.from(Array.from({ length: 5_000 }, (_, i) => i % 256));
const INES = { owner: 'ines', notes: { orgId: '市' } };
const TUS = { 'tus-resumable': '1.0.0' };
const announce = (bytes: number): TusCall => ({
  headers: {
    ...TUS,
    'upload-length': String(bytes),
    'upload-metadata': `name ${Buffer.from('a.jpg').toString('base64')}`,
  },
});
const part = (
  from: number,
  to: number,
  body: Readable = Readable.from([PHOTO.subarray(from, to)]),
): TusCall => ({
  headers: {
    ...TUS,
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(from),
    'content-length': String(to - from),
  },
  body,
});

function bed({ free = 2 * FREE_BYTES_MIN, refusal = null as AppError | null } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'anmai-uploads-'));
  folders.push(folder);
  const seen: Buffer[] = [];
  const bed = { folder, seen, free, refusal, now: Date.now() };
  const uploads = new Uploads<{ bytes: number; name: string | null }>({
    folder,
    freeBytes: async () => bed.free,
    take: async upload => {
      if (bed.refusal !== null) throw bed.refusal;
      seen.push(await headOf(upload.content(), 1_000_000));
      expect([upload.owner, upload.notes]).toEqual(['ines', { orgId: '市' }]);
      return { bytes: upload.bytes, name: upload.announced['name'] ?? null };
    },
  });
  return Object.assign(bed, { uploads });
}

it('takes an upload in parts, and tells the same to whoever asks again', async () => {
  const { uploads, seen, folder } = bed();
  const id = await uploads.create(announce(5_000), INES, 5_000);
  expect(await uploads.append(id, 'ines', part(0, 3_000))).toEqual({
    offset: 3_000,
    bytes: 5_000,
    taken: null,
  });
  expect(await uploads.state(id, 'ines', { headers: TUS })).toMatchObject({ offset: 3_000, taken: null });
  const whole = { offset: 5_000, bytes: 5_000, taken: { bytes: 5_000, name: 'a.jpg' } };
  expect(await uploads.append(id, 'ines', part(3_000, 5_000))).toEqual(whole);
  expect(await uploads.state(id, 'ines', { headers: TUS })).toEqual(whole);
  expect(await uploads.append(id, 'ines', part(3_000, 5_000))).toEqual(whole);
  expect(seen).toEqual([PHOTO]);
  expect(readdirSync(folder)).not.toContain(id);
});

it('goes on from what had come when the line broke', async () => {
  const { uploads, seen } = bed();
  const id = await uploads.create(announce(5_000), INES, 5_000);
  const broken = Readable.from(
    (async function* () {
      yield PHOTO.subarray(0, 2_000);
      await new Promise(resolve => setImmediate(resolve));
      throw new Error('ECONNRESET');
    })(),
  );
  await expect(uploads.append(id, 'ines', part(0, 5_000, broken))).rejects.toMatchObject({ retryable: true });
  const { offset } = await uploads.state(id, 'ines', { headers: TUS });
  expect(offset).toBeLessThanOrEqual(2_000);
  await uploads.append(id, 'ines', part(offset, 5_000));
  expect(seen).toEqual([PHOTO]);
});

it('refuses bytes that do not follow, and more than was announced', async () => {
  const { uploads } = bed();
  const id = await uploads.create(announce(100), INES, 100);
  await expect(uploads.append(id, 'ines', part(50, 100))).rejects.toMatchObject({ code: 'FIL-008' });
  await expect(uploads.append(id, 'ines', part(0, 101))).rejects.toMatchObject({ code: 'FIL-004' });
  expect((await uploads.state(id, 'ines', { headers: TUS })).offset).toBe(0);
});

it('shows an upload to nobody else, and knows no invented one', async () => {
  const { uploads } = bed();
  const id = await uploads.create(announce(5_000), INES, 5_000);
  for (const [which, who] of [
    [id, 'otto'],
    ['0'.repeat(32), 'ines'],
    ['../secret', 'ines'],
  ] as const) {
    await expect(uploads.state(which, who, { headers: TUS })).rejects.toMatchObject({
      code: 'FIL-007',
      status: 404,
    });
    await expect(uploads.remove(which, who)).rejects.toMatchObject({ code: 'FIL-007' });
  }
  await uploads.append(id, 'ines', part(0, 5_000));
  await expect(uploads.state(id, 'otto', { headers: TUS })).rejects.toMatchObject({ code: 'FIL-007' });
});

it('keeps what is complete while it cannot be taken, and takes it when asked again', async () => {
  const it = bed({ refusal: new AppError(FILE_ERRORS.noRoom) });
  const id = await it.uploads.create(announce(5_000), INES, 5_000);
  await expect(it.uploads.append(id, 'ines', part(0, 5_000))).rejects.toMatchObject({ code: 'FIL-005' });
  it.refusal = null;
  expect((await it.uploads.state(id, 'ines', { headers: TUS })).taken).toMatchObject({ bytes: 5_000 });
});

it('removes what was refused for good', async () => {
  const it = bed({ refusal: new AppError(FILE_ERRORS.hashDiffers, { got: 'a', expected: 'b' }) });
  const id = await it.uploads.create(announce(5_000), INES, 5_000);
  await expect(it.uploads.append(id, 'ines', part(0, 5_000))).rejects.toMatchObject({ code: 'FIL-001' });
  await expect(it.uploads.state(id, 'ines', { headers: TUS })).rejects.toMatchObject({ code: 'FIL-007' });
  expect(readdirSync(it.folder)).toEqual([]);
});

it('begins none that the disk has no room for, to the byte', async () => {
  const it = bed({ free: FREE_BYTES_MIN + 99 });
  await expect(it.uploads.create(announce(100), INES, 100)).rejects.toMatchObject({
    code: 'FIL-005',
    status: 507,
  });
  it.free += 1;
  expect(await it.uploads.create(announce(100), INES, 100)).toMatch(/^[0-9a-f]{32}$/);
});

it('takes no more bytes once others have filled the disk, and goes on when there is room', async () => {
  const it = bed();
  const id = await it.uploads.create(announce(5_000), INES, 5_000);
  await it.uploads.append(id, 'ines', part(0, 3_000));
  it.free = FREE_BYTES_MIN + 1_999;
  await expect(it.uploads.append(id, 'ines', part(3_000, 5_000))).rejects.toMatchObject({ code: 'FIL-005' });
  expect((await it.uploads.state(id, 'ines', { headers: TUS })).offset).toBe(3_000);
  it.free += 1;
  expect((await it.uploads.append(id, 'ines', part(3_000, 5_000))).taken).not.toBeNull();
});

it('lets one owner begin so many, and others go on', async () => {
  const { uploads } = bed();
  const ids: string[] = [];
  while (ids.length < OPEN_UPLOADS_MAX) ids.push(await uploads.create(announce(5_000), INES, 5_000));
  const more = () => uploads.create(announce(5_000), INES, 5_000);
  await expect(more()).rejects.toMatchObject({ code: 'FIL-013', status: 429 });
  await uploads.create(announce(5_000), { owner: 'otto' }, 5_000);
  await uploads.append(ids[0]!, 'ines', part(0, 5_000));
  await more();
  await expect(more()).rejects.toMatchObject({ code: 'FIL-013' });
  await uploads.remove(ids[1]!, 'ines');
  await more();
});

it('forgets what nobody went on with for long, and nothing sooner', async () => {
  const it = bed();
  const [old, young] = [
    await it.uploads.create(announce(9), INES, 9),
    await it.uploads.create(announce(9), INES, 9),
  ];
  const age = (id: string, ms: number): void => {
    const at = new Date(it.now - ms);
    for (const end of ['', '.json']) utimesSync(join(it.folder, id + end), at, at);
  };
  age(old, UPLOAD_KEEP_MS + 1_000);
  age(young, UPLOAD_KEEP_MS - 60_000);
  expect(await sweepUploads(it.folder, it.now)).toBe(1);
  await expect(it.uploads.state(old, 'ines', { headers: TUS })).rejects.toMatchObject({ code: 'FIL-007' });
  expect(await it.uploads.state(young, 'ines', { headers: TUS })).toMatchObject({ offset: 0 });
});
