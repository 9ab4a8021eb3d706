import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tap, type Observable } from 'rxjs';

/** `ETag` from a reply's `version`, and `Location` of what a POST to a collection made. */
export class VersionInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return next.handle().pipe(
      tap(body => {
        if (typeof body !== 'object' || body === null) return;
        const reply = http.getResponse<FastifyReply>();
        if ('version' in body && typeof body.version === 'number') reply.header('etag', `"${body.version}"`);
        const { method, url } = http.getRequest<FastifyRequest>();
        if (method !== 'POST' || reply.statusCode !== 201) return;
        if ('id' in body && typeof body.id === 'string') {
          reply.header('location', `${url.split('?')[0]}/${encodeURIComponent(body.id)}`);
        }
      }),
    );
  }
}
