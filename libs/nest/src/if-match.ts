import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { AppError } from '@anmai/kernel';
import type { FastifyRequest } from 'fastify';
import { HTTP_ERRORS } from './errors';

const ONE_VERSION = /^(?:W\/)?"?(\d{1,9})"?$/;

/** The version that an edit stands on; null when the client does not say (`*` or no header): the last one wins. */
export function versionOf(header: string | undefined): number | null {
  const text = header?.trim();
  if (text === undefined || text === '*') return null;
  const digits = ONE_VERSION.exec(text)?.[1];
  if (digits === undefined) throw new AppError(HTTP_ERRORS.badIfMatch);
  return Number(digits);
}

/** `If-Match` as a version number or null, as a handler's argument. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number | null =>
  versionOf(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);
