import { AppError } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import { API_ERRORS } from '../errors';

/** What hides or settles the alarms of everybody is not one organisation's to decide. Throws API-014. */
export function requirePlatform({ isPlatformWide }: Principal): void {
  if (!isPlatformWide) throw new AppError(API_ERRORS.platformOnly);
}
