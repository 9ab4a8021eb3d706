import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS as E } from './errors';

interface PgFields {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly detail?: unknown;
  readonly table?: unknown;
  readonly constraint?: unknown;
}

const field = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Drizzle wraps what the driver threw, with all parameters in its message; only the inner one is looked at or kept. */
export function driverError(error: unknown): unknown {
  return error instanceof Error && error.name !== 'AppError' && 'query' in error && error.cause !== undefined
    ? error.cause
    : error;
}

/** SQLSTATE of what the server refused, or the errno of the socket; '' when it is neither. */
export function errorCode(error: unknown): string {
  const inner = driverError(error);
  return inner instanceof Error ? field((inner as PgFields).code) : '';
}

const SOCKET_CODES = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND',
  'EAI_AGAIN', 'ECONNABORTED', 'EACCES',
]); // prettier-ignore
/** Shut down, crashed, starting, too many clients, no room, read-only standby after a switch-over. */
const AWAY_STATES = new Set([
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '53000',
  '53100',
  '53200',
  '53300',
  '25006',
]);
/** Timed out, serialisation failure, deadlock, lock not available, idle in transaction. */
const BUSY_STATES = new Set(['57014', '40001', '40P01', '55P03', '25P03', '25P04']);
/** The driver gives these no code. */
const AWAY_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|client was closed|connection error/i;

export function isAway(error: unknown): boolean {
  const code = errorCode(error);
  if (SOCKET_CODES.has(code) || AWAY_STATES.has(code) || code.startsWith('08')) return true;
  const inner = driverError(error);
  return code === '' && inner instanceof Error && AWAY_MESSAGE.test(inner.message);
}

/** The server did not answer at all: what the connection does next cannot be known. */
export function isSilent(error: unknown): boolean {
  const inner = driverError(error);
  return inner instanceof Error && inner.message === 'Query read timeout';
}

const isBusy = (error: unknown): boolean => BUSY_STATES.has(errorCode(error)) || isSilent(error);

/** `Key (id)=(x) …`: the server says it in its own language, but the key stands in all of them. */
const keyOf = (detail: string): string => /\)=\((.*?)\)(?:\s|$)/s.exec(detail)?.[1] ?? '';

/**
 * What the driver threw, as an AppError; a bug of ours (bad SQL, a programming error) stays what it is.
 * Never carries parameters: they may be secrets.
 */
export function toAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const inner = driverError(error);
  if (!(inner instanceof Error)) return inner;
  const reason = inner.message;
  if (isAway(inner)) return new AppError(E.away, { reason }, inner);
  if (isBusy(inner)) return new AppError(E.busy, { reason }, inner);
  const fields = inner as PgFields;
  const what = field(fields.table).replaceAll('_', ' ');
  switch (errorCode(inner)) {
    case '23505':
      return new AppError(E.exists, { what, id: keyOf(field(fields.detail)) }, inner);
    case '23503':
    case '23001':
      return new AppError(
        E.unknownReference,
        { what: field(fields.constraint), id: keyOf(field(fields.detail)) },
        inner,
      );
    case '22021':
    case '22P02':
    case '22P05':
      return new AppError(E.unstorableText, {}, inner);
    case '28000':
    case '28P01':
    case '3D000':
    case '42501':
      return new AppError(E.refused, { sqlState: errorCode(inner) }, inner);
    default:
      return inner;
  }
}
