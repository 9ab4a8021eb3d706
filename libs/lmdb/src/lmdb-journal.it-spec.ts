import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BodyCodec, Journal } from '@anmai/journal';
import { journalContract } from '@anmai/journal/testing/journal.contract';
import { DISK_RESERVE_BYTES, openLmdbEnv, UPKEEP_RESERVE_BYTES, type LmdbEnv } from './lmdb-env';
import { LmdbJournal } from './lmdb-journal';

const text: BodyCodec<string> = {
  encode: body => Buffer.from(body),
  decode: bytes => Buffer.from(bytes).toString(),
};
const folders: string[] = [];
const envs = new Map<Journal<string>, { env: LmdbEnv; folder: string; bytesMax: number }>();

async function openAt(folder: string, bytesMax: number): Promise<LmdbJournal<string>> {
  const env = openLmdbEnv(folder, 1 << 28);
  const journal = new LmdbJournal({ env, codec: text, bytesMax });
  envs.set(journal, { env, folder, bytesMax });
  return journal;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'anmai-journal-'));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const { env } of envs.values()) await env.root.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

journalContract('lmdb', () => ({
  open: (bytesMax = 1 << 26) => openAt(newFolder(), bytesMax),
  reopen: async journal => {
    const { env, folder, bytesMax } = envs.get(journal)!;
    await journal.close();
    await env.root.close();
    envs.delete(journal);
    return openAt(folder, bytesMax);
  },
}));

describe('LmdbJournal', () => {
  it('shows a second writer what the first wrote, and goes on counting behind it', async () => {
    const folder = newFolder();
    const first = await openAt(folder, 1 << 26);
    const { env } = envs.get(first)!;
    const second = new LmdbJournal({ env, codec: text, bytesMax: 1 << 26, pollMs: 5 });
    const woken = new Promise<void>(resolve => second.onAppended(resolve));
    await first.append(1, 'of the first');
    await woken;
    expect(await second.append(2, 'of the second')).toBe(2);
    expect(second.read(0, 9).map(entry => entry.body)).toEqual(['of the first', 'of the second']);
    await second.close();
    await first.close();
  });

  it.each([
    ['an entry', DISK_RESERVE_BYTES, (journal: Journal<string>) => journal.append(0, 'a')],
    [
      'a checkpoint',
      UPKEEP_RESERVE_BYTES,
      (journal: Journal<string>) => journal.saveCheckpoint('archiver', { seq: 0, memo: null }),
    ],
  ])('takes %s only when it leaves the reserve of the disk alone', async (_what, reserve, write) => {
    const env = openLmdbEnv(newFolder(), 1 << 28);
    let freeBytes = reserve - 1;
    const small: LmdbEnv = {
      ...env,
      requireRoom: (bytes, reserveBytes = DISK_RESERVE_BYTES) => {
        if (freeBytes - 2 * bytes < reserveBytes) throw new Error('no room');
      },
    };
    const journal = new LmdbJournal({ env: small, codec: text, bytesMax: 1 << 26 });
    await expect(write(journal)).rejects.toMatchObject({ code: 'JRN-002', retryable: true });
    freeBytes = reserve + 1_000;
    await write(journal);
    await journal.close();
    await env.root.close();
  });

  it('measures the disk of its folder', async () => {
    const env = openLmdbEnv(newFolder(), 1 << 28);
    expect(() => env.requireRoom(1_000, 0)).not.toThrow();
    expect(() => env.requireRoom(2 ** 60)).toThrow(/kept in reserve/);
    await env.root.close();
  });

  it('refuses with a reason after close', async () => {
    const journal = await openAt(newFolder(), 1 << 26);
    await journal.close();
    await expect(journal.append(0, 'late')).rejects.toMatchObject({ code: 'JRN-002' });
  });
});
