import type { Database, Session } from '../database';
import { toSqlInstant } from '../instants';

/**
 * Windows, causes or settings changed: every open alarm is due at once. The clockwork takes them in turns, so that an
 * edit over thousands of open alarms is one statement here.
 */
export async function lookAgain(session: Session, database: Database): Promise<void> {
  await database.lockAlarms(session);
  await session.query('update alarm set next_change_at = $1 where closed_at is null', [
    toSqlInstant(database.clock.now()),
  ]);
}
