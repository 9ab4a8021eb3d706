import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArchive } from './archive-reader';
import { ArchiveWriter } from './archive-writer';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'anmai-archive-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('gives each part back in order, read or passed over, and never keeps what is passed over', async () => {
  const file = join(folder, 'a.tar.gz');
  const big = join(folder, 'big');
  writeFileSync(big, Buffer.alloc(3_000_000, 7));
  const archive = ArchiveWriter.create(file);
  await archive.add('first.json', '"一"');
  await archive.addFile('journal/data.mdb', big);
  await archive.add('last.json', '2');
  await archive.finish();
  const seen: string[] = [];
  for await (const part of readArchive(file)) {
    if (part.name === 'journal/data.mdb') await part.drain();
    seen.push(part.name === 'journal/data.mdb' ? part.name : await part.text());
  }
  expect(seen).toEqual(['"一"', 'journal/data.mdb', '2']);
});

it('never writes over a file, and leaves nothing of one that was abandoned', async () => {
  const file = join(folder, 'a.tar.gz');
  const archive = ArchiveWriter.create(file);
  await archive.add('x', 'y');
  await archive.abandon();
  writeFileSync(file, 'mine');
  expect(() => ArchiveWriter.create(file)).toThrow('already');
});
