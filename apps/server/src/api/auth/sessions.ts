import { createHash, randomBytes } from 'node:crypto';
import { AppError, DAY_MS, type Clock } from '@anmai/kernel';
import type { Records } from '@anmai/postgres';
import type { TokenReply } from '@anmai/wire';
import { API_ERRORS } from '../errors';
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from './access-tokens';

/** A session that nobody uses for so long ends; each use starts the time anew. */
export const REFRESH_TOKEN_MS = 14 * DAY_MS;
const REFRESH_TOKEN_BYTES = 32;

/** Sessions: a refresh token that is exchanged at each use, and the short access tokens that come with it. */
export class Sessions {
  constructor(
    private readonly records: Pick<Records, 'refreshTokens' | 'users' | 'orgs'>,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  async start(username: string): Promise<TokenReply> {
    const refreshToken = newToken();
    await this.records.refreshTokens.issue({
      hash: hashOf(refreshToken),
      username,
      expiresAt: this.clock.now() + REFRESH_TOKEN_MS,
    });
    return this.reply(username, refreshToken);
  }

  /** Rejects with AUT-008 (not good any more) or AUT-009 (used twice: the whole session was ended). */
  async exchange(refreshToken: string): Promise<TokenReply> {
    const now = this.clock.now();
    const successor = newToken();
    const result = await this.records.refreshTokens.rotate(
      hashOf(refreshToken),
      hashOf(successor),
      now + REFRESH_TOKEN_MS,
      now,
    );
    if (result.outcome === 'rotated') return this.reply(result.username, successor);
    throw new AppError(result.outcome === 'reused' ? API_ERRORS.reusedRefresh : API_ERRORS.badRefresh);
  }

  end(refreshToken: string): Promise<void> {
    return this.records.refreshTokens.revoke(hashOf(refreshToken), this.clock.now());
  }

  private async reply(username: string, refreshToken: string): Promise<TokenReply> {
    const user = await this.records.users.get(username, null);
    if (user === null || user.disabled) throw new AppError(API_ERRORS.badRefresh);
    const org = await this.records.orgs.get(user.orgId, null);
    const { displayName, role, orgId } = user;
    const accessToken = await this.tokens.sign({
      username,
      displayName,
      role,
      orgId,
      isPlatformWide: org?.path.length === 1,
    });
    return { accessToken, refreshToken, expiresIn: ACCESS_TOKEN_SECONDS };
  }
}

const newToken = (): string => randomBytes(REFRESH_TOKEN_BYTES).toString('base64url');
/** The token is 256 random bits, so a plain hash cannot be turned back; the records never hold the token. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
