import type { RuleScope } from '@anmai/alarms';
import { AppError } from '@anmai/kernel';
import type { Principal } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { API_ERRORS } from '../errors';

/**
 * A rule holds for the whole platform unless its scope narrows it. Someone of an organisation with others above it
 * may write only rules that stay within it, or one company could silence the alarms of another. Throws API-005.
 */
export async function requireWithin(
  scope: RuleScope,
  caller: Principal,
  orgs: Records['orgs'],
): Promise<void> {
  if (caller.isPlatformWide) return;
  const org = scope.orgId === undefined ? null : await orgs.get(scope.orgId, caller.within);
  if (org === null) throw new AppError(API_ERRORS.ruleTooWide);
}
