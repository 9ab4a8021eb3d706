import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpTarget {
  /** http://127.0.0.1:port */
  readonly base: string;
  readonly seen: SeenRequest[];
  /** How requests are answered from now on. */
  answer: (response: ServerResponse, request: SeenRequest) => void;
  close(): Promise<void>;
}

/** A real HTTP server on the loopback interface that notes what comes in; answers 200 with an empty body unless told. */
export async function startHttpTarget(): Promise<HttpTarget> {
  const target: Omit<HttpTarget, 'base' | 'close'> = { seen: [], answer: response => void response.end() };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const seen = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
      target.seen.push(seen);
      target.answer(response, seen);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(target, {
    base: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Answers with that status and body. */
export const replies =
  (status: number, body: string | object = '', headers: Record<string, string> = {}): HttpTarget['answer'] =>
  response =>
    void response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
