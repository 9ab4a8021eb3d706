import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

const ALWAYS = [401, 403] as const;

/** Describes a route for /api/openapi.json: what it does, what it answers, how it can refuse. */
export function Does(
  summary: string,
  also: { reply?: z.ZodType; status?: number; errors?: readonly number[]; text?: string } = {},
): MethodDecorator {
  const status = also.status ?? (also.reply === undefined ? 204 : 200);
  const errors = [...new Set([...(also.errors ?? []), ...ALWAYS])].sort();
  return applyDecorators(
    ApiOperation({ summary, ...(also.text === undefined ? {} : { description: also.text }) }),
    ApiResponse({
      status,
      description: status === 204 ? 'Done.' : summary,
      ...(also.reply === undefined ? {} : { standardSchema: also.reply }),
    }),
    ...errors.map(code =>
      ApiResponse({
        status: code,
        description: 'RFC 9457 problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      }),
    ),
  );
}
