import { AppError, DAY_MS, MINUTE_MS, type Millis } from '@anmai/kernel';
import type { Database } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type { IdempotencyStart, IdempotentRequest } from '../record-shapes';
import type { Idempotency } from '../records';

export const IDEMPOTENCY_KEEP_MS = DAY_MS;
/** A request that was begun so long ago and never finished died with its program; the key is free again. */
export const IDEMPOTENCY_STALE_MS = MINUTE_MS;

interface Kept {
  readonly route: string;
  readonly request_hash: string;
  readonly status: number | null;
  readonly body: string | null;
}

export class IdempotencyRecords implements Idempotency {
  constructor(private readonly database: Database) {}

  begin(request: IdempotentRequest, now: Millis): Promise<IdempotencyStart> {
    return this.database.transaction(async ({ query }) => {
      const { actor, key, route, requestHash } = request;
      // The row itself is the lock: of two at once, one inserts and the other then reads what the first left.
      const begun = await query(
        `insert into idempotency as kept (actor, key, route, request_hash, created_at) values ($1, $2, $3, $4, $5)
         on conflict (actor, key) do update
           set route = excluded.route, request_hash = excluded.request_hash, status = null, body = null,
               created_at = excluded.created_at
           where kept.created_at <= $6 or (kept.status is null and kept.created_at <= $7)
         returning 1`,
        [
          actor,
          key,
          route,
          requestHash,
          toSqlInstant(now),
          toSqlInstant(now - IDEMPOTENCY_KEEP_MS),
          toSqlInstant(now - IDEMPOTENCY_STALE_MS),
        ],
      );
      if (begun.length > 0) return { state: 'started' };
      const [kept] = await query<Kept>(
        'select route, request_hash, status, body from idempotency where actor = $1 and key = $2',
        [actor, key],
      );
      // Abandoned between both statements: as good as in progress, the next try begins it.
      if (kept === undefined) throw new AppError(E.inProgress, { key });
      if (kept.route !== route || kept.request_hash !== requestHash) throw new AppError(E.keyReused, { key });
      if (kept.status === null) throw new AppError(E.inProgress, { key });
      return { state: 'replay', status: kept.status, body: kept.body ?? '' };
    });
  }

  async finish(
    request: IdempotentRequest,
    reply: { readonly status: number; readonly body: string },
  ): Promise<void> {
    await this.database.read(({ query }) =>
      query(
        `update idempotency set status = $5, body = $6
         where actor = $1 and key = $2 and route = $3 and request_hash = $4 and status is null`,
        [request.actor, request.key, request.route, request.requestHash, reply.status, reply.body],
      ),
    );
  }

  async abandon({ actor, key, route, requestHash }: IdempotentRequest): Promise<void> {
    await this.database.read(({ query }) =>
      query(
        `delete from idempotency
         where actor = $1 and key = $2 and route = $3 and request_hash = $4 and status is null`,
        [actor, key, route, requestHash],
      ),
    );
  }

  async sweep(now: Millis): Promise<number> {
    const gone = await this.database.read(({ query }) =>
      query('delete from idempotency where created_at <= $1 returning 1', [
        toSqlInstant(now - IDEMPOTENCY_KEEP_MS),
      ]),
    );
    return gone.length;
  }
}
