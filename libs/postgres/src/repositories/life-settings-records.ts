import { DEFAULT_LIFE_SETTINGS, type LifeSettings } from '@anmai/alarms';
import { desc } from 'drizzle-orm';
import type { Database, Session } from '../database';
import { lookAgain } from '../life/look-again';
import type { Author, LifeSettingsRecord } from '../record-shapes';
import type { LifeSettingsStore } from '../records';
import { lifeSettingsTable as table } from '../schema';
import { checkVersion } from './registered';
import { appendAudit } from './trail';

/** Settings of the alarms' lives, each version from its instant on. */
export class LifeSettingsRecords implements LifeSettingsStore {
  constructor(private readonly database: Database) {}

  get(): Promise<LifeSettingsRecord> {
    return this.database.read(present);
  }

  put(
    settings: LifeSettings,
    expectedVersion: number | null,
    { actor }: Author,
  ): Promise<LifeSettingsRecord> {
    const { clock } = this.database;
    return this.database.write(async session => {
      const { version, ...before } = await present(session);
      checkVersion('alarm-settings', 'alarm-settings', version, expectedVersion);
      const row = { version: version + 1, body: settings, validFrom: clock.now(), actor };
      await session.db.insert(table).values(row);
      const subject = 'alarm-settings';
      const detail = { before, after: settings };
      await appendAudit(session, clock, { actor, action: 'alarmSettings.changed', subject, detail });
      await lookAgain(session, this.database);
      return { ...settings, version: row.version };
    });
  }
}

async function present({ db }: Session): Promise<LifeSettingsRecord> {
  const [row] = await db.select().from(table).orderBy(desc(table.version)).limit(1);
  return row === undefined ? { ...DEFAULT_LIFE_SETTINGS, version: 1 } : { ...row.body, version: row.version };
}
