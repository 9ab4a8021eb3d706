import type { ErrorSpec } from '@anmai/kernel';

/** What building files refuse. */
export const BUILDING_ERRORS = {
  gradeIsAppraised: {
    code: 'BLD-001',
    status: 422,
    retryable: false,
    message: () => 'a building file cannot set the grade',
    remedy: 'Leave `grade` out, and file the appraisal report (鉴定报告): it alone sets or lifts a grade.',
  },
  notABuilding: {
    code: 'BLD-002',
    status: 409,
    retryable: false,
    message: d => `asset ${d.id} is a ${d.kind}, not a building`,
    remedy: 'Choose another id, or change the kind of the asset first if it was registered by mistake.',
  },
  codeTaken: {
    code: 'BLD-003',
    status: 409,
    retryable: false,
    message: d => `code ${d.code} of ${d.scheme} belongs to ${d.owner}`,
    remedy: 'Check the code. If both are one building, merge them; otherwise correct the code of the other.',
  },
  merged: {
    code: 'BLD-004',
    status: 409,
    retryable: false,
    message: d => `building ${d.id} was merged into ${d.survivor}`,
    remedy: 'Work on the file that survived; it has the timeline of both.',
  },
  importUnreadable: {
    code: 'BLD-005',
    status: 400,
    retryable: false,
    message: d => `the file could not be read: ${d.reason}`,
    remedy: 'Send CSV (UTF-8 or GB 18030) or XLSX with a heading in the first row; see the template.',
  },
  importTooLong: {
    code: 'BLD-006',
    status: 413,
    retryable: false,
    message: d => `the file has more than ${d.max} rows`,
    remedy: 'Split it into several files.',
  },
  importRunning: {
    code: 'BLD-007',
    status: 409,
    retryable: true,
    message: d => `import ${d.id} is still running`,
    remedy: 'Wait until it has ended, then send the file again.',
  },
  notMergeable: {
    code: 'BLD-008',
    status: 409,
    retryable: false,
    message: d => `${d.gone} cannot go on as ${d.kept}: ${d.why}`,
    remedy:
      'Let the appraised file survive; when two appraisals disagree, file a new one first. A merged file cannot merge again.',
  },
  decided: {
    code: 'BLD-009',
    status: 409,
    retryable: false,
    message: d => `the pair ${d.id} was decided before: ${d.state}`,
    remedy: 'Load the list again.',
  },
} as const satisfies Record<string, ErrorSpec>;
