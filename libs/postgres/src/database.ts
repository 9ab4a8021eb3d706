import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { AppError, type Clock } from '@anmai/kernel';
import { POSTGRES_ERRORS as E } from './errors';
import { fromSqlInstant } from './instants';
import { isAway, isSilent, toAppError } from './map-error';

export const POOL_CONNECTIONS_MAX = 10;
export const CONNECT_MS_MAX = 5_000;
export const STATEMENT_MS_MAX = 15_000;
/** A transaction of ours that sits still so long has lost its program; it must not hold the lock of the audit trail. */
export const IDLE_IN_TRANSACTION_MS_MAX = 30_000;

/** Where the database is: a URL, or the parts of one. `host` may be the folder of a unix socket. */
export type PoolTarget =
  | { readonly connectionString: string }
  | {
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

export interface DatabaseOptions {
  readonly pool: PoolTarget;
  /** Holds all tables; made when missing. Default `anmai`. */
  readonly schema?: string | undefined;
  readonly connectionsMax?: number | undefined;
  readonly statementMsMax?: number | undefined;
  readonly clock: Clock;
  /** Told of connections that were lost while nobody used them. */
  readonly log?: ((message: string) => void) | undefined;
}

/** Rows of one statement. int8 comes as number, timestamptz as Millis. */
export type Query = <R>(text: string, values?: readonly unknown[]) => Promise<R[]>;

/** One connection for the time of one piece of work: typed statements through `db`, plain ones through `query`. */
export interface Session {
  readonly db: NodePgDatabase;
  readonly query: Query;
}

const PARSERS = new Map<number, (text: string) => unknown>([
  [20, Number],
  [1184, fromSqlInstant],
]);
const TYPES = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    PARSERS.get(oid) ?? (pg.types.getTypeParser(oid, format) as unknown),
};

/** The pool and its transactions. Everything that leaves it is an AppError, or a bug. */
export class Database {
  readonly schema: string;
  readonly clock: Clock;
  private readonly pool: pg.Pool;
  private closing: Promise<void> | null = null;

  constructor(options: DatabaseOptions) {
    this.schema = options.schema ?? 'anmai';
    this.clock = options.clock;
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(this.schema)) throw new AppError(E.badSettings, { key: 'schema' });
    const statementMsMax = options.statementMsMax ?? STATEMENT_MS_MAX;
    this.pool = new pg.Pool({
      ...options.pool,
      max: options.connectionsMax ?? POOL_CONNECTIONS_MAX,
      connectionTimeoutMillis: CONNECT_MS_MAX,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      application_name: 'anmai',
      statement_timeout: statementMsMax,
      // The server's own limit comes first; this one is for a server that went silent.
      query_timeout: statementMsMax + 5_000,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS_MAX,
      options: `-c search_path=${this.schema} -c TimeZone=UTC -c DateStyle=ISO`,
      types: TYPES,
    });
    this.pool.on('error', error => options.log?.(`a connection to the records was lost: ${error.message}`));
    // A connection that breaks between two statements of a transaction must fail the next one, not the process.
    this.pool.on('connect', client => client.on('error', () => undefined));
  }

  /** Single statements, each on its own. */
  async read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.pool.connect();
    } catch (error) {
      throw toAppError(error);
    }
    let broken = false;
    try {
      return await work(sessionOf(client));
    } catch (error) {
      // A dead or silent connection, or one that may still be inside a transaction, is not given to the next one.
      broken = isAway(error) || isSilent(error) || error instanceof RollbackFailure;
      throw toAppError(error instanceof RollbackFailure ? error.cause : error);
    } finally {
      client.release(broken);
    }
  }

  /** All or nothing. `begin` may hold more statements than BEGIN. */
  async transaction<T>(work: (session: Session) => Promise<T>, begin = 'begin'): Promise<T> {
    return this.read(async session => {
      try {
        await session.query(begin);
        const result = await work(session);
        await session.query('commit');
        return result;
      } catch (error) {
        await session.query('rollback').catch(() => {
          throw new RollbackFailure('rollback failed', { cause: error });
        });
        throw error;
      }
    });
  }

  /** One picture of everything, that later writes do not touch. */
  snapshot<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.transaction(work, 'begin isolation level repeatable read read only');
  }

  /**
   * A transaction that appends to the audit trail or the outbox. One at a time: rows appear in the order of their
   * numbers, and what was checked before a write still holds at the write.
   */
  write<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.locked('write', work);
  }

  /** A transaction that waits until no other one of this name runs in this schema, in whatever program. */
  locked<T>(
    name: 'write' | 'migrate' | 'alarms' | 'quarantine' | 'notifications',
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    return this.transaction(
      work,
      `begin; select pg_advisory_xact_lock(hashtext('anmai.${name}.${this.schema}'))`,
    );
  }

  /** Late in a long transaction, before its audit and outbox rows: from here on it is a `write`. */
  async lockWrites({ query }: Session): Promise<void> {
    await query('select pg_advisory_xact_lock(hashtext($1))', [`anmai.write.${this.schema}`]);
  }

  /** Inside a write that also changes alarms: waits until no monitor writes any. Always in this order. */
  async lockAlarms({ query }: Session): Promise<void> {
    await query('select pg_advisory_xact_lock(hashtext($1))', [`anmai.alarms.${this.schema}`]);
  }

  close(): Promise<void> {
    this.closing ??= this.pool.end();
    return this.closing;
  }
}

/** Carries what went wrong first: the connection is gone, and the server rolls back by itself. */
class RollbackFailure extends Error {}

function sessionOf(client: pg.PoolClient): Session {
  return {
    db: drizzle(client),
    query: async <R>(text: string, values?: readonly unknown[]): Promise<R[]> => {
      const result = await client.query(text, values === undefined ? undefined : [...values]);
      return result.rows as R[];
    },
  };
}
