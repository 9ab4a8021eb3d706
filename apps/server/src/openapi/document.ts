import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { problemReply } from '@anmai/wire';
import { z } from 'zod';

/** Holder of the description, which can only be made once the whole application stands. */
export class OpenApiSource {
  private app: INestApplication | null = null;
  private made: OpenAPIObject | null = null;

  use(app: INestApplication): void {
    this.app = app;
  }

  document(): OpenAPIObject {
    if (this.made !== null) return this.made;
    if (this.app === null) throw new Error('BUG: the description was asked for before the application stood');
    return (this.made = describe(this.app));
  }
}

function describe(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Anmai 安脉')
    .setDescription(
      'HTTP API of the platform. Times are ISO 8601 in UTC. Errors are RFC 9457 problems with a stable `code` and a ' +
        '`remedy`. Lists take `limit` and `cursor`; POSTs take `Idempotency-Key`; edits take `If-Match` with the `ETag`.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  const problem = z.toJSONSchema(problemReply, { target: 'openapi-3.0' }) as Record<string, unknown>;
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problem },
  };
  addHeaders(document);
  return document;
}

const header = (name: string, description: string) => ({
  name,
  in: 'header' as const,
  required: false,
  description,
  schema: { type: 'string' as const },
});

/** What every write takes, whoever handles it. */
function addHeaders(document: OpenAPIObject): void {
  for (const item of Object.values(document.paths)) {
    if (item.post?.security !== undefined) {
      const key = header('Idempotency-Key', 'The same key again gives the first reply again; kept for 24 h.');
      item.post.parameters = [...(item.post.parameters ?? []), key];
    }
    for (const edit of [item.put, item.patch, item.delete]) {
      if (edit?.security === undefined) continue;
      const match = header('If-Match', 'The `ETag` of what was edited; 412 when it was changed meanwhile.');
      edit.parameters = [...(edit.parameters ?? []), match];
    }
  }
}
