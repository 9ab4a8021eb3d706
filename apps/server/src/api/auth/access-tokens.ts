import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { AppError, invariant, type Clock } from '@anmai/kernel';
import { HTTP_ERRORS, type Principal } from '@anmai/nest';
import { z } from 'zod';
import { roleSchema } from '@anmai/wire';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
const SECRET_BYTES_MIN = 32;
const ISSUER = 'anmai';
const AUDIENCE = 'anmai-api';

const claimsSchema = z.object({
  sub: z.string(),
  name: z.string(),
  role: roleSchema,
  org: z.string(),
  wide: z.boolean(),
});

/** Signed statements of who someone is, good for a quarter of an hour. HS256: we alone sign and check them. */
export class AccessTokens {
  constructor(
    private readonly secret: Uint8Array,
    private readonly clock: Clock,
  ) {
    invariant(secret.length >= SECRET_BYTES_MIN, `the token secret needs ${SECRET_BYTES_MIN} bytes`);
  }

  sign(who: Omit<Principal, 'within'>): Promise<string> {
    const nowSeconds = Math.floor(this.clock.now() / 1_000);
    const claims = { name: who.displayName, role: who.role, org: who.orgId, wide: who.isPlatformWide };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(who.username)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setJti(randomUUID())
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + ACCESS_TOKEN_SECONDS)
      .sign(this.secret);
  }

  /** Rejects with AUT-002 (expired) or AUT-003 (anything else wrong with it). */
  async verify(token: string): Promise<Principal> {
    try {
      const { payload } = await jwtVerify(token, this.secret, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(this.clock.now()),
      });
      const { sub, name, role, org, wide } = claimsSchema.parse(payload);
      return principalOf({ username: sub, displayName: name, role, orgId: org, isPlatformWide: wide });
    } catch (error) {
      const spec = error instanceof errors.JWTExpired ? HTTP_ERRORS.expiredToken : HTTP_ERRORS.badToken;
      throw new AppError(spec, {}, error);
    }
  }
}

/**
 * An administrator of an organisation that has none above it sees everything, things of no organisation included.
 * Everyone else is held to the own organisation and what is below it, administrators too.
 */
export const principalOf = (who: Omit<Principal, 'within'>): Principal => ({
  ...who,
  within: who.role === 'admin' && who.isPlatformWide ? null : who.orgId,
});
