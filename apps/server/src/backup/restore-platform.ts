import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { AppError } from '@anmai/kernel';
import { loadRecords, openRecords, type DumpHead, type TablePart } from '@anmai/postgres';
import type { ReadingStore, RollupWidthMs } from '@anmai/readings';
import type { z } from 'zod';
import type { Config } from '../config';
import { RESTORE_MARK } from '../core/unfinished-restore';
import { readArchive, type ArchivePart } from './archive-reader';
import type { Say } from './backup-platform';
import { BACKUP_ERRORS } from './errors';
import {
  ARCHIVE_FORMAT,
  bucketPartSchema,
  countsSchema,
  headSchema,
  manifestSchema,
  rawPartSchema,
  rowsSchema,
  type Counts,
} from './manifest';
import { KEPT_FILES, withStopped, type Stopped } from './stopped-platform';

/**
 * Puts a backup into an empty data folder and empty databases. The archive is read to its end before anything is
 * written, so that a cut or damaged one changes nothing. The records are all or nothing; a restore that is killed after
 * them leaves a mark that the platform refuses to start on: begin again in another empty place.
 * Rejects with BAK-002 to BAK-004, PGR-022 when the database has records, SRV-001 while the platform runs.
 */
export async function restore(config: Config, file: string, say: Say): Promise<Counts> {
  const { counts, head } = await checked(file);
  say('the backup is whole');
  await requireEmpty(config.ANMAI_DATA_DIR);
  return withStopped(config, async stopped => {
    if ((await stopped.store.sensorIds()).length > 0)
      throw new AppError(BACKUP_ERRORS.notEmpty, { place: 'the store of readings' });
    const mark = join(config.ANMAI_DATA_DIR, RESTORE_MARK);
    await writeFile(mark, '');
    await loadRecords(stopped, head, recordsOf(file));
    say(`records: ${counts.rows} rows`);
    for await (const part of readArchive(file)) await put(part, config.ANMAI_DATA_DIR, stopped.store, file);
    say(`readings: ${counts.readings} raw, ${counts.buckets} rolled up; files: ${counts.files}`);
    await note(stopped, counts);
    await rm(mark);
    return counts;
  });
}

/** Reads the archive to its end; gives what it holds. */
async function checked(file: string): Promise<{ counts: Counts; head: DumpHead }> {
  let head: DumpHead | null = null;
  let counts: Counts | null = null;
  let first = true;
  for await (const part of readArchive(file)) {
    if (first) checkManifest(file, part.name, part.name === 'manifest.json' ? await part.text() : '');
    else if (part.name === 'records.json') head = parsed(file, headSchema, await part.text());
    else if (part.name === 'end.json') counts = parsed(file, countsSchema, await part.text());
    else await part.drain();
    first = false;
  }
  if (head === null || counts === null)
    throw new AppError(BACKUP_ERRORS.notOurs, { file, reason: 'its end is missing' });
  return { counts, head };
}

function checkManifest(file: string, name: string, text: string): void {
  if (name !== 'manifest.json') throw new AppError(BACKUP_ERRORS.notOurs, { file, reason: 'no manifest' });
  const { format } = parsed(file, manifestSchema, text);
  if (format > ARCHIVE_FORMAT) throw new AppError(BACKUP_ERRORS.newer, { format, known: ARCHIVE_FORMAT });
}

function parsed<T extends z.ZodType>(file: string, schema: T, text: string): z.infer<T> {
  const refuse = (reason: string): never => {
    throw new AppError(BACKUP_ERRORS.notOurs, { file, reason });
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('a part is no JSON');
  }
  const result = schema.safeParse(json);
  return result.success ? result.data : refuse(result.error.issues[0]?.message ?? 'a part has another shape');
}

/** Of the data folder: locks and an unused PostgreSQL may be there, data not. */
async function requireEmpty(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const data = ['journal', 'readings.duckdb', RESTORE_MARK, ...KEPT_FILES];
  const found = (await readdir(folder)).find(name => data.includes(name));
  if (found !== undefined) throw new AppError(BACKUP_ERRORS.notEmpty, { place: join(folder, found) });
}

const RECORDS_PART = /^records\/\d+-([a-z_0-9]+)\.json$/;

async function* recordsOf(file: string): AsyncGenerator<TablePart> {
  for await (const part of readArchive(file)) {
    const table = RECORDS_PART.exec(part.name)?.[1];
    if (table === undefined) await part.drain();
    else yield { table, rows: parsed(file, rowsSchema, await part.text()) };
  }
}

/** Everything but the records. */
async function put(part: ArchivePart, folder: string, store: ReadingStore, file: string): Promise<void> {
  const { name } = part;
  if (name === 'journal/data.mdb') return part.saveAs(join(folder, name));
  if (name.startsWith('data/')) return part.saveAs(below(folder, name.slice('data/'.length), file));
  const kind = /^readings\/(raw|\d+)\//.exec(name)?.[1];
  if (kind === undefined) return part.drain();
  const text = await part.text();
  if (kind === 'raw') return putRaw(store, parsed(file, rawPartSchema, text));
  await putBuckets(store, Number(kind) as RollupWidthMs, parsed(file, bucketPartSchema, text));
}

/** A name in an archive must not lead out of the folder. */
function below(folder: string, name: string, file: string): string {
  const path = normalize(name);
  const isKept = KEPT_FILES.some(kept => path === kept || path.startsWith(`${kept}/`));
  if (!isKept) throw new AppError(BACKUP_ERRORS.notOurs, { file, reason: `a part is named ${name}` });
  return join(folder, path);
}

async function putRaw(store: ReadingStore, part: z.infer<typeof rawPartSchema>): Promise<void> {
  await store.append(
    part.flatMap(({ sensorId, rows }) =>
      rows.map(([at, value, quality]) => ({
        sensorId,
        at,
        value: value ?? NaN,
        quality: quality,
      })),
    ),
  );
}

async function putBuckets(
  store: ReadingStore,
  widthMs: RollupWidthMs,
  part: z.infer<typeof bucketPartSchema>,
): Promise<void> {
  const buckets = part.flatMap(({ sensorId, rows }) =>
    rows.map(([at, min, max, mean, count, last]) => ({ sensorId, at, min, max, mean, count, last })),
  );
  await store.putBuckets(widthMs, buckets);
}

async function note({ pool, clock }: Stopped, counts: Counts): Promise<void> {
  const records = openRecords({ pool, clock });
  try {
    await records.open();
    await records.audit.append({
      actor: 'system',
      action: 'backup.restore',
      subject: 'platform',
      detail: counts,
    });
  } finally {
    await records.close();
  }
}
