import { fileEvents, type BuildingEvent } from '@anmai/lifecycle';
import { AppError, derivedId, invariant } from '@anmai/kernel';
import { BUILDING_ERRORS as B } from '../building-errors';
import {
  BUILDING_IMPORT_SILENT_MS,
  type BuildingImportFault,
  type BuildingImportJob,
  type BuildingImportMode,
  type BuildingImportOutcome,
  type BuildingImportProgress,
  type BuildingImportRow,
  type BuildingImports,
  type NewBuildingImport,
} from '../building-import-shapes';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type { Author, Within } from '../record-shapes';
import { assetOfFile, sameAsset } from './building-assets';
import { appendBuildingEvents } from './building-events';
import { checkBatch, type Checked, type Prepared } from './building-import-check';
import { staleFault, staleRows } from './building-import-stale';
import { proposePairs } from './building-pairs';
import { putBuildings, putCodes } from './building-rows';
import { putAssets } from './registry-import';
import { appendAudit } from './trail';

/** Rows of one statement: a batch keeps the program from its other work for some 100 ms. */
const BATCH_ROWS = 1_000;
const JOBS_LISTED_MAX = 20;
const NOT_PAIRED: BuildingImportFault = {
  row: 0,
  column: '',
  level: 'warning',
  code: 'notPaired',
  value: '',
};
const COLUMNS = `id, org_id as "orgId", actor, file_name as "fileName", mode, state, rows_total as "rowsTotal",
  rows_done as "rowsDone", created, updated, unchanged, faulty, warned, proposed, reason, started_at as "startedAt",
  ended_at as "endedAt", heard_at as "heardAt"`;
/** `stale`: what someone changed since it was looked at, which was not written. */
interface Written {
  readonly fresh: readonly Prepared[];
  readonly stale: readonly Prepared[];
  readonly created: number;
  readonly updated: number;
}
type Row = BuildingImportJob & { readonly heardAt: number };

export class BuildingImportRecords implements BuildingImports {
  constructor(private readonly database: Database) {}

  begin(job: NewBuildingImport): Promise<BuildingImportJob> {
    return this.database.write(async session => {
      const now = this.database.clock.now();
      const [running] = await session.query<{ id: string }>(
        'select id from building_import where ended_at is null and heard_at > $1 limit 1',
        [toSqlInstant(now - BUILDING_IMPORT_SILENT_MS)],
      );
      if (running !== undefined) throw new AppError(B.importRunning, { id: running.id });
      await session.query(
        `insert into building_import (id, org_id, actor, file_name, mode, state, started_at, heard_at)
         values ($1, $2, $3, $4, $5, 'reading', $6, $6)`,
        [job.id, job.orgId, job.actor, job.fileName, job.mode, toSqlInstant(now)],
      );
      const [made] = await this.select(session, 'id = $1', [job.id], ', faults');
      invariant(made !== undefined, 'an insert without a row');
      return made;
    });
  }

