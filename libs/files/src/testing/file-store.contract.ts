import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FileStore } from '../file-store.port';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** In chunks, as from a socket. */
export async function* inChunks(bytes: Uint8Array, chunkBytes = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}
async function* breakingOff(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw new Error('the line broke');
}
const read = async (stream: Readable | null): Promise<Buffer | null> =>
  stream === null ? null : Buffer.concat(await stream.toArray());

/** The promises of FileStore, for every adapter. */
export function fileStoreContract(name: string, open: () => Promise<FileStore>): void {
  describe(`FileStore: ${name}`, () => {
    const photo = Buffer.from(Array.from({ length: 10_000 }, (_, i) => (i * i) % 251));

    it.each([
      ['nothing', Buffer.alloc(0)],
      ['one byte', Buffer.from([7])],
      ['many chunks', photo],
    ])('gives back what was put: %s', async (_name, bytes) => {
      const store = await open();
      const stored = { sha256: sha(bytes), bytes: bytes.length };
      expect(await store.put(inChunks(bytes))).toEqual(stored);
      expect(await store.has(stored.sha256)).toEqual(stored);
      expect(await read(await store.get(stored.sha256))).toEqual(bytes);
    });

    it('takes the same content twice, at once, as one', async () => {
      const store = await open();
      const put = () => store.put(inChunks(photo), { sha256: sha(photo) });
      const [one, two] = await Promise.all([put(), put()]);
      expect(two).toEqual(one);
      expect(await put()).toEqual(one);
      expect(await read(await store.get(one.sha256))).toEqual(photo);
    });

    it('gives a part of it', async () => {
      const store = await open();
      const { sha256 } = await store.put(inChunks(photo));
      expect(await read(await store.get(sha256, { from: 10, to: 13 }))).toEqual(photo.subarray(10, 13));
    });

    it('keeps nothing of bytes that hash to something else', async () => {
      const store = await open();
      const put = store.put(inChunks(photo), { sha256: sha(Buffer.from('other')) });
      await expect(put).rejects.toMatchObject({ code: 'FIL-001', status: 422, retryable: false });
      expect(await store.has(sha(photo))).toBeNull();
      expect(await store.has(sha(Buffer.from('other')))).toBeNull();
    });

    it('takes as much as was allowed and not one byte more', async () => {
      const store = await open();
      const put = (bytesMax: number) => store.put(inChunks(photo), { bytesMax });
      await expect(put(photo.length - 1)).rejects.toMatchObject({ code: 'FIL-004', status: 413 });
      expect(await store.has(sha(photo))).toBeNull();
      expect(await put(photo.length)).toMatchObject({ bytes: photo.length });
    });

    it('keeps nothing of what broke off', async () => {
      const store = await open();
      await expect(store.put(breakingOff(photo))).rejects.toThrow('the line broke');
      expect(await store.has(sha(photo))).toBeNull();
    });

    it.each(['0'.repeat(64), '../../etc/passwd', '', 'A'.repeat(64)])(
      'has nothing by the name %j',
      async sha256 => {
        const store = await open();
        expect([await store.has(sha256), await store.get(sha256)]).toEqual([null, null]);
      },
    );
  });
}
