/** One row of a lib's error catalogue. Codes are never reused. */
export interface ErrorSpec {
  /** Stable code such as `ING-003`: three capitals for the lib, three digits. */
  readonly code: string;
  /** HTTP status when it reaches a client. */
  readonly status: number;
  /** May the same call succeed later without change? */
  readonly retryable: boolean;
  readonly message: (details: Readonly<Record<string, string | number>>) => string;
  /** What the person who reads it can do. */
  readonly remedy: string;
}

export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An operating error: something outside went wrong, or a caller asked for what cannot be. */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly remedy: string;
  readonly details: ErrorDetails;

  constructor(spec: ErrorSpec, details: ErrorDetails = {}, cause?: unknown) {
    super(spec.message(details), cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = spec.code;
    this.status = spec.status;
    this.retryable = spec.retryable;
    this.remedy = spec.remedy;
    this.details = details;
  }
}
