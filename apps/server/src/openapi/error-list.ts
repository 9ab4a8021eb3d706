import type { ErrorSpec } from '@anmai/kernel';
import { HTTP_ERRORS } from '@anmai/nest';
import { FILE_ERRORS } from '@anmai/files';
import { MQTT_ERRORS } from '@anmai/mqtt';
import { ALARM_REFUSALS, BUILDING_ERRORS, POSTGRES_ERRORS } from '@anmai/postgres';
import { INSURANCE_ERRORS, MONEY_ERRORS } from '@anmai/lifecycle';
import { NOTIFY_ERRORS } from '@anmai/notify';
import { READING_ERRORS } from '@anmai/readings';
import { REPORT_ERRORS } from '@anmai/reports';
import { API_ERRORS } from '../api/errors';
import { CHECKUP_ERRORS } from '../api/checkups/errors';
import { HAZARD_ERRORS } from '../api/hazards/errors';
import { INCIDENT_ERRORS } from '../api/incidents/errors';

/** Every code that a client of the API can meet. */
export const ERROR_LIST: readonly ErrorSpec[] = [
  HTTP_ERRORS,
  API_ERRORS,
  INCIDENT_ERRORS,
  CHECKUP_ERRORS,
  HAZARD_ERRORS,
  POSTGRES_ERRORS,
  BUILDING_ERRORS,
  ALARM_REFUSALS,
  READING_ERRORS,
  MQTT_ERRORS,
  NOTIFY_ERRORS,
  MONEY_ERRORS,
  INSURANCE_ERRORS,
  REPORT_ERRORS,
  FILE_ERRORS,
]
  .flatMap(catalogue => Object.values<ErrorSpec>(catalogue))
  .sort((a, b) => a.code.localeCompare(b.code));
