import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderFileStore, storeError } from './folder-file-store';
import { fileStoreContract, inChunks } from './testing/file-store.contract';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'anmai-files-'));
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

fileStoreContract('folder', async () => new FolderFileStore(join(newFolder(), 'files')));

it('leaves no half-written file behind, and shows the same files after it is opened anew', async () => {
  const folder = newFolder();
  const store = new FolderFileStore(folder);
  const bytes = Buffer.from('original');
  await expect(store.put(inChunks(bytes), { sha256: 'f'.repeat(64) })).rejects.toMatchObject({
    code: 'FIL-001',
  });
  const { sha256 } = await store.put(inChunks(bytes));
  expect(readdirSync(join(folder, 'part'))).toEqual([]);
  expect(readdirSync(join(folder, sha256.slice(0, 2)))).toEqual([sha256]);
  expect(await new FolderFileStore(folder).has(sha256)).toEqual({ sha256, bytes: bytes.length });
});

it('says that it cannot be used, retryable, where its folder cannot be made', async () => {
  const store = new FolderFileStore('/dev/null/files');
  await expect(store.put(inChunks(Buffer.from('x')))).rejects.toMatchObject({
    code: 'FIL-006',
    retryable: true,
  });
});

it.each([
  ['ENOSPC', 'FIL-005', 507],
  ['EDQUOT', 'FIL-005', 507],
  ['EIO', 'FIL-006', 503],
  ['EROFS', 'FIL-006', 503],
])('says %s as %s', (code, expected, status) => {
  const error = storeError(Object.assign(new Error('x'), { code }));
  expect(error).toMatchObject({ code: expected, status, retryable: true });
});
