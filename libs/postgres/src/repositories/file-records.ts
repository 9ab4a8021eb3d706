import { and, eq, exists, inArray } from 'drizzle-orm';
import { AppError, derivedId, invariant } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { FILES_ASKED_MAX, type FileReceipt, type FileRecord, type Files, type NewFile } from '../file-shapes';
import type { Author, Within } from '../record-shapes';
import { fileOwnerTable, fileTable } from '../schema';
import { appendBuildingEvents } from './building-events';
import { inOrg } from './paging';
import { visibleIds } from './references';
import { appendAudit } from './trail';

/**
 * Lets an organisation see files from now on, such as the one of the building that a check-up with them is about. Only
 * inside `Database.write`.
 */
export async function shareFiles(session: Session, sha256s: readonly string[], orgId: string): Promise<void> {
  if (sha256s.length === 0) return;
  await session.query(
    `insert into file_owner (sha256, org_id) select sha256, $2 from file where sha256 = any($1::text[])
     on conflict do nothing`,
    [[...sha256s], orgId],
  );
}

/** Those of the hashes that are not on record, or that `within` does not let see; in the order given. */
export async function missingFiles(
  session: Session,
  sha256s: readonly string[],
  within: Within,
): Promise<readonly string[]> {
  if (sha256s.length > FILES_ASKED_MAX) {
    throw new AppError(E.tooMany, { count: sha256s.length, what: 'files', max: FILES_ASKED_MAX });
  }
  const rows = await session.db
    .select({ sha256: fileTable.sha256 })
    .from(fileTable)
    .where(and(inArray(fileTable.sha256, [...sha256s, '']), visible(session, within)));
  const found = new Set(rows.map(row => row.sha256));
  return sha256s.filter(each => !found.has(each));
}

function visible({ db }: Session, within: Within) {
  if (within === null) return undefined;
  const { sha256, orgId } = fileOwnerTable;
  return exists(
    db
      .select({ sha256 })
      .from(fileOwnerTable)
      .where(and(eq(sha256, fileTable.sha256), inOrg(orgId, within))),
  );
}

const receiptOf = ({ sha256, bytes, receivedAt }: FileRecord): FileReceipt => ({
  id: derivedId('file', sha256),
  sha256,
  bytes,
  receivedAt,
});

/** What is on record about files. Their bytes were durable before a row tells of them. */
export class FileRecords implements Files {
  constructor(private readonly database: Database) {}

  receive(file: NewFile, by: Author): Promise<FileReceipt> {
    return this.database.write(async session => {
      const checkup = await checkupOf(session, file.meta.checkupId, by);
      const buildingId = checkup?.buildingId ?? (await this.seenBuilding(session, file.buildingId, by));
      const row = { ...file, buildingId, uploadedBy: by.actor, receivedAt: this.database.clock.now() };
      const [made] = await session.db.insert(fileTable).values(row).onConflictDoNothing().returning();
      const stored = made ?? (await this.find(session, file.sha256, null));
      invariant(stored, 'a file that was just seen is gone');
      for (const orgId of [file.orgId, ...(checkup?.orgIds ?? [])]) {
        await shareFiles(session, [file.sha256], orgId);
      }
      if (buildingId !== null) await shareWithOwner(session, file.sha256, buildingId);
      if (made !== undefined) await this.tell(session, made, by);
      return receiptOf(stored);
    });
  }

  get(sha256: string, within: Within): Promise<FileRecord | null> {
    return this.database.read(session => this.find(session, sha256, within));
  }

  async receipt(sha256: string, within: Within): Promise<FileReceipt | null> {
    const file = await this.get(sha256, within);
    return file === null ? null : receiptOf(file);
  }

  missing(sha256s: readonly string[], within: Within): Promise<readonly string[]> {
    return this.database.read(session => missingFiles(session, sha256s, within));
  }

  private async find(session: Session, sha256: string, within: Within): Promise<FileRecord | null> {
    const rows = await session.db
      .select()
      .from(fileTable)
      .where(and(eq(fileTable.sha256, sha256), visible(session, within)));
    return rows[0] ?? null;
  }

  private async seenBuilding(session: Session, id: string | null, by: Author): Promise<string | null> {
    if (id === null) return null;
    return (await visibleIds(session, 'asset', [id], by.within)).has(id) ? id : null;
  }

  /** The audit trail has every file; the timeline of a building has its documents, since photos come with their check-up. */
  private async tell(session: Session, file: FileRecord, by: Author): Promise<void> {
    const { sha256, bytes, type, kind, buildingId, receivedAt: at } = file;
    await appendAudit(session, this.database.clock, {
      actor: by.actor,
      action: 'file.received',
      subject: `file/${sha256}`,
      detail: { bytes, type, kind, buildingId },
    });
    if (kind !== 'document' || buildingId === null) return;
    const known = await session.query('select 1 from building where id = $1', [buildingId]);
    if (known.length === 0) return;
    const id = derivedId('bev', 'document', sha256, buildingId);
    const detail = { name: file.meta.name ?? null, type, bytes };
    const line = { id, buildingId, at, kind, change: 'received', refId: sha256, actor: by.actor, detail };
    await appendBuildingEvents(session, this.database.clock, [{ ...line, kind: 'document' }]);
  }
}

/**
 * The building of a check-up that the sender is to do, and its agency. The sender need not see the building otherwise: an
 * agency is rarely above the owner.
 */
async function checkupOf(
  { query }: Session,
  checkupId: string | undefined,
  by: Author,
): Promise<{ readonly buildingId: string; readonly orgIds: readonly string[] } | null> {
  if (checkupId === undefined) return null;
  const [row] = await query<{ building_id: string; org_id: string | null }>(
    `select c.building_id, g.org_id from checkup c left join checkup_agency g on g.id = c.agency_id
     where c.id = $1 and $2 = any(c.inspectors)`,
    [checkupId, by.actor],
  );
  if (row === undefined) return null;
  return { buildingId: row.building_id, orgIds: row.org_id === null ? [] : [row.org_id] };
}

async function shareWithOwner(session: Session, sha256: string, assetId: string): Promise<void> {
  await session.query(
    `insert into file_owner (sha256, org_id) select $1, org_id from asset where id = $2 on conflict do nothing`,
    [sha256, assetId],
  );
}
