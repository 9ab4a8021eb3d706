import { AppError } from '@anmai/kernel';
import { API_ERRORS } from './errors';

/** The id of the address; a body that names another one is a mistake of the caller. */
export function checkedId(id: string, sent: string | undefined): string {
  if (sent !== undefined && sent !== id) throw new AppError(API_ERRORS.idMismatch, { sent, id });
  return id;
}
