import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS, type Millis } from '@anmai/kernel';
import { copyLmdbEnv } from '@anmai/lmdb';
import { dumpRecords, openRecords } from '@anmai/postgres';
import { ROLLUP_WIDTHS_MS, type ReadingStore } from '@anmai/readings';
import type { Config } from '../config';
import { ArchiveWriter } from './archive-writer';
import { finishRollups } from './finish-rollups';
import { dumpBuckets, dumpRaw } from './dump-readings';
import { ARCHIVE_FORMAT, type Counts, type Manifest } from './manifest';
import { KEPT_FILES, withStopped, type Stopped } from './stopped-platform';

/** Told of each step as it goes; for people. */
export type Say = (line: string) => void;

/**
 * Everything of a platform that does not run, in one file: records, journal and the monitor's state, readings, photos and
 * documents, secrets. `rawFrom`: raw readings of the UTC days before it are left out, their rollups are
 * not; null: all.
 * Rejects with BAK-001, with SRV-001 while the platform runs, and with whatever the stores reject with; then no file
 * is left.
 */
export async function backUp(
  config: Config,
  file: string,
  rawFrom: Millis | null,
  say: Say,
): Promise<Counts> {
  // Whole days, as retention takes them: half a day of raw readings would be rolled up as if it were all.
  const rawDay = rawFrom === null ? null : Math.floor(rawFrom / DAY_MS) * DAY_MS;
  return withStopped(config, async stopped => {
    const archive = ArchiveWriter.create(file);
    try {
      const counts = await write(archive, config, stopped, rawDay, say);
      await archive.finish();
      return counts;
    } catch (error) {
      await archive.abandon();
      throw error;
    }
  });
}

async function write(
  archive: ArchiveWriter,
  config: Config,
  stopped: Stopped,
  rawFrom: Millis | null,
  say: Say,
): Promise<Counts> {
  const iso = (at: Millis): string => new Date(at).toISOString();
  const manifest: Manifest = {
    product: 'anmai',
    format: ARCHIVE_FORMAT,
    takenAt: iso(stopped.clock.now()),
    rawFrom: rawFrom === null ? null : iso(rawFrom),
  };
  await archive.add('manifest.json', JSON.stringify(manifest));
  await finishRollups(config, stopped.store);
  const rows = await addRecords(archive, stopped, manifest);
  say(`records: ${rows} rows`);
  await addJournal(archive, config);
  say('journal and state of the monitor');
  const files = await addFiles(archive, config.ANMAI_DATA_DIR);
  say(`files: ${files}`);
  const found = await addReadings(archive, stopped.store, rawFrom ?? 0);
  say(`readings: ${found.readings} raw, ${found.buckets} rolled up`);
  const counts = { rows, files, ...found };
  await archive.add('end.json', JSON.stringify(counts));
  return counts;
}

/** The audit trail says who took a backup; the line itself is part of it. */
async function addRecords(
  archive: ArchiveWriter,
  { pool, clock }: Stopped,
  manifest: Manifest,
): Promise<number> {
  const records = openRecords({ pool, clock });
  try {
    await records.open();
    const detail = { rawFrom: manifest.rawFrom };
    await records.audit.append({ actor: 'system', action: 'backup.take', subject: 'platform', detail });
  } finally {
    await records.close();
  }
  let rowCount = 0;
  let place = 0;
  const head = await dumpRecords({ pool, clock }, async ({ table, rows }) => {
    place += 1;
    rowCount += rows.length;
    await archive.add(`records/${String(place).padStart(6, '0')}-${table}.json`, JSON.stringify(rows));
  });
  await archive.add('records.json', JSON.stringify(head));
  return rowCount;
}

async function addJournal(archive: ArchiveWriter, { ANMAI_DATA_DIR: folder }: Config): Promise<void> {
  if (!existsSync(join(folder, 'journal', 'data.mdb'))) return;
  const copy = await mkdtemp(join(folder, 'journal-copy-'));
  try {
    await copyLmdbEnv(join(folder, 'journal'), copy);
    await archive.addFile('journal/data.mdb', join(copy, 'data.mdb'));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function addFiles(archive: ArchiveWriter, folder: string): Promise<number> {
  let count = 0;
  for (const name of KEPT_FILES) {
    if (!existsSync(join(folder, name))) continue;
    const below = await readdir(join(folder, name), { recursive: true, withFileTypes: true }).catch(
      () => null,
    );
    const paths =
      below === null
        ? [name]
        : below
            .filter(each => each.isFile())
            .map(each => join(each.parentPath, each.name).slice(folder.length + 1));
    for (const path of paths) await archive.addFile(`data/${path}`, join(folder, path));
    count += paths.length;
  }
  return count;
}

async function addReadings(
  archive: ArchiveWriter,
  store: ReadingStore,
  rawFrom: Millis,
): Promise<{ readings: number; buckets: number }> {
  let place = 0;
  const taker = (kind: string) => (part: unknown) => {
    place += 1;
    return archive.add(`readings/${kind}/${String(place).padStart(6, '0')}.json`, JSON.stringify(part));
  };
  const readings = await dumpRaw(store, rawFrom, taker('raw'));
  let buckets = 0;
  for (const widthMs of ROLLUP_WIDTHS_MS) buckets += await dumpBuckets(store, widthMs, taker(`${widthMs}`));
  return { readings, buckets };
}
