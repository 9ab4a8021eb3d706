import type { ErrorSpec } from '@anmai/kernel';

/** What is refused about insurance. */
export const INSURANCE_ERRORS = {
  notInsured: {
    code: 'INS-001',
    status: 422,
    retryable: false,
    message: d => `building ${d.building} is not insured by policy ${d.policy}`,
    remedy: 'Name the policy that insures the building, or add the building to the policy first.',
  },
  outsidePeriod: {
    code: 'INS-002',
    status: 422,
    retryable: false,
    message: d => `policy ${d.policy} was not in force then`,
    remedy: 'Correct the time of the event, or name the policy that was in force.',
  },
  triggerNotCovered: {
    code: 'INS-003',
    status: 422,
    retryable: false,
    message: d => `policy ${d.policy} does not cover ${d.trigger}`,
    remedy:
      'Name a policy that covers this event. New-build quality insurance (IDI) covers building defects alone.',
  },
  appraisalMissing: {
    code: 'INS-004',
    status: 422,
    retryable: false,
    message: () =>
      'a claim for grade C or D needs the appraisal report; no alarm and no check-up sets a grade',
    remedy: 'Add the appraisal report to the evidence.',
  },
  evidenceMissing: {
    code: 'INS-005',
    status: 409,
    retryable: false,
    message: () => 'a claim without evidence is not accepted',
    remedy: 'Add the check-up, the alarm, the appraisal or the document that shows what happened.',
  },
  wrongStep: {
    code: 'INS-006',
    status: 409,
    retryable: false,
    message: d => `the claim is ${d.state}; it cannot become ${d.wanted} now`,
    remedy: 'Load the claim again and look at where it stands.',
  },
  tooMuch: {
    code: 'INS-007',
    status: 422,
    retryable: false,
    message: d => `${d.wantedYuan} yuan are more than the policy pays for this claim (${d.payableYuan})`,
    remedy: 'Correct the amount: deductible, share of the owners and limits are taken off the loss.',
  },
  lossUnknown: {
    code: 'INS-008',
    status: 409,
    retryable: false,
    message: () => 'the loss is not known yet',
    remedy: 'Enter the loss that the survey found, then accept the claim.',
  },
  patrolOutside: {
    code: 'INS-009',
    status: 422,
    retryable: false,
    message: d => `policy ${d.policy} has no duty of ${d.kind} patrols then`,
    remedy: 'Correct kind and time of the patrol, or the duty of the policy.',
  },
  badPolicy: {
    code: 'INS-010',
    status: 422,
    retryable: false,
    message: d => `the policy contradicts itself: ${d.why}`,
    remedy: 'Correct the policy as its document says.',
  },
  areaUnknown: {
    code: 'INS-011',
    status: 409,
    retryable: false,
    message: d => `policy ${d.policy} pays by area, and that of building ${d.building} is not known`,
    remedy: 'Enter the insured area of the building in the policy: without it the limit is not known.',
  },
} as const satisfies Record<string, ErrorSpec>;
