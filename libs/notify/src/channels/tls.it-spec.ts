import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { messageOf, unstopped } from '../testing/messages';
import { EmailChannel, type EmailOptions } from './email-channel';
import { WebhookChannel } from './webhook-channel';

/* Encrypted connections, with a certificate made for `localhost` that no public authority vouches for. */

let folder: string;
let key: string;
let cert: string;
let closeServer: () => Promise<void>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'anmai-tls-'));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', keyFile, '-out', certFile], {
    stdio: 'ignore',
  });
  [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => closeServer());

async function mailServer(secure: boolean): Promise<{ port: number; logIns: string[] }> {
  const logIns: string[] = [];
  const server = new SMTPServer({
    secure,
    key,
    cert,
    onAuth: ({ password }, session, callback) => {
      logIns.push(`${password ?? ''} ${session.secure ? 'encrypted' : 'in clear'}`);
      callback(null, { user: 'anmai' });
    },
    onData: (stream, _session, callback) => {
      stream.resume();
      stream.on('end', () => callback());
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  closeServer = () => new Promise(resolve => server.close(() => resolve()));
  return { port: (server.server.address() as AddressInfo).port, logIns };
}

const email = (port: number, fields: Partial<EmailOptions>): EmailChannel =>
  new EmailChannel({
    name: 'email',
    host: 'localhost',
    port,
    security: 'tls',
    login: { user: 'anmai', passwordRef: 'smtp' },
    from: 'alarm@anmai.example.cn',
    fromName: '安脉',
    secrets: () => 'pass-0123456789',
    timeoutMs: 2_000,
    ca: cert,
    ...fields,
  });

it.each([
  ['tls', true],
  ['starttls', false],
] as const)('a mail by %s says the password only when nobody can read it', async (security, secure) => {
  const { port, logIns } = await mailServer(secure);
  expect(await email(port, { security }).send(messageOf(), unstopped())).toEqual({ ok: true });
  expect(logIns).toEqual(['pass-0123456789 encrypted']);
});

it.each<[string, Partial<EmailOptions>]>([
  ['whose authority is unknown', { ca: null }],
  ['made out for another name', { host: '127.0.0.1' }],
])('a mail server with a certificate %s hears nothing', async (_name, fields) => {
  const { port, logIns } = await mailServer(true);
  expect(await email(port, fields).send(messageOf(), unstopped())).toMatchObject({
    ok: false,
    retryable: true,
  });
  expect(logIns).toEqual([]);
});

it('an endpoint with a certificate whose authority is unknown hears nothing', async () => {
  let heard = 0;
  const server: Server = createServer({ key, cert }, (_request, response) => {
    heard++;
    response.end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closeServer = () => new Promise(resolve => void server.close(() => resolve()));
  const channel = new WebhookChannel({
    name: 'hook',
    url: `https://localhost:${(server.address() as AddressInfo).port}/`,
    secretRef: 's',
    secrets: () => 'secret-0123456789',
    events: { source: 'https://anmai.example.cn', typePrefix: 'cn.example' },
    rule: { allow: ['127.0.0.0/8', '::1/128'] },
  });
  expect(await channel.send(messageOf(), unstopped())).toEqual({
    ok: false,
    retryable: true,
    retryAfterMs: null,
    reason: 'request failed (DEPTH_ZERO_SELF_SIGNED_CERT)',
  });
  expect(heard).toBe(0);
});
