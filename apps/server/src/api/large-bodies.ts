import { AppError } from '@anmai/kernel';
import { bearerOf, HTTP_ERRORS, type PrincipalReader, type ProblemFilter } from '@anmai/nest';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { roleAllows, type Permission } from './permissions';

/** A route whose body is larger than others', and what its sender has to hold. */
export interface LargeBody {
  readonly url: string;
  readonly bytesMax: number;
  readonly permission: Permission;
}

/**
 * Guards look at a request when its body is in memory; here its sender is looked at before a byte of it is taken, or
 * anybody could fill the memory of the process that raises the alarms. `reader`: there once the application is made.
 */
export function admitLargeBodies(
  server: FastifyInstance,
  routes: readonly LargeBody[],
  reader: () => PrincipalReader,
  filter: ProblemFilter,
): void {
  server.addHook('onRoute', route => {
    const large = routes.find(({ url }) => url === route.url);
    // What is read at the same address has no body, and permissions of its own.
    if (large === undefined || [route.method].flat().every(each => each === 'GET' || each === 'HEAD')) return;
    route.bodyLimit = large.bytesMax;
    route.onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
      try {
        await admit(request, large.permission, reader());
      } catch (error) {
        filter.answer(error, request, reply);
        return reply;
      }
    };
  });
}

async function admit(
  request: FastifyRequest,
  permission: Permission,
  reader: PrincipalReader,
): Promise<void> {
  const token = bearerOf(request.headers.authorization);
  if (token === null) throw new AppError(HTTP_ERRORS.noToken);
  const { role } = await reader.read(token);
  if (!roleAllows(role, permission)) throw new AppError(HTTP_ERRORS.forbidden, { role, permission });
}
