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
} as const satisfies Record<string, ErrorSpec>;
