import { AppError } from '@anmai/kernel';
import { NOTIFY_ERRORS, type Entry } from '@anmai/notify';
import { POSTGRES_ERRORS as E } from '../errors';
import { toSqlInstant } from '../instants';
import type { Notifications, OutboxQuery } from '../notify-records';
import type { Author, RecordPage, Within } from '../record-shapes';
import { COLUMNS, entryOfRow, type EntryRow } from './notification-rows';
import { pageLimit, pageOf, parseNumberCursor } from './paging';
import { PostgresOutbox } from './postgres-outbox';
import { appendAudit } from './trail';

/** Whether the message is about something of that organisation or below it. */
const isWithin = (place: number): string => `($${place}::text is null or notice -> 'orgPath' ? $${place})`;

/** The outbox as operators see it. */
export class NotificationRecords extends PostgresOutbox implements Notifications {
  async list(query: OutboxQuery, within: Within): Promise<RecordPage<Entry>> {
    const limit = pageLimit(query);
    const before = query.cursor ? parseNumberCursor(query.cursor) : null;
    const rows = await this.database.read(session =>
      session.query<EntryRow>(
        `select ${COLUMNS} from notification
         where ($1::text is null or state = $1) and ($2::text is null or channel = $2)
           and ($3::bigint is null or seq < $3) and ${isWithin(4)}
         order by seq desc limit $5`,
        [query.state ?? null, query.channel ?? null, before, within, limit + 1],
      ),
    );
    const page = pageOf(rows, limit, last => String(last.seq));
    return { ...page, items: page.items.map(entryOfRow) };
  }

  requeueOne(key: string, by: Author): Promise<Entry> {
    return this.database.write(async session => {
      const [row] = await session.query<EntryRow>(
        `select ${COLUMNS} from notification where key = $1 and ${isWithin(2)} for update`,
        [key, by.within],
      );
      if (row === undefined) throw new AppError(E.notFound, { what: 'message', id: key });
      if (row.state !== 'dead') throw new AppError(NOTIFY_ERRORS.notDead, { key, state: row.state });
      const { clock } = this.database;
      const [queued] = await session.query<EntryRow>(
        `update notification set state = 'queued', attempts = 0, parcel_id = null, next_attempt_at = $2
         where key = $1 returning ${COLUMNS}`,
        [key, toSqlInstant(clock.now())],
      );
      const { recipient_id: recipientId, channel, reason } = row;
      const detail = { recipientId, channel, reason, subjectId: row.notice.subjectId };
      const entry = {
        actor: by.actor,
        action: 'notification.requeued',
        subject: `notification/${key}`,
        detail,
      };
      await appendAudit(session, clock, entry);
      return entryOfRow(queued!);
    });
  }
}
