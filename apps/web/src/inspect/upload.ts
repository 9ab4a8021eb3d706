import { DetailedError, Upload } from 'tus-js-client';
import type { FileReceiptShape, Problem } from '@anmai/wire';
import type { ApiClient } from '../session/api-client';
import { ApiProblem, NOT_OURS, unreachable } from '../session/api-problem';
import type { FileRow } from './phone-shapes';

/** Bytes of one request: small enough to get through on a line that breaks each minute. */
export const CHUNK_BYTES = 256 * 1024;
/** Waits within one attempt; after the last, the outbox tries again later. */
const RETRY_DELAYS_MS = [300, 1_000, 2_000, 4_000];
const ENDPOINT = '/api/v1/files/uploads';
const RECEIPT_HEADER = 'Upload-Receipt';
/** What the server says of a file that it does not have. */
const NOT_HERE = 'FIL-011';

export interface UploadWatch {
  /** Where the bytes go: kept, so that a reopened page goes on there. */
  onUrl(url: string): void;
  onProgress(bytes: number): void;
}

/** Gives the receipt of the file, after sending what of it is not at the server yet. Rejects with ApiProblem. */
export async function deliver(
  api: ApiClient,
  file: FileRow,
  blob: Blob,
  watch: UploadWatch,
): Promise<FileReceiptShape> {
  const known = await receiptOf(api, file);
  if (known !== null) return known;
  await sendAll(api, file, blob, watch);
  // Asked for, not only read from the last answer: a receipt is what the server says when it is asked.
  const receipt = await receiptOf(api, file);
  if (receipt === null) throw unreachable('the receipt is not there yet');
  return receipt;
}

async function receiptOf(api: ApiClient, file: FileRow): Promise<FileReceiptShape | null> {
  const { id: sha256, bytes, type, kind, meta } = file;
  try {
    const receipt = await api.post<FileReceiptShape>('/files/receipts', { sha256, bytes, type, kind, meta });
    return receipt.sha256 === sha256 && receipt.bytes === bytes ? receipt : null;
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.code === NOT_HERE) return null;
    throw error;
  }
}

function sendAll(api: ApiClient, file: FileRow, blob: Blob, watch: UploadWatch): Promise<void> {
  const { id: sha256, type, kind, meta, uploadUrl } = file;
  return new Promise((resolve, reject) => {
    const upload = new Upload(blob, {
      endpoint: ENDPOINT,
      uploadUrl,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      storeFingerprintForResuming: false,
      metadata: { sha256, type, kind, meta: JSON.stringify(meta) },
      onBeforeRequest: async request => {
        const token = await api.session.token();
        if (token !== null) request.setHeader('Authorization', `Bearer ${token}`);
      },
      onUploadUrlAvailable: () => watch.onUrl(upload.url ?? ''),
      onProgress: sent => watch.onProgress(sent),
      onShouldRetry: error => isWorthAnotherTry(statusOf(error)),
      onSuccess: ({ lastResponse }) => {
        if (lastResponse.getHeader(RECEIPT_HEADER) === undefined) reject(unreachable('no receipt'));
        else resolve();
      },
      onError: error => reject(problemFrom(error)),
    });
    upload.start();
  });
}

const statusOf = (error: Error): number =>
  error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0;

/** The line, a server that is starting, a token that just ended, a part that came out of order. */
export const isWorthAnotherTry = (status: number): boolean =>
  status === 0 || status >= 500 || [400, 401, 409, 423, 429].includes(status);

function problemFrom(error: Error): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const status = statusOf(error);
  if (status === 0) return unreachable(error);
  return new ApiProblem(problemIn((error as DetailedError).originalResponse?.getBody() ?? '', status));
}

function problemIn(body: string, status: number): Problem {
  try {
    const problem = JSON.parse(body) as Problem;
    if (typeof problem.code === 'string') return problem;
  } catch {
    // Not ours: the page of a proxy.
  }
  return {
    type: 'about:blank',
    title: NOT_OURS,
    status,
    code: NOT_OURS,
    detail: `HTTP ${status}`,
    remedy: '',
  };
}
