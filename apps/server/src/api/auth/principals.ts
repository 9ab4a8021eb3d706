import { AppError, SECOND_MS, type Clock, type Millis } from '@anmai/kernel';
import { HTTP_ERRORS, type Principal, type PrincipalReader } from '@anmai/nest';
import type { Records } from '@anmai/postgres';
import { BoundedMap } from '../bounded-map';
import { principalOf, type AccessTokens } from './access-tokens';

/** How long a change of role, or a bar, can take to be felt. */
export const PRINCIPAL_FRESH_MS = 5 * SECOND_MS;
const PRINCIPALS_MAX = 2_000;

/**
 * Who a token stands for *now*: the account is looked up again every few seconds, so that a barred user is out at
 * once and not after a quarter of an hour. While the records are away the token's own word counts: an operator
 * must still see alarms then.
 */
export class Principals implements PrincipalReader {
  private readonly known = new BoundedMap<string, { at: Millis; who: Principal | null }>(PRINCIPALS_MAX);

  constructor(
    private readonly tokens: AccessTokens,
    private readonly records: Pick<Records, 'users' | 'orgs'>,
    private readonly clock: Clock,
  ) {}

  async read(token: string): Promise<Principal> {
    const claimed = await this.tokens.verify(token);
    const who = await this.current(claimed);
    if (who === null) throw new AppError(HTTP_ERRORS.badToken);
    return who;
  }

  /** The same person as the account is now; null when it is gone or barred. */
  async current(claimed: Principal): Promise<Principal | null> {
    const now = this.clock.now();
    const kept = this.known.get(claimed.username);
    if (kept !== undefined && now - kept.at < PRINCIPAL_FRESH_MS) return kept.who;
    try {
      const who = await this.lookUp(claimed.username);
      this.known.set(claimed.username, { at: now, who });
      return who;
    } catch (error) {
      if (!(error instanceof AppError && error.retryable)) throw error;
      return kept === undefined ? claimed : kept.who;
    }
  }

  /** After a change of the account. */
  forget(username: string): void {
    this.known.delete(username);
  }

  private async lookUp(username: string): Promise<Principal | null> {
    const user = await this.records.users.get(username, null);
    if (user === null || user.disabled) return null;
    const org = await this.records.orgs.get(user.orgId, null);
    const { displayName, role, orgId } = user;
    return principalOf({ username, displayName, role, orgId, isPlatformWide: org?.path.length === 1 });
  }
}
