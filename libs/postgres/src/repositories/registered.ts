import type { SQL } from 'drizzle-orm';
import { AppError } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { errorCode } from '../map-error';
import type { Author, PageQuery, RecordPage, RegistryChange, Versioned, Within } from '../record-shapes';
import type { Registered } from '../records';
import { pageLimit, pageOf } from './paging';
import { appendAudit, appendOutbox } from './trail';

type Kind = 'asset' | 'device' | 'sensor';

/** What differs between assets, devices and sensors. */
export interface RegisteredKind<T, R, Q> {
  readonly kind: Kind;
  /** Visible rows ascending by id, after `afterId`. */
  select(
    session: Session,
    where: SQL | undefined,
    afterId: string,
    limit: number,
    within: Within,
  ): Promise<R[]>;
  byId(id: string): SQL;
  filters(query: Q): SQL | undefined;
  /** Rejects with PGR-007 when the value refers to what `by` cannot see, PGR-015 when it would be below itself. */
  checkPlace(session: Session, value: T, by: Author): Promise<void>;
  insert(session: Session, value: T, by: Author): Promise<R>;
  update(session: Session, value: T, version: number): Promise<R>;
  delete(session: Session, id: string): Promise<void>;
  /** Changes of other things that go with it. */
  beforeDelete?(session: Session, id: string): Promise<RegistryChange[]>;
}

/** The repository of one kind: visibility, versions, audit and outbox are the same for all. */
export function registered<T extends { readonly id: string }, R extends T & Versioned, Q extends PageQuery>(
  database: Database,
  spec: RegisteredKind<T, R, Q>,
): Registered<T, R, Q> {
  const { kind } = spec;

  async function find(session: Session, id: string, within: Within): Promise<R | null> {
    return (await spec.select(session, spec.byId(id), '', 1, within))[0] ?? null;
  }
  async function findExpected(session: Session, id: string, version: number | null, by: Author): Promise<R> {
    const present = await find(session, id, by.within);
    if (present === null) throw new AppError(E.notFound, { what: kind, id });
    checkVersion(kind, id, present.version, version);
    return present;
  }
  async function note(
    session: Session,
    by: Author,
    verb: string,
    id: string,
    detail: unknown,
  ): Promise<void> {
    const subject = `${kind}/${id}`;
    await appendAudit(session, database.clock, {
      actor: by.actor,
      action: `${kind}.${verb}`,
      subject,
      detail,
    });
  }

  return {
    async list(query: Q, within: Within): Promise<RecordPage<R>> {
      const limit = pageLimit(query);
      const rows = await database.read(session =>
        spec.select(session, spec.filters(query), query.cursor ?? '', limit + 1, within),
      );
      return pageOf(rows, limit, last => last.id);
    },
    get: (id, within) => database.read(session => find(session, id, within)),
    create: (value, by) =>
      database.write(async session => {
        await spec.checkPlace(session, value, by);
        const made = await spec.insert(session, value, by);
        await note(session, by, 'created', value.id, { after: made });
        await appendOutbox(session, [putChange(kind, made)]);
        return made;
      }),
    update: (value, expectedVersion, by) =>
      database.write(async session => {
        const before = await findExpected(session, value.id, expectedVersion, by);
        await spec.checkPlace(session, value, by);
        const after = await spec.update(session, value, before.version + 1);
        await note(session, by, 'changed', value.id, { before, after });
        await appendOutbox(session, [putChange(kind, after)]);
        return after;
      }),
    remove: (id, expectedVersion, by) =>
      database.write(async session => {
        const before = await findExpected(session, id, expectedVersion, by);
        const along = (await spec.beforeDelete?.(session, id)) ?? [];
        await refuseReferred(kind, id, () => spec.delete(session, id));
        await note(session, by, 'removed', id, { before });
        await appendOutbox(session, [...along, { id, kind, op: 'delete', value: null }]);
      }),
  };
}

export function checkVersion(what: string, id: string, present: number, expected: number | null): void {
  if (expected !== null && expected !== present) {
    throw new AppError(E.versionConflict, { what, id, version: present });
  }
}

/** The kinds and their values were matched by whoever called. */
const putChange = (kind: Kind, value: { readonly id: string }): RegistryChange =>
  ({ id: value.id, kind, op: 'put', value }) as RegistryChange;

async function refuseReferred(what: string, id: string, remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    const code = errorCode(error);
    if (code === '23503' || code === '23001') throw new AppError(E.stillReferred, { what, id }, error);
    throw error;
  }
}
