import { and, desc, eq, getTableColumns, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import { AppError, type Millis } from '@anmai/kernel';
import type { Database, Session } from '../database';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type {
  Author,
  QuarantineQuery,
  QuarantineRecord,
  QuarantineRow,
  QuarantineTotals,
  RecordPage,
  Within,
} from '../record-shapes';
import type { Quarantine } from '../records';
import { assetTable, deviceTable, quarantineTable as table } from '../schema';
import { deviceOrg } from './device-records';
import { inOrg, instantCursor, pageLimit, pageOf, parseInstantCursor, storable } from './paging';
import { appendAudit } from './trail';

export const QUARANTINE_ROWS_MAX = 10_000;
const DROPPED = 'quarantine.dropped';

export class QuarantineRecords implements Quarantine {
  constructor(
    private readonly database: Database,
    private readonly rowsMax = QUARANTINE_ROWS_MAX,
  ) {}

  async put(records: readonly QuarantineRecord[]): Promise<void> {
    if (records.length === 0) return;
    // One at a time, or two would each see room for the last row.
    await this.database.locked('quarantine', async session => {
      await upsert(session, folded(records));
      await this.shed(session);
    });
  }

  async list(query: QuarantineQuery, within: Within): Promise<RecordPage<QuarantineRow>> {
    const limit = pageLimit(query);
    const after = query.cursor ? parseInstantCursor(query.cursor) : null;
    const where = and(
      query.deviceId === undefined ? undefined : eq(table.deviceId, query.deviceId),
      query.reason === undefined ? undefined : eq(table.reason, query.reason),
      query.adopted === true ? isNotNull(table.adoptedAt) : isNull(table.adoptedAt),
      after === null
        ? undefined
        : sql`(${table.lastAt}, ${table.id}) < (${toSqlInstant(after.at)}::timestamptz, ${after.id})`,
    );
    const rows = await this.database.read(session => select(session, where, limit + 1, within));
    return pageOf(rows, limit, last => instantCursor(last.lastAt, last.id));
  }

  async get(id: string, within: Within): Promise<QuarantineRow | null> {
    const rows = await this.database.read(session => select(session, eq(table.id, id), 1, within));
    return rows[0] ?? null;
  }

  markAdopted(id: string, at: Millis, by: Author): Promise<QuarantineRow> {
    return this.database.write(async session => {
      const [row] = await select(session, eq(table.id, id), 1, by.within);
      if (row === undefined) throw new AppError(E.notFound, { what: 'quarantine record', id });
      if (row.adoptedAt !== null) return row;
      await session.db.update(table).set({ adoptedAt: at }).where(eq(table.id, id));
      const detail = { deviceId: row.deviceId, topic: row.topic, reason: row.reason };
      const entry = { actor: by.actor, action: 'quarantine.adopted', subject: `quarantine/${id}`, detail };
      await appendAudit(session, this.database.clock, entry);
      return { ...row, adoptedAt: at };
    });
  }

  async totals(): Promise<QuarantineTotals> {
    const [row] = await this.database.read(({ query }) =>
      query<QuarantineTotals>(
        `select (select count(*) from quarantine where adopted_at is null) as kept,
                coalesce((select value from counter where name = '${DROPPED}'), 0) as dropped`,
      ),
    );
    return row ?? { kept: 0, dropped: 0 };
  }

  private async shed({ query }: Session): Promise<void> {
    const gone = await query(
      `delete from quarantine where id in
         (select id from quarantine order by last_at desc, id desc offset $1) returning 1`,
      [this.rowsMax],
    );
    if (gone.length === 0) return;
    await query(
      `insert into counter (name, value) values ($1, $2)
       on conflict (name) do update set value = counter.value + excluded.value`,
      [DROPPED, gone.length],
    );
  }
}

function select(
  { db }: Session,
  where: SQL | undefined,
  limit: number,
  within: Within,
): Promise<QuarantineRow[]> {
  // What nobody registered belongs to nobody: only those see it who answer for the whole (a root organisation).
  const root = sql`(${deviceTable.id} is null and exists
    (select 1 from org where id = ${within} and parent_id is null))`;
  const visible = within === null ? undefined : sql`(${inOrg(deviceOrg, within)} or ${root})`;
  return db
    .select(getTableColumns(table))
    .from(table)
    .leftJoin(deviceTable, eq(deviceTable.id, table.deviceId))
    .leftJoin(assetTable, eq(assetTable.id, deviceTable.assetId))
    .where(and(where, visible))
    .orderBy(desc(table.lastAt), desc(table.id))
    .limit(limit);
}

/** One statement cannot touch a row twice: of the same id, the one that counted furthest stands. */
function folded(records: readonly QuarantineRecord[]): QuarantineRecord[] {
  const byId = new Map<string, QuarantineRecord>();
  for (const record of records) {
    const known = byId.get(record.id);
    if (known === undefined || known.count < record.count) byId.set(record.id, record);
  }
  return [...byId.values()];
}

async function upsert({ query }: Session, records: readonly QuarantineRecord[]): Promise<void> {
  const rows = records.map(record => ({
    id: storable(record.id),
    deviceId: record.deviceId === null ? null : storable(record.deviceId),
    topic: storable(record.topic),
    reason: storable(record.reason),
    detail: storable(record.detail),
    payload: Buffer.from(record.payload).toString('hex'),
    count: record.count,
    firstAt: toSqlInstant(record.firstAt),
    lastAt: toSqlInstant(record.lastAt),
  }));
  await query(
    `insert into quarantine (id, device_id, topic, reason, detail, payload, count, first_at, last_at)
     select id, "deviceId", topic, reason, detail, decode(payload, 'hex'), count, "firstAt", "lastAt"
     from jsonb_to_recordset($1::jsonb) as t (id text, "deviceId" text, topic text, reason text, detail text,
       payload text, count bigint, "firstAt" timestamptz, "lastAt" timestamptz)
     on conflict (id) do update set
       count = greatest(quarantine.count, excluded.count),
       first_at = least(quarantine.first_at, excluded.first_at),
       last_at = greatest(quarantine.last_at, excluded.last_at)`,
    [JSON.stringify(rows)],
  );
}
