import { PassThrough, Readable } from 'node:stream';
import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '@anmai/kernel';
import { FILE_ERRORS } from './errors';

/** One request as it came: its headers and, for PATCH, its body as a stream nobody has read from. */
export interface TusCall {
  readonly headers: IncomingHttpHeaders;
  readonly body?: Readable;
}

/** Headers that the protocol knows; no others reach the library. */
const PASSED = [
  'tus-resumable',
  'upload-length',
  'upload-metadata',
  'upload-offset',
  'upload-defer-length',
  'content-length',
];

export function tusRequest(
  method: 'POST' | 'HEAD' | 'PATCH',
  call: TusCall,
  own: Readonly<Record<string, string>>,
  id = '',
): Request {
  const headers = new Headers(own);
  for (const name of PASSED) {
    const value = call.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const url = `http://uploads.invalid/uploads/${id}`;
  if (method !== 'PATCH') {
    headers.delete('content-length');
    return new Request(url, { method, headers });
  }
  headers.set('content-type', call.headers['content-type'] ?? '');
  const body = Readable.toWeb(call.body ?? Readable.from([])) as unknown as ReadableStream;
  // Node asks for `duplex` with a body that streams; the type of the browser does not know it.
  return new Request(url, { method, headers, body, duplex: 'half' } as RequestInit);
}

/**
 * The body for somebody who may stop reading it. Taken back, the rest of it runs off, so that a client that is still
 * sending hears the refusal instead of a broken connection.
 */
export function lendBody(source: Readable = Readable.from([])): {
  readonly body: Readable;
  takeBack(): void;
} {
  const body = new PassThrough();
  source.once('error', (error: Error) => body.destroy(error));
  source.pipe(body);
  return {
    body,
    takeBack: () => {
      source.unpipe(body);
      source.resume();
    },
  };
}

/** What the library answered instead of success. */
export async function tusProblem(response: Response): Promise<AppError> {
  const reason = (await response.text().catch(() => '')).trim().slice(0, 200);
  switch (response.status) {
    case 404:
    case 410:
      return new AppError(FILE_ERRORS.uploadGone);
    case 409:
      return new AppError(FILE_ERRORS.wrongOffset);
    case 413:
      return new AppError(FILE_ERRORS.tooLarge, { what: 'an upload', max: 'as much as was announced' });
    default:
      if (response.status >= 500) return new AppError(FILE_ERRORS.away, { reason });
      return new AppError(FILE_ERRORS.uploadBroken, { reason });
  }
}
