import { removeDataDirs, startServer, type ServerProcess } from '../support/server-process';
import { openMetrics, unresolved } from './documents';

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

const CONTRACT = [
  'POST /api/v1/auth/login',
  ...['assets', 'devices', 'sensors', 'rules'].flatMap(name => [
    `GET /api/v1/${name}`,
    `POST /api/v1/${name}`,
    `GET /api/v1/${name}/{id}`,
    `PUT /api/v1/${name}/{id}`,
    `PATCH /api/v1/${name}/{id}`,
    `DELETE /api/v1/${name}/{id}`,
  ]),
  'POST /api/v1/devices/{id}/credentials',
  'POST /api/v1/registry/import',
  'GET /api/v1/sensors/{id}/readings',
  'GET /api/v1/sensors/{id}/series',
  'GET /api/v1/alarms',
  'GET /api/v1/alarms/{id}',
  'POST /api/v1/alarms/{id}/acknowledge',
  'POST /api/v1/alarms/{id}/comment',
  'GET /api/v1/live',
  'GET /api/v1/quarantine',
  'POST /api/v1/quarantine/{id}/adopt',
  'GET /api/v1/status',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
];

describe('the platform', () => {
  it('gives its metrics as OpenMetrics', async () => {
    const reply = await fetch(`${server.http}/metrics`);
    expect(reply.headers.get('content-type')).toMatch(/^application\/openmetrics-text; *version=1\.0\.0/);
    const text = await reply.text();
    const families = openMetrics(text);
    expect([...families.keys()].filter(name => name.startsWith('anmai_')).length).toBeGreaterThan(5);
    expect(text).not.toMatch(/password|secret|eyJ/i);
  });

  it('describes its interface: every path of the contract, every reference resolved', async () => {
    const document = (await (await fetch(`${server.http}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    expect(document.openapi).toMatch(/^3\./);
    const found = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map(method => `${method.toUpperCase()} ${path}`),
    );
    for (const call of CONTRACT) expect(found).toContain(call);
    expect(unresolved(document)).toEqual([]);
    const withoutReply = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.values(item).filter(each => Object.keys((each as { responses: object }).responses).length === 0).map(() => path),
    ); // prettier-ignore
    expect(withoutReply).toEqual([]);
    const ids = Object.values(document.paths).flatMap(item =>
      Object.values(item).map(each => (each as { operationId: string }).operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes its topics and events, and has a page for people', async () => {
    const document = (await (await fetch(`${server.http}/api/asyncapi.json`)).json()) as {
      asyncapi: string;
      channels: Record<string, { address: string }>;
    };
    expect(document.asyncapi).toMatch(/^3\./);
    expect(unresolved(document)).toEqual([]);
    const addresses = Object.values(document.channels).map(channel => channel.address);
    for (const topic of ['telemetry', 'status', 'command'])
      expect(addresses).toContain(`anmai/v1/{deviceId}/${topic}`);
    expect(addresses).toContain('v1/devices/me/telemetry');
    const docs = await fetch(`${server.http}/api/docs`);
    expect([docs.status, docs.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/html/),
    ]);
    expect(await docs.text()).not.toMatch(/src="https?:|href="https?:/);
  });
});
