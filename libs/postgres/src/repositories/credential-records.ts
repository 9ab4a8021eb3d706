import { desc, eq } from 'drizzle-orm';
import { AppError, invariant } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import {
  LIST_LIMIT_MAX,
  type Author,
  type CredentialRecord,
  type NewCredential,
  type RegistryChange,
  type Within,
} from '../record-shapes';
import type { Credentials } from '../records';
import { credentialTable } from '../schema';
import { visibleIds } from './references';
import { appendAudit, appendOutbox } from './trail';

export class CredentialRecords implements Credentials {
  constructor(private readonly database: Database) {}

  ofDevice(deviceId: string, within: Within): Promise<readonly CredentialRecord[]> {
    return this.database.read(async session => {
      await checkDevice(session, deviceId, within);
      return session.db
        .select()
        .from(credentialTable)
        .where(eq(credentialTable.deviceId, deviceId))
        .orderBy(desc(credentialTable.createdAt), desc(credentialTable.username))
        .limit(LIST_LIMIT_MAX);
    });
  }

  create(credential: NewCredential, by: Author): Promise<CredentialRecord> {
    return this.database.write(async session => {
      await checkDevice(session, credential.deviceId, by.within);
      const values = { ...credential, createdAt: this.database.clock.now() };
      const [made] = await session.db.insert(credentialTable).values(values).returning();
      invariant(made !== undefined, 'an insert without a row');
      await this.note(session, by, 'credential.created', made);
      return made;
    });
  }

  revoke(username: string, by: Author): Promise<void> {
    return this.database.write(async session => {
      const [row] = await session.db
        .select()
        .from(credentialTable)
        .where(eq(credentialTable.username, username));
      const visible =
        row && (await visibleIds(session, 'device', [row.deviceId], by.within)).has(row.deviceId);
      if (row === undefined || !visible) throw new AppError(E.notFound, { what: 'credential', id: username });
      if (row.revokedAt !== null) return;
      const revokedAt = this.database.clock.now();
      await session.db
        .update(credentialTable)
        .set({ revokedAt })
        .where(eq(credentialTable.username, username));
      await this.note(session, by, 'credential.revoked', { ...row, revokedAt });
    });
  }

  /** The trail says whose and when, never the hash. */
  private async note(session: Session, by: Author, action: string, row: CredentialRecord): Promise<void> {
    const subject = `credential/${row.username}`;
    const detail = { deviceId: row.deviceId };
    await appendAudit(session, this.database.clock, { actor: by.actor, action, subject, detail });
    await appendOutbox(session, [credentialChange(row)]);
  }
}

export function credentialChange(row: CredentialRecord): RegistryChange {
  const { username, secretHash, deviceId, revokedAt } = row;
  return {
    id: username,
    kind: 'credential',
    op: 'put',
    value: { username, secretHash, deviceId, revoked: revokedAt !== null },
  };
}

async function checkDevice(session: Session, id: string, within: Within): Promise<void> {
  const visible = await visibleIds(session, 'device', [id], within);
  if (!visible.has(id)) throw new AppError(E.notFound, { what: 'device', id });
}
