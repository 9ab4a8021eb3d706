import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The built page, beside the built server. */
const WEB_FOLDER = fileURLToPath(new URL('../web', import.meta.url));

/** Serves the page at `/`; any other path outside the API that no file answers is a place inside the page. */
export async function servePage(server: FastifyInstance, folder = WEB_FOLDER): Promise<void> {
  if (!existsSync(folder)) return;
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    // Names of built files carry their hash; the page that names them must always be asked for anew.
    setHeaders: (reply, path) => {
      const isHashed = path.includes('/assets/');
      void reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  for (const path of [
    '/login',
    '/wall',
    '/admin',
    '/admin/*',
    '/devices',
    '/quarantine',
    '/rules',
    '/rules/*',
    '/kpi',
    '/plans',
    '/notify',
    '/buildings',
    '/buildings/*',
    '/checkups',
    '/checkups/*',
    '/hazards',
    '/hazards/*',
    '/watch',
    '/watch/*',
    '/money',
    '/insurance',
    '/city',
  ]) {
    server.get(path, (_request, reply) => reply.sendFile('index.html'));
  }
  // As messages name an alarm or incident. The page keeps what is chosen on it in the query.
  for (const kind of ['alarm', 'incident']) {
    server.get<{ Params: { id: string } }>(`/${kind}s/:id`, ({ params }, reply) =>
      reply.redirect(`/?${kind}=${encodeURIComponent(params.id)}`),
    );
  }
  // A page of its own, which a telephone keeps.
  for (const path of ['/inspect', '/inspect/*']) {
    server.get(path, (_request, reply) => reply.sendFile('inspect.html'));
  }
}
