import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LmdbJournal, openLmdbEnv } from '@anmai/lmdb';
import type { ReadingStore } from '@anmai/readings';
import { journalCodec } from '@anmai/wire';
import { ARCHIVER } from '../archiver/archiver';
import { DirtySpans } from '../archiver/dirty-spans';
import type { Config } from '../config';
import { JOURNAL_BYTES_MAX, JOURNAL_MAP_BYTES } from '../core/core';

/**
 * Makes the rollups that the archiver still owes: those of raw readings that a backup leaves out could never be made
 * again.
 */
export async function finishRollups({ ANMAI_DATA_DIR: folder }: Config, store: ReadingStore): Promise<void> {
  if (!existsSync(join(folder, 'journal', 'data.mdb'))) return;
  const env = openLmdbEnv(join(folder, 'journal'), JOURNAL_MAP_BYTES);
  const journal = new LmdbJournal({ env, codec: journalCodec, bytesMax: JOURNAL_BYTES_MAX });
  try {
    const spans = DirtySpans.fromMemo(journal.checkpoint(ARCHIVER).memo).spans();
    if (spans.length > 0) await store.rollUp(spans);
  } finally {
    await journal.close();
    await env.root.close();
  }
}
