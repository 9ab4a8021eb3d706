import { and, asc, count, eq, gt } from 'drizzle-orm';
import { AppError, invariant, type Millis } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import type {
  Author,
  LockPolicy,
  NewUser,
  RecordPage,
  UserPatch,
  UserQuery,
  UserRecord,
  Within,
} from '../record-shapes';
import type { Users } from '../records';
import { userTable } from '../schema';
import { holdsText, inOrg, pageLimit, pageOf } from './paging';
import { checkReference } from './references';
import { revokeTokensOf } from './refresh-token-records';
import { checkVersion } from './registered';
import { appendAudit } from './trail';

export class UserRecords implements Users {
  constructor(private readonly database: Database) {}

  async list(query: UserQuery, within: Within): Promise<RecordPage<UserRecord>> {
    const limit = pageLimit(query);
    const { username, displayName, orgId } = userTable;
    const where = and(
      gt(username, query.cursor ?? ''),
      inOrg(orgId, within),
      holdsText(query.q, username, displayName),
    );
    const rows = await this.database.read(({ db }) =>
      db
        .select()
        .from(userTable)
        .where(where)
        .orderBy(asc(username))
        .limit(limit + 1),
    );
    return pageOf(rows, limit, last => last.username);
  }

  get(username: string, within: Within): Promise<UserRecord | null> {
    return this.database.read(session => find(session, username, within));
  }

  async count(): Promise<number> {
    const [row] = await this.database.read(({ db }) => db.select({ n: count() }).from(userTable));
    return row?.n ?? 0;
  }

  create(user: NewUser, by: Author): Promise<UserRecord> {
    return this.database.write(async session => {
      await checkReference(session, 'org', user.orgId, by.within);
      const { username, displayName, role, orgId, passwordHash } = user;
      const values = {
        username,
        displayName,
        role,
        orgId,
        passwordHash,
        createdAt: this.database.clock.now(),
      };
      const [made] = await session.db.insert(userTable).values(values).returning();
      invariant(made !== undefined, 'an insert without a row');
      await this.note(session, by.actor, 'user.created', username, { after: shown(made) });
      return made;
    });
  }

  update(
    username: string,
    patch: UserPatch,
    expectedVersion: number | null,
    by: Author,
  ): Promise<UserRecord> {
    return this.database.write(async session => {
      const before = await find(session, username, by.within);
      if (before === null) throw new AppError(E.notFound, { what: 'user', id: username });
      checkVersion('user', username, before.version, expectedVersion);
      const { displayName, role, orgId, disabled } = { ...before, ...defined(patch) };
      if (orgId !== before.orgId) await checkReference(session, 'org', orgId, by.within);
      const values = { displayName, role, orgId, disabled, version: before.version + 1 };
      const [after] = await session.db
        .update(userTable)
        .set(values)
        .where(eq(userTable.username, username))
        .returning();
      invariant(after !== undefined, 'a row that was just seen is gone');
      const rightsMoved = role !== before.role || orgId !== before.orgId || (disabled && !before.disabled);
      if (rightsMoved) await revokeTokensOf(session, username, this.database.clock.now());
      await this.note(session, by.actor, 'user.changed', username, {
        before: shown(before),
        after: shown(after),
      });
      return after;
    });
  }

  setPassword(username: string, passwordHash: string, by: Author): Promise<void> {
    return this.database.write(async session => {
      const before = await find(session, username, by.within);
      if (before === null) throw new AppError(E.notFound, { what: 'user', id: username });
      const values = { passwordHash, failedLogins: 0, lockedUntil: null, version: before.version + 1 };
      await session.db.update(userTable).set(values).where(eq(userTable.username, username));
      await revokeTokensOf(session, username, this.database.clock.now());
      await this.note(session, by.actor, 'user.passwordSet', username, null);
    });
  }

  noteLoginFailure(username: string, at: Millis, policy: LockPolicy): Promise<Millis | null> {
    return this.database.write(async session => {
      const user = await find(session, username, null);
      if (user === null) return null;
      // Nothing counts while it is locked: who guesses on must neither prolong the lock nor fill the trail.
      if (user.lockedUntil !== null && user.lockedUntil > at) return user.lockedUntil;
      const failures = user.failedLogins + 1;
      const locks = failures >= policy.failuresMax;
      const lockedUntil = locks ? at + policy.lockMs : null;
      const values = { failedLogins: locks ? 0 : failures, lockedUntil };
      await session.db.update(userTable).set(values).where(eq(userTable.username, username));
      await this.note(session, username, locks ? 'user.locked' : 'user.loginFailed', username, { failures });
      return lockedUntil;
    });
  }

  noteLogin(username: string, _at: Millis): Promise<void> {
    return this.database.write(async session => {
      const values = { failedLogins: 0, lockedUntil: null };
      const rows = await session.db
        .update(userTable)
        .set(values)
        .where(eq(userTable.username, username))
        .returning();
      if (rows.length > 0) await this.note(session, username, 'user.loggedIn', username, null);
    });
  }

  private async note(
    session: Session,
    actor: string,
    action: string,
    name: string,
    detail: unknown,
  ): Promise<void> {
    await appendAudit(session, this.database.clock, { actor, action, subject: `user/${name}`, detail });
  }
}

async function find({ db }: Session, username: string, within: Within): Promise<UserRecord | null> {
  const where = and(eq(userTable.username, username), inOrg(userTable.orgId, within));
  const rows = await db.select().from(userTable).where(where);
  return rows[0] ?? null;
}

/** Never the hash of the password. */
const shown = ({ displayName, role, orgId, disabled }: UserRecord) => ({
  displayName,
  role,
  orgId,
  disabled,
});

const defined = (patch: UserPatch): Partial<UserRecord> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
