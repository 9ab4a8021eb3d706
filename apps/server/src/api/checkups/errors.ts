import type { ErrorSpec } from '@anmai/kernel';

/** What is refused about check-ups. */
export const CHECKUP_ERRORS = {
  wrongStep: {
    code: 'CHK-001',
    status: 409,
    retryable: false,
    message: d => `check-up ${d.id} is ${d.state}: ${d.step} is not done now`,
    remedy: 'Load it again and look at its state; someone may have been faster.',
  },
  recordFixed: {
    code: 'CHK-002',
    status: 409,
    retryable: false,
    message: d => `check-up ${d.id} was submitted (${d.state}); what was submitted is never changed`,
    remedy: 'Have it returned for correction while it is not accepted; afterwards supersede it by a new one.',
  },
  tooFewInspectors: {
    code: 'CHK-003',
    status: 422,
    retryable: false,
    message: d => `${d.signed} person(s) signed; the rules want ${d.needed} professionals on site`,
    remedy: 'Let each of those who were on site sign, and send it again. One who was alone has to go again.',
  },
  answersIncomplete: {
    code: 'CHK-004',
    status: 422,
    retryable: false,
    message: d => `${d.faults} answer(s) are missing or do not fit the form; first: ${d.first}`,
    remedy:
      'Answer what `faults` lists; what could not be looked at is answered "cannot be judged" with a reason.',
  },
  conflictsOpen: {
    code: 'CHK-005',
    status: 409,
    retryable: false,
    message: d => `two devices say different things in ${d.count} field(s); first: ${d.first}`,
    remedy: 'Sync the draft, choose one value in each field that `conflicts` lists, and submit again.',
  },
  unjudgedPassed: {
    code: 'CHK-006',
    status: 422,
    retryable: false,
    message: d =>
      `${d.count} required item(s) could not be judged, so "nothing is wrong" cannot be said; first: ${d.first}`,
    remedy: 'Choose a result that says so, or go back and look at what was missing.',
  },
  understated: {
    code: 'CHK-007',
    status: 422,
    retryable: false,
    message: () => 'the result is better than the findings are',
    remedy: 'Choose the result that the findings suggest, or give the reasons in the note of the conclusion.',
  },
  otherScale: {
    code: 'CHK-008',
    status: 422,
    retryable: false,
    message: d => `the result is on the scale ${d.sent}; the rules of this check-up use ${d.expected}`,
    remedy: 'Give the result on the scale of the rule set. Scales are never converted into each other.',
  },
  notInspector: {
    code: 'CHK-009',
    status: 403,
    retryable: false,
    message: d => `check-up ${d.id} was given to others`,
    remedy: 'Ask whoever plans the round to name you as one of its inspectors.',
  },
  ownReview: {
    code: 'CHK-010',
    status: 403,
    retryable: false,
    message: d => `${d.who} was an inspector of check-up ${d.id}, or signed it, and cannot judge it`,
    remedy: 'Let a colleague who was not on site do it.',
  },
  notAuthority: {
    code: 'CHK-011',
    status: 403,
    retryable: false,
    message: d =>
      `check-up ${d.id} is accepted, withdrawn and given to an agency by the authority of its area, not by the agency or the owner`,
    remedy: 'Wait for the authority; an agency names its inspectors and reviews, an owner reads.',
  },
  unqualified: {
    code: 'CHK-012',
    status: 422,
    retryable: false,
    message: d => `agency ${d.agency} does not have the qualifications that rule set ${d.ruleSet} wants`,
    remedy: 'Choose an agency that has them, or enter its qualifications from its certificate.',
  },
  unknownForm: {
    code: 'CHK-013',
    status: 422,
    retryable: false,
    message: d => `there is no form ${d.id} of version ${d.version}`,
    remedy: 'Take the forms along again; any version that was ever published is taken.',
  },
  noForm: {
    code: 'CHK-014',
    status: 422,
    retryable: false,
    message: d => `the structure of building ${d.id} is not known, so its form is not either`,
    remedy: 'Enter the structure in the building file, or name `form`.',
  },
  noRules: {
    code: 'CHK-015',
    status: 422,
    retryable: false,
    message: d => `no rules were chosen for building ${d.id}`,
    remedy: 'Choose the rule set of the city for its organisation, or name `ruleSetId`.',
  },
  roundTooWide: {
    code: 'CHK-016',
    status: 422,
    retryable: false,
    message: d => `a round has ${d.max} check-ups at most`,
    remedy: 'Plan it in parts, by district or by street.',
  },
  notAttached: {
    code: 'CHK-017',
    status: 422,
    retryable: false,
    message: d =>
      `${d.faults} photo(s) or signature(s) are named and not among the attachments; first: ${d.first}`,
    remedy:
      'Take the photos again, or take them out of the answers that `faults` lists; let those concerned sign again.',
  },
  foreignSignature: {
    code: 'CHK-018',
    status: 422,
    retryable: false,
    message: d => `${d.who} signed check-up ${d.id}, but is none of its inspectors`,
    remedy: 'Have that person named as inspector first, or let them sign as a guest, without a user name.',
  },
  notSendable: {
    code: 'CHK-019',
    status: 422,
    retryable: false,
    message: d => `${d.username} is no enabled account that may fill in check-ups`,
    remedy: 'Check the user name, or have the account enabled with the role inspector or engineer.',
  },
  ownCalendar: {
    code: 'CHK-020',
    status: 403,
    retryable: false,
    message: () => 'an inspector has a calendar of the own check-ups, not of the agency',
    remedy: 'Leave `agencyId` out, or have whoever plans for the agency make its calendar.',
  },
} as const satisfies Record<string, ErrorSpec>;
