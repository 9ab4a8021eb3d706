import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Millis } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { toSqlInstant } from '../instants';
import type { NewRefreshToken, RotateResult } from '../record-shapes';
import type { RefreshTokens } from '../records';
import { refreshTokenTable as table, userTable } from '../schema';
import { appendAudit } from './trail';

export class RefreshTokenRecords implements RefreshTokens {
  constructor(private readonly database: Database) {}

  async issue({ hash, username, expiresAt }: NewRefreshToken): Promise<void> {
    await this.database.read(({ db }) =>
      db.insert(table).values({ hash, family: hash, username, expiresAt }),
    );
  }

  /** Under the lock of writes: of two that bring the same token at once, the second finds it used. */
  rotate(
    hash: string,
    successorHash: string,
    successorExpiresAt: Millis,
    now: Millis,
  ): Promise<RotateResult> {
    return this.database.write(async session => {
      const [found] = await session.db
        .select({ token: table, disabled: userTable.disabled })
        .from(table)
        .innerJoin(userTable, eq(userTable.username, table.username))
        .where(eq(table.hash, hash));
      if (found === undefined) return { outcome: 'unknown' };
      const { family, username, expiresAt, usedAt, revokedAt } = found.token;
      if (revokedAt !== null || found.disabled) return { outcome: 'revoked' };
      if (usedAt !== null) {
        await revokeFamily(session, family, now);
        const entry = {
          actor: username,
          action: 'session.reused',
          subject: `user/${username}`,
          detail: null,
        };
        await appendAudit(session, this.database.clock, entry);
        return { outcome: 'reused' };
      }
      if (expiresAt <= now) return { outcome: 'expired' };
      await session.db.update(table).set({ usedAt: now }).where(eq(table.hash, hash));
      await session.db
        .insert(table)
        .values({ hash: successorHash, family, username, expiresAt: successorExpiresAt });
      return { outcome: 'rotated', username };
    });
  }

  revoke(hash: string, now: Millis): Promise<void> {
    return this.database.write(async session => {
      const [token] = await session.db.select().from(table).where(eq(table.hash, hash));
      if (token === undefined || token.revokedAt !== null) return;
      await revokeFamily(session, token.family, now);
      const { username } = token;
      const entry = { actor: username, action: 'user.loggedOut', subject: `user/${username}`, detail: null };
      await appendAudit(session, this.database.clock, entry);
    });
  }

  revokeAll(username: string, now: Millis): Promise<void> {
    return this.database.read(session => revokeTokensOf(session, username, now));
  }

  async sweep(before: Millis): Promise<number> {
    // A used token stays as long as its family lives: it is the trap for whoever stole it.
    const gone = await this.database.read(({ query }) =>
      query<{ hash: string }>(
        `delete from refresh_token where family in
           (select family from refresh_token group by family having max(expires_at) < $1) returning hash`,
        [toSqlInstant(before)],
      ),
    );
    return gone.length;
  }
}

async function revokeFamily({ db }: Session, family: string, now: Millis): Promise<void> {
  await db
    .update(table)
    .set({ revokedAt: now })
    .where(and(eq(table.family, family), isNull(table.revokedAt)));
}

/** Ends all sessions of the user at their next refresh. */
export async function revokeTokensOf({ db }: Session, username: string, now: Millis): Promise<void> {
  await db
    .update(table)
    .set({ revokedAt: now })
    .where(and(eq(table.username, username), sql`${table.revokedAt} is null`));
}
