import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'mqtt';
import type { IClientOptions } from 'mqtt';
import { WebSocket } from 'ws';
import { EmbeddedRig } from './testing/embedded-rig';
import { until } from './testing/until';

let rig: EmbeddedRig;
afterEach(() => rig.close());

const T1 = 'anmai/v1/dev-1/telemetry';
const big = 'x'.repeat(100_000);

describe('TLS', () => {
  let folder: string;
  const pem = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const openssl = (...args: string[]): Buffer =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

  /** A key and a certificate for `name`, signed by `ca` (by itself when they are the same). */
  function certificate(name: string, ca: string): void {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
    if (name === ca) {
      openssl('req', '-x509', ...key, '-out', `${name}.crt`, '-subj', `/CN=${name}`, '-days', '2');
      return;
    }
    openssl(
      'req',
      ...key,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    );
    const by = ['-CA', `${ca}.crt`, '-CAkey', `${ca}.key`, '-CAcreateserial', '-copy_extensions', 'copy'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-out', `${name}.crt`, '-days', '2');
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'anmai-tls-'));
    for (const ca of ['ca', 'other-ca']) certificate(ca, ca);
    for (const name of ['server', 'dev-1', 'stranger']) certificate(name, 'ca');
    certificate('dev-2', 'other-ca');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    rig = await EmbeddedRig.start({
      tls: { port: 0, cert: pem('server.crt'), key: pem('server.key'), clientCa: pem('ca.crt') },
    });
  });

  const secure = (name: string | null, more: IClientOptions = {}): IClientOptions => ({
    protocol: 'mqtts',
    port: rig.broker.tlsPort() ?? 0,
    ca: pem('ca.crt'),
    ...(name === null ? {} : { cert: pem(`${name}.crt`), key: pem(`${name}.key`) }),
    ...more,
  });

  it('the common name of a client certificate is the device, no password needed', async () => {
    const client = await rig.client(9, secure('dev-1', { username: '', password: '' }));
    await client.publishAsync(T1, 'a', { qos: 1 });
    expect(rig.sink.seen).toEqual([`dev-1 ${T1} a q1`]);
  });

  it('without a certificate, user name and password count', async () => {
    const client = await rig.client(1, secure(null));
    await client.publishAsync(T1, big, { qos: 1 });
    expect(rig.sink.stored).toEqual([big]);
  });

  it.each([
    ['of another CA', 'dev-2'],
    ['of no device', 'stranger'],
  ])('a certificate %s is refused, even with a right password', async (_name, name) => {
    await expect(rig.client(2, secure(name))).rejects.toMatchObject({ code: 5 });
    expect(rig.refusals).toMatchObject([{ reason: 'bad_certificate' }]);
  });

  it('says what is wrong with a certificate of its own', async () => {
    const broken = new EmbeddedRig({ tls: { port: 0, cert: 'no pem', key: 'no pem' } });
    await expect(broken.broker.start()).rejects.toMatchObject({ code: 'MQT-002' });
    await broken.close();
  });
});

describe('WebSocket', () => {
  let url: string;
  beforeEach(async () => {
    rig = await EmbeddedRig.start();
    const http = createServer();
    http.on('upgrade', (request, socket, head) => rig.broker.handleUpgrade(request, socket, head));
    await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
    url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
    rig.atEnd(() => http.close());
  });

  it('carries MQTT on /mqtt', async () => {
    const client = connect(`${url}/mqtt`, { username: 'dev-1', password: 'secret-1', reconnectPeriod: 0 });
    rig.atEnd(() => client.endAsync(true));
    const got: string[] = [];
    client.on('message', (_topic, payload) => got.push(payload.toString()));
    await client.subscribeAsync('anmai/v1/dev-1/command', { qos: 1 });
    await client.publishAsync(T1, big, { qos: 1 });
    await client.publishAsync(T1, 'twice', { qos: 2 });
    await rig.broker.publish('anmai/v1/dev-1/command', Buffer.from('open'), { qos: 1, retain: false });
    await until(() => got.length === 1, 'the command came');
    expect(rig.sink.stored).toEqual([big, 'twice']);
  });

  it('tells a wrong password apart from a lost connection', async () => {
    const client = connect(`${url}/mqtt`, { username: 'dev-1', password: 'guess', reconnectPeriod: 0 });
    rig.atEnd(() => client.endAsync(true));
    const error = await new Promise<unknown>(resolve => client.once('error', resolve));
    expect(error).toMatchObject({ code: 4 });
  });

  it('other paths are not found', async () => {
    const socket = new WebSocket(`${url}/other`, 'mqtt');
    const error = await new Promise<Error>(resolve => socket.once('error', resolve));
    expect(error.message).toContain('404');
  });

  it('a message above the limit closes the connection', async () => {
    const socket = new WebSocket(`${url}/mqtt`, 'mqtt');
    await new Promise(resolve => socket.once('open', resolve));
    const closed = new Promise<number>(resolve => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.send(Buffer.alloc(2 * 1024 * 1024));
    expect(await closed).toBe(1009);
    await until(() => rig.refusals.length === 1, 'the refusal was reported');
    expect(rig.refusals).toMatchObject([{ reason: 'payload_too_large' }]);
  });
});
