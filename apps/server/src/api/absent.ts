import { AppError } from '@anmai/kernel';
import { POSTGRES_ERRORS } from '@anmai/postgres';

/** 404, worded as the records do: what another organisation owns is simply not there. */
export function absent(what: string, id: string): never {
  throw new AppError(POSTGRES_ERRORS.notFound, { what, id });
}
