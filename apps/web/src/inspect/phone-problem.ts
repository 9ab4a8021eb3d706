import { ApiProblem } from '../session/api-problem';

/** A file that the telephone had no room for. */
export const NOT_KEPT = 'WEB-003';
/** A file whose bytes are no longer on the telephone, and never were at the server. */
export const BYTES_GONE = 'WEB-004';

// Status 422: refused for good, rather than a line that is bad.
const own = (code: string, detail: string, remedy: string): ApiProblem =>
  new ApiProblem({ type: 'about:blank', title: code, status: 422, code, detail, remedy });

export const notKept = (cause: unknown): ApiProblem =>
  own(
    NOT_KEPT,
    `The picture could not be kept on this phone and was not taken over (${String(cause)}).`,
    'Make room on the phone, then take it again.',
  );

export const bytesGone = (): ApiProblem =>
  own(
    BYTES_GONE,
    'The bytes of this file are not on the phone any more, and never reached the server.',
    'Take the picture out of the answer and take it again; a signature has to be given again.',
  );