  async note(id: string, progress: BuildingImportProgress): Promise<void> {
    const columns: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(progress)) {
      const column = key.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
      columns[column] =
        key === 'faults' ? JSON.stringify(value) : key === 'endedAt' ? toSqlInstant(value as number) : value;
    }
    columns['heard_at'] = toSqlInstant(this.database.clock.now());
    const names = Object.keys(columns);
    await this.database.read(({ query }) =>
      query(
        `update building_import set ${names.map((name, n) => `${name} = $${n + 2}`).join(', ')} where id = $1`,
        [id, ...Object.values(columns)],
      ),
    );
  }

  async get(id: string, within: Within): Promise<BuildingImportJob | null> {
    const [row] = await this.database.read(session =>
      this.select(session, `id = $1 and ${visible(2)}`, [id, within], ', faults'),
    );
    return row ?? null;
  }

  list(within: Within): Promise<readonly BuildingImportJob[]> {
    return this.database.read(session =>
      this.select(
        session,
        `${visible(1)} order by started_at desc, id desc limit ${JOBS_LISTED_MAX}`,
        [within],
        `, '[]'::jsonb as faults`,
      ),
    );
  }

  async run(
    rows: readonly BuildingImportRow[],
    { jobId, mode, faulty }: { jobId: string; mode: BuildingImportMode; faulty: number },
    by: Author,
    tell: (progress: BuildingImportProgress) => Promise<void>,
  ): Promise<BuildingImportOutcome> {
    const checked = await this.check(rows, by, tell);
    const { faults, unchanged, sameCode, prepared } = checked;
    const errors = faulty + faults.filter(one => one.level === 'error').length;
    const base = { created: 0, updated: 0, unchanged, proposed: 0, faulty: errors };
    const counts = { ...base, warned: faults.length - (errors - faulty) };
    if (mode === 'all' && errors > 0) return { written: false, counts, faults };
    await tell({ state: 'writing', rowsDone: unchanged });
    const { fresh, stale, ...wrote } = await this.write(prepared, { jobId, mode, unchanged }, by, done =>
      tell({ rowsDone: unchanged + done }),
    );
    const told = [...faults, ...stale.map(staleFault)];
    const all = { ...counts, ...wrote, faulty: errors + stale.length };
    if (mode === 'all' && stale.length > 0) return { written: false, counts: all, faults: told };
    await tell({ state: 'pairing' });
    const paired = await this.pair(fresh, sameCode, () => tell({}));
    const notes = paired.ok ? told : [...told, NOT_PAIRED];
    return { written: true, counts: { ...all, proposed: paired.proposed }, faults: notes };
  }

  private async check(
    rows: readonly BuildingImportRow[],
    by: Author,
    tell: (progress: BuildingImportProgress) => Promise<void>,
  ): Promise<Checked> {
    const claimed = new Map<string, string>();
    const faults: BuildingImportFault[] = [];
    const prepared: Prepared[] = [];
    const sameCode: (readonly [string, string])[] = [];
    let unchanged = 0;
    for (let i = 0; i < rows.length; i += BATCH_ROWS) {
      const batch = rows.slice(i, i + BATCH_ROWS);
      const found = await this.database.read(session => checkBatch(session, batch, claimed, by));
      for (const one of found.faults) faults.push(one);
      for (const one of found.prepared) prepared.push(one);
      for (const one of found.sameCode) sameCode.push(one);
      unchanged += found.unchanged;
      await tell({ rowsDone: i + batch.length });
    }
    return { prepared, unchanged, faults, sameCode };
  }

  /**
   * All or nothing of the rows that nobody changed since they were looked at, and nothing when `mode` is `all` and somebody
   * changed one. The lock of the audit trail is taken at the end only, so that people can acknowledge alarms while a city is
   * being imported; who edits one of the same buildings meanwhile waits, or one of the two is told to try again (PGR-003).
   */
  private write(
    prepared: readonly Prepared[],
    { jobId, mode, unchanged }: { jobId: string; mode: BuildingImportMode; unchanged: number },
    by: Author,
    tell: (done: number) => Promise<void>,
  ): Promise<Written> {
    return this.database.transaction(async session => {
      const stale = await staleRows(session, prepared);
      const isRefused = mode === 'all' && stale.size > 0;
      const fresh = isRefused ? [] : prepared.filter(one => !stale.has(one));
      const created = fresh.filter(one => one.before === null).length;
      const written = { fresh, stale: [...stale], created, updated: fresh.length - created };
      if (isRefused) return written;
      const assetIds: string[] = [];
      // The index of the search takes many new rows at once far quicker; `tidy` sorts them in.
      await session.query(`set local gin_pending_list_limit = '64MB'`);
      for (let i = 0; i < fresh.length; i += BATCH_ROWS) {
        assetIds.push(...(await this.writeBatch(session, fresh.slice(i, i + BATCH_ROWS), by)));
        await tell(Math.min(i + BATCH_ROWS, fresh.length));
      }
      await this.database.lockWrites(session);
      await appendAssetChanges(session, assetIds);
      await appendAudit(session, this.database.clock, {
        ...{ actor: by.actor, action: 'buildings.imported', subject: `buildingImport/${jobId}` },
        detail: { jobId, created, updated: written.updated, unchanged },
      });
      return written;
    });
  }

  /** Gives the ids of the assets that are new or changed. */
  private async writeBatch(session: Session, batch: readonly Prepared[], by: Author): Promise<string[]> {
    const { clock } = this.database;
    const assets = batch
      .map(({ file, present }) => ({ asset: assetOfFile(file, present), present }))
      .filter(({ asset, present }) => !sameAsset(asset, present))
      .map(({ asset }) => asset);
    await putAssets(session, assets);
    const files = batch.map(one => one.file);
    const versions = await putBuildings(session, files);
    const taken = batch.find(({ file, before }) => before === null && versions.get(file.id) !== 1);
    // One that was not there a moment ago, and that nothing could be locked of.
    if (taken !== undefined) throw new AppError(E.exists, { what: 'building', id: taken.file.id });
    await putCodes(session, files);
    const at = clock.now();
    const events = batch.flatMap(({ file, before }): BuildingEvent[] =>
      fileEvents(before, file, { version: versions.get(file.id) ?? 1, at, actor: by.actor }).map(imported),
    );
    await appendBuildingEvents(session, clock, events);
    return assets.map(asset => asset.id);
  }

  /**
   * In transactions of their own. The files are written by now: what goes wrong here is told and undoes nothing, and the next
   * write of a building looks for its pairs again.
   */
  private async pair(
    prepared: readonly Prepared[],
    sameCode: readonly (readonly [string, string])[],
    tell: () => Promise<void>,
  ): Promise<{ readonly ok: boolean; readonly proposed: number }> {
    const ids = prepared.map(one => one.file.id);
    let proposed = 0;
    try {
      proposed = await this.database.transaction(session =>
        proposePairs(session, this.database, [], sameCode),
      );
      await this.tidy();
      for (let i = 0; i < ids.length; i += BATCH_ROWS) {
        const batch = ids.slice(i, i + BATCH_ROWS);
        proposed += await this.database.transaction(session => proposePairs(session, this.database, batch));
        await tell();
      }
      return { ok: true, proposed };
    } catch (error) {
      if (error instanceof AppError && error.retryable) return { ok: false, proposed };
      throw error;
    }
  }

  /**
   * The planner would else take the tables for as small as they were, and the map would look into every row to see whether it is
   * still there. The server does the same by itself some minutes later.
   */
  private async tidy(): Promise<void> {
    await this.database.read(({ query }) => query('analyze building, building_code, asset'));
    await this.database
      .read(({ query }) => query('vacuum building'))
      .catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
      });
  }

  private async select(
    { query }: Session,
    where: string,
    values: readonly unknown[],
    more: string,
  ): Promise<BuildingImportJob[]> {
    const rows = await query<Row>(`select ${COLUMNS}${more} from building_import where ${where}`, values);
    const silentAt = this.database.clock.now() - BUILDING_IMPORT_SILENT_MS;
    return rows.map(({ heardAt, ...job }) =>
      job.endedAt === null && heardAt <= silentAt
        ? { ...job, state: 'failed', reason: 'the program ended' }
        : job,
    );
  }
}

const visible = (n: number): string =>
  `($${n}::text is null or org_id in (select id from org where path @> array[$${n}::text]))`;

const imported = (event: BuildingEvent): BuildingEvent =>
  event.change === 'created'
    ? { ...event, id: derivedId('bev', event.buildingId, 'imported'), change: 'imported' }
    : event;

/** Puts the assets as they are now on their way to the journal. Only under the lock of writes. */
async function appendAssetChanges({ query }: Session, ids: readonly string[]): Promise<void> {
  for (let i = 0; i < ids.length; i += BATCH_ROWS * 10) {
    await query(
      `insert into registry_outbox (change)
       select jsonb_build_object('id', id, 'kind', 'asset', 'op', 'put', 'value', jsonb_build_object('id', id, 'kind', kind,
         'name', name, 'geometry', geometry, 'parentId', parent_id, 'orgId', org_id, 'links', links,
         'properties', properties, 'version', version))
       from asset where id = any($1::text[]) order by id`,
      [ids.slice(i, i + BATCH_ROWS * 10)],
    );
  }
}
