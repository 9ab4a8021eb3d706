import { createHash } from 'node:crypto';
import type { CredentialValue, Rule } from '@anmai/alarms';
import { AppError, err, ok, type Result } from '@anmai/kernel';
import { asc, isNull, sql } from 'drizzle-orm';
import { canonicalJson } from '../canonical-json';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import {
  IMPORT_ROWS_MAX,
  type Author,
  type ImportCounts,
  type ImportFault,
  type OutboxRow,
  type RegistryImport,
  type RegistrySnapshot,
} from '../record-shapes';
import type { Registry } from '../records';
import {
  assetTable,
  credentialTable,
  deviceTable,
  orgTable,
  outboxTable,
  ruleTable,
  sensorTable,
} from '../schema';
import { assetOfRow } from './asset-records';
import { findFaults } from './import-faults';
import { writeImport } from './registry-import';
import { sensorOfRow } from './sensor-records';
import { appendAudit } from './trail';

/** Journaled rows that stay for whoever looks into what happened. */
export const OUTBOX_JOURNALED_ROWS_MAX = 10_000;
/** Rows of one `pendingRegistryChanges` at most. */
export const OUTBOX_PENDING_MAX = 10_000;

export class RegistryRecords implements Registry {
  constructor(private readonly database: Database) {}

  pendingRegistryChanges(limit: number): Promise<readonly OutboxRow[]> {
    return this.database.read(({ db }) =>
      db
        .select({ version: outboxTable.version, change: outboxTable.change })
        .from(outboxTable)
        .where(isNull(outboxTable.journaledAt))
        .orderBy(asc(outboxTable.version))
        .limit(Math.min(limit, OUTBOX_PENDING_MAX)),
    );
  }

  markJournaled(upToVersion: number): Promise<void> {
    return this.database.transaction(async ({ query }) => {
      await query(
        'update registry_outbox set journaled_at = $2 where version <= $1 and journaled_at is null',
        [upToVersion, toSqlInstant(this.database.clock.now())],
      );
      await query('delete from registry_outbox where journaled_at is not null and version <= $1', [
        upToVersion - OUTBOX_JOURNALED_ROWS_MAX,
      ]);
    });
  }

  registrySnapshot(): Promise<RegistrySnapshot> {
    return this.database.snapshot(async session => {
      const { db } = session;
      const [newest] = await session.query<{ version: number }>(
        'select coalesce(max(version), 0) as version from registry_outbox',
      );
      const assets = await db.select().from(assetTable).orderBy(asc(assetTable.id));
      const { id, name, assetId, model, version } = deviceTable;
      const sensors = await db.select().from(sensorTable).orderBy(asc(sensorTable.id));
      return {
        version: newest?.version ?? 0,
        orgs: await db.select().from(orgTable).orderBy(asc(orgTable.id)),
        assets: assets.map(assetOfRow),
        devices: await db.select({ id, name, assetId, model, version }).from(deviceTable).orderBy(asc(id)),
        sensors: sensors.map(sensorOfRow),
        rules: await rulesInForce(session),
        credentials: await credentialsInForce(session),
      };
    });
  }

  async importRegistry(
    rows: RegistryImport,
    by: Author,
  ): Promise<Result<ImportCounts, readonly ImportFault[]>> {
    const counts = countsOf(rows);
    const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
    if (total > IMPORT_ROWS_MAX)
      throw new AppError(E.tooMany, { what: 'rows', count: total, max: IMPORT_ROWS_MAX });
    return this.database.write(async session => {
      const faults = await findFaults(session, rows, by);
      if (faults.length > 0) return err(faults);
      await writeImport(session, this.database, rows, by);
      // The rows themselves are in the outbox; the trail keeps what proves which they were.
      const sha256 = createHash('sha256').update(canonicalJson(rows)).digest('hex');
      const entry = {
        actor: by.actor,
        action: 'registry.imported',
        subject: 'registry',
        detail: { counts, sha256 },
      };
      await appendAudit(session, this.database.clock, entry);
      return ok(counts);
    });
  }
}

async function rulesInForce({ db }: Session): Promise<Rule[]> {
  const rows = await db
    .select({ body: ruleTable.body })
    .from(ruleTable)
    .where(isNull(ruleTable.removedAt))
    .orderBy(asc(ruleTable.id));
  return rows.map(row => row.body);
}

function credentialsInForce({ db }: Session): Promise<CredentialValue[]> {
  const { username, secretHash, deviceId } = credentialTable;
  return db
    .select({ username, secretHash, deviceId, revoked: sql<boolean>`false` })
    .from(credentialTable)
    .where(isNull(credentialTable.revokedAt))
    .orderBy(asc(username));
}

function countsOf(rows: RegistryImport): ImportCounts {
  return {
    orgs: rows.orgs?.length ?? 0,
    assets: rows.assets?.length ?? 0,
    devices: rows.devices?.length ?? 0,
    sensors: rows.sensors?.length ?? 0,
    credentials: rows.credentials?.length ?? 0,
  };
}
