import type { ErrorSpec } from '@anmai/kernel';

/** What is refused about appraisals, hazards and the watch over buildings. `refusal` of the problem says which rule it was. */
export const HAZARD_ERRORS = {
  notFiled: {
    code: 'GRD-001',
    status: 409,
    retryable: false,
    message: d => `this appraisal is not filed: ${d.why}`,
    remedy: 'Do what `refusal.instead` says.',
  },
  badInput: {
    code: 'GRD-003',
    status: 422,
    retryable: false,
    message: d => `what was counted has ${d.faults} fault(s); first: ${d.first}`,
    remedy: 'Mend what `faults` lists; each dangerous wall, column and foundation needs its plan position.',
  },
  stepRefused: {
    code: 'HAZ-001',
    status: 409,
    retryable: false,
    message: d => `this step is not taken: ${d.why}`,
    remedy: 'Do what `refusal.instead` says.',
  },
  inFuture: {
    code: 'HAZ-002',
    status: 422,
    retryable: false,
    message: () => 'it cannot have been found in the future',
    remedy: 'Check the date, and the clock of the device.',
  },
  periodTooLong: {
    code: 'HAZ-003',
    status: 422,
    retryable: false,
    message: d => `figures are given for ${d.days} days at most`,
    remedy: 'Ask for a shorter period.',
  },
  watchRefused: {
    code: 'WAT-001',
    status: 409,
    retryable: false,
    message: d => `the monitoring plan stays as it is: ${d.why}`,
    remedy: 'Do what `refusal.instead` says.',
  },
  dutyRefused: {
    code: 'WAT-002',
    status: 409,
    retryable: false,
    message: d => `the duty list stays as it is: ${d.why}`,
    remedy: 'Do what `refusal.instead` says.',
  },
  noPlan: {
    code: 'WAT-003',
    status: 404,
    retryable: false,
    message: d => `building ${d.id} had no monitoring plan in that time`,
    remedy: 'Ask for a time in which it was under watch, or start a plan (POST /api/v1/watch-plans).',
  },
  strangeSensor: {
    code: 'WAT-004',
    status: 422,
    retryable: false,
    message: d => `sensor ${d.id} is not on building ${d.building}`,
    remedy: 'Name sensors of this building; bind the sensor to it first if it hangs there.',
  },
} as const satisfies Record<string, ErrorSpec>;
