import type { RefusalCode } from '@anmai/alarms';
import type { ErrorSpec } from '@anmai/kernel';

/**
 * Why an action on an alarm is refused: `mayDo` decides and words it. The remedy here is the general one; an error that
 * is raised carries what to do about its alarm.
 */
export const ALARM_REFUSALS = {
  personRequired: {
    code: 'ALM-001',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Sign in as a person; the program does none of this by itself.',
  },
  alreadyAcknowledged: {
    code: 'ALM-002',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Go on with the assessment.',
  },
  riseNotSeen: {
    code: 'ALM-003',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Look at the alarm as it is now, then decide again.',
  },
  reasonMissing: {
    code: 'ALM-004',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Say why it is put aside.',
  },
  untilMissing: {
    code: 'ALM-005',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Say until when.',
  },
  untilPassed: {
    code: 'ALM-006',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Choose a later end.',
  },
  shelvedTooLong: {
    code: 'ALM-007',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Choose an earlier end, or plan an out-of-service window.',
  },
  shelvingForbidden: {
    code: 'ALM-008',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Acknowledge and assess it.',
  },
  notShelved: {
    code: 'ALM-009',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Nothing is to be done; load the alarm again.',
  },
  verdictMissing: {
    code: 'ALM-010',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Choose one of the verdicts.',
  },
  noteMissing: {
    code: 'ALM-011',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Write the note.',
  },
  notLatched: {
    code: 'ALM-012',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Nothing is to be done; load the alarm again.',
  },
  stillOn: {
    code: 'ALM-013',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Wait for normal readings, or restore the sensor.',
  },
  acknowledgeFirst: {
    code: 'ALM-014',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Acknowledge it, then reset it.',
  },
  returnNotSeen: {
    code: 'ALM-015',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Make sure again on the spot, then confirm.',
  },
  alreadyClosed: {
    code: 'ALM-016',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Nothing is to be done.',
  },
  resetFirst: {
    code: 'ALM-017',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Acknowledge and reset it.',
  },
  notOver: {
    code: 'ALM-018',
    status: 409,
    retryable: false,
    message: d => `refused as it stands: ${d.why}`,
    remedy: 'Wait until it has cleared and given normal readings, and confirm after checking on the spot.',
  },
} as const satisfies Record<RefusalCode, ErrorSpec>;

const R = ALARM_REFUSALS;
export const REFUSAL_SPECS: Readonly<Record<RefusalCode, ErrorSpec>> = {
  personRequired: R.personRequired,
  alreadyAcknowledged: R.alreadyAcknowledged,
  riseNotSeen: R.riseNotSeen,
  reasonMissing: R.reasonMissing,
  untilMissing: R.untilMissing,
  untilPassed: R.untilPassed,
  shelvedTooLong: R.shelvedTooLong,
  shelvingForbidden: R.shelvingForbidden,
  notShelved: R.notShelved,
  verdictMissing: R.verdictMissing,
  noteMissing: R.noteMissing,
  notLatched: R.notLatched,
  stillOn: R.stillOn,
  acknowledgeFirst: R.acknowledgeFirst,
  returnNotSeen: R.returnNotSeen,
  alreadyClosed: R.alreadyClosed,
  resetFirst: R.resetFirst,
  notOver: R.notOver,
};
