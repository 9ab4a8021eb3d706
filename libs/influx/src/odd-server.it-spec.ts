import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Reading } from '@anmai/readings';
import { LINES_PER_REQUEST_MAX } from './batch-writer';
import { InfluxReadingStore } from './influx-reading-store';

/** What a real server does only when it is in trouble, played by one that answers as told. */
let server: Server;
let store: InfluxReadingStore;
let refused: Reading[];
afterEach(async () => {
  await store.close();
  server.closeAllConnections();
  server.close();
});

async function open(onWrite: RequestListener, version = '1.8.10'): Promise<void> {
  server = createServer((request, reply) => {
    reply.setHeader('x-influxdb-version', version);
    if (request.url?.startsWith('/ping') === true) reply.writeHead(204).end();
    else if (request.url?.startsWith('/query') === true) reply.end('{"results":[{}]}');
    else onWrite(request, reply);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  refused = [];
  const url = `http://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}`;
  store = new InfluxReadingStore({ url, database: 'city' }, readings => refused.push(...readings));
  await store.open();
}
const many = (count: number): Reading[] =>
  Array.from({ length: count }, (_, at) => ({ sensorId: 's', at, value: 1, quality: 1 }));

it.each([
  ['503 and its words', 503, '{"error":"timeout"}', 'INF-002', 'timeout'],
  ['500 with a full disk', 500, '{"error":"write wal: no space left on device"}', 'INF-002', 'no space left'],
  [
    'a request that is wrong as a whole',
    400,
    '{"error":"database is required"}',
    'INF-002',
    'database is required',
  ],
  ['a page of a proxy', 502, '<html>Bad gateway</html>', 'INF-002', 'Bad gateway'],
  ['403', 403, '{"error":"\\"user\\" user is not authorized to write"}', 'INF-001', 'not authorized'],
])('refuses no reading for good on %s', async (_name, status, body, code, words) => {
  await open((request, reply) => {
    request.resume().on('end', () => reply.writeHead(status).end(body));
  });
  const error: unknown = await store.append(many(3)).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ code, retryable: true });
  expect(String(error)).toContain(words);
  expect(String(error)).not.toContain('secret');
  expect(refused).toEqual([]);
});

it('sends a batch again in halves when it is too large for the server', async () => {
  const sizes: number[] = [];
  await open((request, reply) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const count = text.trimEnd().split('\n').length;
      const fits = count <= 3;
      if (fits) sizes.push(count);
      reply.writeHead(fits ? 204 : 413).end();
    });
  });
  await store.append(many(10));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(10);
});

it('gives up a connection that the server breaks, and can be tried again', async () => {
  let breaks = true;
  await open((request, reply) => {
    if (breaks) request.socket.destroy();
    else request.resume().on('end', () => reply.writeHead(204).end());
  });
  await expect(store.append(many(1))).rejects.toMatchObject({ code: 'RDG-001', retryable: true });
  breaks = false;
  await store.append(many(1));
});

it('uses a new connection when the server has just closed the idle one', async () => {
  let writes = 0;
  await open((request, reply) => {
    writes += 1;
    // The second request comes over the kept connection, and finds it closed.
    if (writes === 2) request.socket.destroy();
    else request.resume().on('end', () => reply.writeHead(204).end());
  });
  await store.append(many(1));
  await store.append(many(1));
  expect(writes).toBe(3);
});

it('tells of a failure only when no request of the batch is under way any more', async () => {
  let pending = 0;
  let writes = 0;
  await open((request, reply) => {
    const first = (writes += 1) === 1;
    pending += 1;
    request.resume().on('end', () => {
      if (first) {
        pending -= 1;
        reply.writeHead(500).end();
      } else setImmediate(() => setImmediate(() => reply.writeHead(204).end(() => (pending -= 1))));
    });
  });
  await expect(store.append(many(3 * LINES_PER_REQUEST_MAX))).rejects.toMatchObject({ code: 'INF-002' });
  expect(pending).toBe(0);
});

it('refuses a server without SELECT INTO', async () => {
  await expect(open((_request, reply) => void reply.end(), 'v2.7.1')).rejects.toMatchObject({
    code: 'INF-004',
  });
});
