import { errorCodes, type FastifyInstance } from 'fastify';
import type { LargeBody } from './large-bodies';

export const BODY_BYTES_MAX = 1_000_000;
export const IMPORT_BYTES_MAX = 20_000_000;
export const IMPORT_URL = '/api/v1/registry/import';
export const UPLOADS_URL = '/api/v1/files/uploads';
/** Bytes of an upload: read by whoever takes them, as they come. */
const UPLOAD_TYPE = 'application/offset+octet-stream';
export const BUILDING_IMPORT_URL = '/api/v1/buildings/imports';
/** A hundred thousand buildings are some 25 MB of CSV. */
export const BUILDING_IMPORT_BYTES_MAX = 80_000_000;
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const LARGE_BODIES: readonly LargeBody[] = [
  { url: IMPORT_URL, bytesMax: IMPORT_BYTES_MAX, permission: 'registry.write' },
  { url: BUILDING_IMPORT_URL, bytesMax: BUILDING_IMPORT_BYTES_MAX, permission: 'buildings.write' },
];

/** JSON everywhere, CSV for the import, bytes for uploads, nothing else: any other content type is refused with 415. */
export function takeBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    // A POST or DELETE without a body is often sent with the content type all the same.
    if (bytes.length === 0) return done(null, undefined);
    const text = utf8(bytes as Buffer);
    if (text === null) return done(new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY());
    // Its callback form: what it returns is not looked at.
    void parseJson(request, text, done);
  });
  server.addContentTypeParser(UPLOAD_TYPE, (request, _bytes, done) => {
    if (request.routeOptions.url === `${UPLOADS_URL}/:id`) return done(null, undefined);
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(UPLOAD_TYPE));
  });
  server.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (request.routeOptions.url === IMPORT_URL) return done(null, bytes);
    if (request.routeOptions.url === BUILDING_IMPORT_URL) return done(null, bytes);
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE('text/csv'));
  });
  server.addContentTypeParser(XLSX_TYPE, { parseAs: 'buffer' }, (request, bytes, done) => {
    if (request.routeOptions.url === BUILDING_IMPORT_URL) return done(null, bytes);
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(XLSX_TYPE));
  });
}

/** null: not UTF-8. A lenient decoder would store names with replacement characters. */
function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
