import { randomBytes } from 'node:crypto';

/** An id for a thing whose client chose none: `asset-` and 16 hex digits. */
export const newId = (prefix: string): string => `${prefix}-${randomBytes(8).toString('hex')}`;
