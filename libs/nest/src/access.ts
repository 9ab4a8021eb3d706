import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { invariant } from '@anmai/kernel';
import type { Role } from '@anmai/wire';
import type { FastifyRequest } from 'fastify';

export const NEEDS = Symbol('needs');
export const OPEN = Symbol('open');

/** Who asks. */
export interface Principal {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly orgId: string;
  /** Sees what belongs to this organisation or to one below it; null: everything. */
  readonly within: string | null;
  /** Its organisation has none above it: what holds for the whole platform is its to decide. */
  readonly isPlatformWide: boolean;
}

export type WithPrincipal = FastifyRequest & { principal?: Principal };

/** The permission that a route needs. Each route has this or `Open`; a route with neither is refused at start. */
export const Needs = (permission: string): MethodDecorator =>
  applyDecorators(SetMetadata(NEEDS, permission), ApiBearerAuth(), ApiExtension('x-permission', permission));

/** Answers without a token; `why` is for the reader of the code and of the test that lists all routes. */
export const Open = (why: string): MethodDecorator => SetMetadata(OPEN, why);

/** The one who asks, as a handler's argument. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<WithPrincipal>();
  invariant(principal, 'a route takes @Caller() but is open to all');
  return principal;
});
