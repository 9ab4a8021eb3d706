import type { InhibitionRule, ServiceWindow } from '@anmai/alarms';
import { AppError } from '@anmai/kernel';
import { and, asc, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { lookAgain } from '../life/look-again';
import type { Author, PageQuery, RecordPage, Versioned, Within } from '../record-shapes';
import type { Inhibitions, Registered, ServiceWindows } from '../records';
import { inhibitionTable, serviceWindowTable } from '../schema';
import { inOrg, pageLimit, pageOf } from './paging';
import { checkVersion } from './registered';
import { appendAudit } from './trail';

type PlanTable = typeof inhibitionTable | typeof serviceWindowTable;
type Row = PlanTable['$inferSelect'];
interface Kind {
  readonly what: 'inhibition' | 'serviceWindow';
  readonly table: PlanTable;
  /** Seen by the organisation that made it and those above; else by everyone. */
  readonly isOwned: boolean;
}

/** Versions with the time in which each held. All open alarms are looked at again after every edit. */
class PlanRecords<T extends { readonly id: string }> implements Registered<T, T & Versioned, PageQuery> {
  constructor(
    private readonly database: Database,
    private readonly kind: Kind,
  ) {}

  async list(query: PageQuery, within: Within): Promise<RecordPage<T & Versioned>> {
    const { table } = this.kind;
    const limit = pageLimit(query);
    const rows = await this.database.read(({ db }) =>
      db
        .select()
        .from(table)
        .where(and(isNull(table.validTo), gt(table.id, query.cursor ?? ''), this.visible(within)))
        .orderBy(asc(table.id))
        .limit(limit + 1),
    );
    return pageOf(
      rows.map(row => this.recordOf(row)),
      limit,
      last => last.id,
    );
  }

  async get(id: string, within: Within): Promise<(T & Versioned) | null> {
    const row = await this.database.read(session => this.present(session, id, within));
    return row === null ? null : this.recordOf(row);
  }

  create(value: T, by: Author): Promise<T & Versioned> {
    const { table, what } = this.kind;
    return this.database.write(async session => {
      const [last] = await session.db
        .select()
        .from(table)
        .where(eq(table.id, value.id))
        .orderBy(desc(table.version))
        .limit(1);
      if (last !== undefined && last.validTo === null) throw new AppError(E.exists, { what, id: value.id });
      return this.keep(session, value, (last?.version ?? 0) + 1, by, 'created', { after: value });
    });
  }

  update(value: T, expectedVersion: number | null, by: Author): Promise<T & Versioned> {
    return this.database.write(async session => {
      const before = await this.end(session, value.id, expectedVersion, by);
      const detail = { before: before.body, after: value };
      return this.keep(session, value, before.version + 1, by, 'changed', detail, before.orgId);
    });
  }

  remove(id: string, expectedVersion: number | null, by: Author): Promise<void> {
    return this.database.write(async session => {
      const before = await this.end(session, id, expectedVersion, by);
      await this.audit(session, id, by, 'removed', { before: before.body });
      await lookAgain(session, this.database);
    });
  }

  private visible(within: Within) {
    return this.kind.isOwned ? inOrg(this.kind.table.orgId, within) : undefined;
  }

  private async present({ db }: Session, id: string, within: Within): Promise<Row | null> {
    const { table } = this.kind;
    const rows = await db
      .select()
      .from(table)
      .where(and(eq(table.id, id), isNull(table.validTo), this.visible(within)));
    return rows[0] ?? null;
  }

  /** The version in force holds until now. */
  private async end(session: Session, id: string, expectedVersion: number | null, by: Author): Promise<Row> {
    const { table, what } = this.kind;
    const before = await this.present(session, id, by.within);
    if (before === null) throw new AppError(E.notFound, { what, id });
    checkVersion(what, id, before.version, expectedVersion);
    await session.db
      .update(table)
      .set({ validTo: this.database.clock.now() })
      .where(and(eq(table.id, id), isNull(table.validTo)));
    return before;
  }

  private async keep(
    session: Session,
    value: T,
    version: number,
    by: Author,
    action: string,
    detail: unknown,
    orgId: string | null = by.within,
  ): Promise<T & Versioned> {
    const body = value as Row['body'] & T;
    const validFrom = this.database.clock.now();
    await session.db
      .insert(this.kind.table)
      .values({ id: value.id, version, orgId, body, validFrom, actor: by.actor });
    await this.audit(session, value.id, by, action, detail);
    await lookAgain(session, this.database);
    return { ...value, version };
  }

  private async audit(session: Session, id: string, by: Author, action: string, detail: unknown) {
    const { what } = this.kind;
    const entry = { actor: by.actor, action: `${what}.${action}`, subject: `${what}/${id}`, detail };
    await appendAudit(session, this.database.clock, entry);
  }

  private recordOf({ body, version }: Row): T & Versioned {
    return { ...(body as Row['body'] & T), version };
  }
}

export const inhibitionRecords = (database: Database): Inhibitions =>
  new PlanRecords<InhibitionRule>(database, { what: 'inhibition', table: inhibitionTable, isOwned: false });
export const serviceWindowRecords = (database: Database): ServiceWindows =>
  new PlanRecords<ServiceWindow>(database, {
    what: 'serviceWindow',
    table: serviceWindowTable,
    isOwned: true,
  });
