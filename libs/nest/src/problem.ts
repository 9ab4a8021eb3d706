import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { AppError, type ErrorDetails, type ErrorSpec } from '@anmai/kernel';
import type { Problem } from '@anmai/wire';
import { HTTP_ERRORS } from './errors';

/** Faults listed in one reply at most; `faults` of the detail counts them all. */
export const FAULTS_MAX = 200;

export interface Fault {
  /** Where: a path such as `condition.limits.0.above`, or `row 12`. */
  readonly at: string;
  readonly message: string;
}

/** A refused request that says what is wrong, where. */
export class FaultsError extends AppError {
  constructor(
    spec: ErrorSpec,
    readonly faults: readonly Fault[],
  ) {
    const first = faults[0];
    super(spec, { faults: faults.length, first: first ? `${first.at}: ${first.message}` : '' });
  }
}

export const invalid = (faults: readonly Fault[]): FaultsError =>
  new FaultsError(HTTP_ERRORS.invalid, faults);

/** The version that an edit should have stood on; the records put it into the details of their 412. */
export function currentVersionOf(error: AppError): number | null {
  const version = error.status === 412 ? error.details['version'] : undefined;
  return typeof version === 'number' ? version : null;
}

/** A refusal that says more than its row of the catalogue: the problem carries it, and its `instead` is the remedy. */
export class RefusalError extends AppError {
  constructor(
    spec: ErrorSpec,
    details: ErrorDetails,
    readonly refusal: { readonly instead: string },
  ) {
    super(spec, details);
  }
}

/** An AppError that a client should repeat no sooner than in `retryAfterSeconds`. */
export class RetryLaterError extends AppError {
  constructor(
    spec: ErrorSpec,
    readonly retryAfterSeconds: number,
  ) {
    super(spec, { seconds: retryAfterSeconds });
  }
}

/** RFC 9457 body of an AppError. `type` points to its row in the error list of the documentation. */
export function problemOf(error: AppError): Problem {
  const currentVersion = currentVersionOf(error);
  return {
    type: `/api/docs#${error.code.toLowerCase()}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    code: error.code,
    detail: error.message,
    remedy: error.remedy,
    ...(error instanceof FaultsError ? { faults: error.faults.slice(0, FAULTS_MAX) } : {}),
    ...(error instanceof RefusalError ? { remedy: error.refusal.instead, refusal: error.refusal } : {}),
    ...(currentVersion === null ? {} : { currentVersion }),
  };
}

/**
 * Any thrown thing as an AppError. What we did not foresee becomes HTP-500 with the request's number and nothing
 * of its own text, since that can hold addresses, SQL or secrets.
 */
export function appErrorOf(thrown: unknown, request: { id: string; method: string; path: string }): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = statusOf(thrown);
  const reason = thrown instanceof Error ? thrown.message : '';
  switch (status) {
    case 404:
    case 405:
      return new AppError(HTTP_ERRORS.noRoute, { what: `${request.method} ${request.path}` }, thrown);
    case 413:
      return new AppError(HTTP_ERRORS.tooLarge, {}, thrown);
    case 415:
      return new AppError(HTTP_ERRORS.mediaType, {}, thrown);
    case 400:
      return new AppError(HTTP_ERRORS.badRequest, { reason }, thrown);
    case 503:
      return new AppError(HTTP_ERRORS.unavailable, {}, thrown);
    default:
      if (status >= 400 && status < 500) return new AppError(HTTP_ERRORS.rejected, { reason }, thrown);
      return new AppError(HTTP_ERRORS.bug, { requestId: request.id }, thrown);
  }
}

function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number') {
    return thrown.statusCode;
  }
  return 500;
}
