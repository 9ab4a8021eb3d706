import { problemOf } from '../session/api-problem';
import type { ApiClient } from '../session/api-client';

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

/** Sends one file whole from the office (tus 1.0.0, one step); gives its hash, which is what the records keep. */
export async function sendFile(api: ApiClient, file: File, kind: 'photo' | 'document'): Promise<string> {
  const bytes = await file.arrayBuffer();
  const sha256 = await sha256Of(bytes);
  const pairs = { sha256, type: file.type, kind, meta: JSON.stringify({ name: file.name }) };
  const metadata = Object.entries(pairs).map(([key, value]) => `${key} ${base64(value)}`);
  const tus = { 'Tus-Resumable': '1.0.0' };
  const begun = await api.open('/files/uploads', {
    method: 'POST',
    headers: { ...tus, 'Upload-Length': String(bytes.byteLength), 'Upload-Metadata': metadata.join(',') },
  });
  if (!begun.ok) throw await problemOf(begun);
  const path = new URL(begun.headers.get('location') ?? '', location.origin).pathname;
  const sent = await api.open(path.replace('/api/v1', ''), {
    method: 'PATCH',
    headers: { ...tus, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' },
    body: bytes,
  });
  if (!sent.ok) throw await problemOf(sent);
  return sha256;
}
