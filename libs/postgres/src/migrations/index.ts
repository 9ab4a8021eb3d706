import { ALARM_LIFE_TABLES } from './alarm-life-tables';
import { ALARM_TABLES } from './alarm-tables';
import { BUILDING_IMPORT_TABLES } from './building-import-tables';
import { BUILDING_TABLES } from './building-tables';
import { INCIDENT_NOTICE_TABLES } from './incident-notice-tables';
import { FILE_TABLES } from './file-tables';
import { CHECKUP_TABLES } from './checkup-tables';
import { HAZARD_TABLES } from './hazard-tables';
import { NOTIFICATION_TABLES } from './notification-tables';
import { MONEY_TABLES } from './money-tables';
import { INCIDENT_TABLES } from './incident-tables';
import { PEOPLE_TABLES } from './people-tables';
import { PRESENCE_TABLES } from './presence-tables';
import { REGISTRY_TABLES } from './registry-tables';
import { TRAIL_TABLES } from './trail-tables';

export interface Migration {
  readonly id: string;
  readonly sql: string;
}

/**
 * In order of application. TypeScript rather than .sql files, so that they are inside whatever bundle runs.
 * A released one is never edited: add another.
 */
export const MIGRATIONS: readonly Migration[] = [
  { id: '0001-registry', sql: REGISTRY_TABLES },
  { id: '0002-people', sql: PEOPLE_TABLES },
  { id: '0003-alarms', sql: ALARM_TABLES },
  { id: '0004-trail', sql: TRAIL_TABLES },
  { id: '0005-alarm-life', sql: ALARM_LIFE_TABLES },
  { id: '0006-incidents', sql: INCIDENT_TABLES },
  { id: '0007-notifications', sql: NOTIFICATION_TABLES },
  { id: '0008-buildings', sql: BUILDING_TABLES },
  { id: '0009-building-import', sql: BUILDING_IMPORT_TABLES },
  { id: '0010-checkups', sql: CHECKUP_TABLES },
  { id: '0011-hazards', sql: HAZARD_TABLES },
  { id: '0012-files', sql: FILE_TABLES },
  { id: '0013-incident-notices', sql: INCIDENT_NOTICE_TABLES },
  { id: '0014-presence', sql: PRESENCE_TABLES },
  { id: '0015-money-insurance', sql: MONEY_TABLES },
];
