import { AppError } from '@anmai/kernel';
import { NOTIFY_ERRORS } from '../errors';

/** A usable address, or NTF-003, which does not repeat it: it may hold a key. */
export function httpAddress(text: string, channel: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    url === null ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.username !== '' ||
    url.password !== ''
  )
    throw new AppError(NOTIFY_ERRORS.badAddress, { channel });
  return url;
}
