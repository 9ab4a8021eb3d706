import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { AppError, invariant } from '@anmai/kernel';
import { HTTP_ERRORS } from './errors';
import { NEEDS, OPEN, type Principal, type WithPrincipal } from './access';

/** Turns a bearer token into the one it stands for. Rejects with AUT-002 (expired) or AUT-003 (bad, or barred). */
export interface PrincipalReader {
  read(token: string): Promise<Principal>;
}

const BEARER = /^Bearer ([\w.~+/-]{1,4096}=*)$/i;

/** The token of an Authorization header, or null. Anything else than one bearer token counts as none. */
export const bearerOf = (header: string | undefined): string | null => BEARER.exec(header ?? '')?.[1] ?? null;

/** Every request passes here: who is it, and does the role hold the permission that the route declares? */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reader: PrincipalReader,
    private readonly allows: (principal: Principal, permission: string) => boolean,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = context.getHandler();
    if (Reflect.getMetadata(OPEN, handler) !== undefined) return true;
    const permission = Reflect.getMetadata(NEEDS, handler) as string | undefined;
    invariant(permission, `${context.getClass().name}.${handler.name} declares no permission`);
    const request = context.switchToHttp().getRequest<WithPrincipal>();
    const token = bearerOf(request.headers.authorization);
    if (token === null) throw new AppError(HTTP_ERRORS.noToken);
    const principal = await this.reader.read(token);
    if (!this.allows(principal, permission)) {
      throw new AppError(HTTP_ERRORS.forbidden, { role: principal.role, permission });
    }
    request.principal = principal;
    return true;
  }
}
