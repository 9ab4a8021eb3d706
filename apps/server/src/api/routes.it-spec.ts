/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call */

import { problemReply } from '@anmai/wire';
import { ERROR_LIST } from '../openapi/error-list';
import { isPermission, roleAllows } from './permissions';
import { PASSWORD, startApiBed, type ApiBed } from './testing/api-bed';

const ROUTES: { method: string; url: string }[] = [];

/** Answer without a token, each for a reason that its controller states. */
const OPEN_ROUTES = [
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/logout',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /api/openapi.json',
  'GET /api/asyncapi.json',
  'GET /api/docs',
  'GET /api/v1/checkups/calendars/:token',
];

let bed: ApiBed;
let paths: Record<string, Record<string, { 'x-permission'?: string; security?: unknown }>>;
beforeAll(async () => {
  bed = await startApiBed({
    onServer: server =>
      void server.addHook('onRoute', route => {
        for (const method of [route.method].flat()) ROUTES.push({ method, url: route.url });
      }),
  });
  paths = (await bed.call('GET', '/api/openapi.json')).body.paths;
});
afterAll(() => bed.stop());

const name = (route: { method: string; url: string }): string => `${route.method} ${route.url}`;
const guarded = (): { method: string; url: string }[] => ROUTES.filter(r => !OPEN_ROUTES.includes(name(r)));
const permissionOf = (route: { method: string; url: string }): string | undefined =>
  paths[route.url.replaceAll(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()]?.['x-permission'];
const address = (url: string): string => url.replaceAll(/:\w+/g, 'thing-1');

it('has the routes of the contract', () => {
  const names = ROUTES.map(name);
  for (const expected of [...OPEN_ROUTES, 'GET /api/v1/live', 'POST /api/v1/devices/:id/credentials']) {
    expect(names).toContain(expected);
  }
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(50);
});

it('declares a known permission for each route that is not open', () => {
  const without = guarded().filter(route => !isPermission(permissionOf(route) ?? ''));
  expect(without.map(name)).toEqual([]);
});

it('answers 401 without a token, on every guarded route', async () => {
  for (const route of guarded()) {
    const reply = await bed.call(route.method, address(route.url));
    // An answer to HEAD has no body.
    const code = route.method === 'HEAD' ? 'AUT-001' : (reply.body?.code as string);
    expect([name(route), reply.status, code]).toEqual([name(route), 401, 'AUT-001']);
    if (route.method !== 'HEAD') problemReply.parse(reply.body);
  }
});

it.each(['vera', 'otto', 'enno'] as const)(
  'answers 403 to %s where the role does not reach',
  async username => {
    const role = ({ vera: 'viewer', otto: 'operator', enno: 'engineer' } as const)[username];
    const beyond = guarded().filter(route => !roleAllows(role, permissionOf(route) ?? ''));
    expect(beyond.length).toBeGreaterThan(0);
    for (const route of beyond) {
      const reply = await bed.call(route.method, address(route.url), { as: username });
      const code = route.method === 'HEAD' ? 'AUT-004' : (reply.body?.code as string);
      expect([name(route), reply.status, code]).toEqual([name(route), 403, 'AUT-004']);
    }
  },
);

it('gives a viewer every route that only reads and that the role holds', async () => {
  const reads = guarded().filter(
    route =>
      route.method === 'GET' &&
      route.url !== '/api/v1/live' &&
      roleAllows('viewer', permissionOf(route) ?? ''),
  );
  expect(reads.length).toBeGreaterThan(20);
  for (const route of reads) {
    const reply = await bed.call(route.method, address(route.url), { as: 'vera' });
    expect([name(route), [200, 404].includes(reply.status)]).toEqual([name(route), true]);
  }
});

describe('what surrounds every route', () => {
  it.each<[string, string, string, Record<string, unknown>, number, string]>([
    ['an unknown address', 'GET', '/api/v1/nothing', {}, 404, 'HTP-404'],
    ['an unknown method', 'DELETE', '/api/v1/status', {}, 404, 'HTP-404'],
    ['a malformed address', 'GET', '/api/v1/assets/%zz', {}, 400, 'HTP-400'],
    ['an id with SQL in it', 'GET', `/api/v1/assets/${encodeURIComponent("a';DROP TABLE asset--")}`, {}, 400, 'VAL-001'],
    ['JSON that is none', 'POST', '/api/v1/assets', { body: '{"id":', type: 'application/json' }, 400, 'HTP-400'],
    ['a poisoned prototype', 'POST', '/api/v1/assets', { body: '{"__proto__":{"x":1}}', type: 'application/json' }, 400, 'HTP-400'],
    ['bytes that are no UTF-8', 'POST', '/api/v1/assets', { body: Buffer.from([0x7b, 0xff]), type: 'application/json' }, 400, 'HTP-400'],
    ['XML', 'POST', '/api/v1/assets', { body: '<a/>', type: 'application/xml' }, 415, 'HTP-415'],
    ['CSV where only JSON goes', 'POST', '/api/v1/assets', { body: 'a,b', type: 'text/csv' }, 415, 'HTP-415'],
    ['a body of 1 MB and more', 'POST', '/api/v1/assets', { body: `"${'x'.repeat(1_000_000)}"`, type: 'application/json' }, 413, 'HTP-413'],
    ['an array as body', 'POST', '/api/v1/assets', { body: '[]', type: 'application/json' }, 400, 'VAL-001'],
    ['limit 0', 'GET', '/api/v1/assets?limit=0', {}, 400, 'VAL-001'],
    ['limit 1001', 'GET', '/api/v1/assets?limit=1001', {}, 400, 'VAL-001'],
    ['a limit that is no number', 'GET', '/api/v1/assets?limit=1e3', {}, 400, 'VAL-001'],
    ['a limit given twice', 'GET', '/api/v1/assets?limit=1&limit=2', {}, 400, 'VAL-001'],
    ['a parameter that does not exist', 'GET', '/api/v1/assets?limitt=5', {}, 400, 'VAL-001'],
    ['a made-up cursor', 'GET', '/api/v1/assets?cursor=abc', {}, 400, 'VAL-004'],
    ['an If-Match that is no version', 'PUT', '/api/v1/assets/thing-1', { body: '{"kind":"building","name":"x","orgId":"city"}', type: 'application/json', ifMatch: '"abc"' }, 400, 'VAL-002'],
    ['an over-long Idempotency-Key', 'POST', '/api/v1/orgs', { body: '{"name":"x"}', type: 'application/json', key: 'k'.repeat(256) }, 400, 'VAL-003'],
  ])('answers %s with a problem', async (_name, method, path, extra, status, code) => {
    const headers: Record<string, string> = {};
    if (extra['type'] !== undefined) headers['content-type'] = extra['type'] as string;
    if (extra['ifMatch'] !== undefined) headers['if-match'] = extra['ifMatch'] as string;
    if (extra['key'] !== undefined) headers['idempotency-key'] = extra['key'] as string;
    const reply = await bed.call(method, path, { as: 'root', body: extra['body'], headers });
    expect([reply.status, reply.body?.code]).toEqual([status, code]);
    problemReply.parse(reply.body);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.text).not.toMatch(/node_modules|at \w+ \(|\.ts:/);
  }); // prettier-ignore

  it('hides what went wrong inside, and logs it with the request’s number', async () => {
    const list = vi.spyOn(bed.records.rules, 'list').mockRejectedValueOnce(new Error('secret=hunter2'));
    const reply = await bed.call('GET', '/api/v1/rules', {
      as: 'vera',
      headers: { 'x-request-id': 'req-77' },
    });
    list.mockRestore();
    expect([reply.status, reply.body.code]).toEqual([500, 'HTP-500']);
    expect(reply.text).not.toContain('hunter2');
    expect(reply.body.detail).toContain('req-77');
    expect(bed.logLines.some(line => line.includes('hunter2') && line.includes('req-77'))).toBe(true);
  });

  it('sends the security headers and a request id with every reply, and allows no other origin', async () => {
    for (const path of ['/health/live', '/api/v1/me', '/api/docs', '/nothing']) {
      const { headers } = await bed.call('GET', path, { headers: { origin: 'https://evil.example' } });
      expect(headers.get('content-security-policy')).toContain("worker-src 'self' blob:");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toMatch(/^[\w.-]{1,64}$/);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('descriptions', () => {
  it('describes bodies, replies and parameters', async () => {
    const { body } = await bed.call('GET', '/api/openapi.json');
    const post = body.paths['/api/v1/assets'].post;
    expect(post.requestBody.content['application/json'].schema.properties.kind.type).toBe('string');
    expect(post.responses['201'].content['application/json'].schema.properties.state).toBeDefined();
    const names = body.paths['/api/v1/alarms'].get.parameters.map((p: { name: string }) => p.name);
    expect(names).toEqual(expect.arrayContaining(['state', 'severity', 'limit', 'cursor']));
    expect(post.parameters.map((p: { name: string }) => p.name)).toContain('Idempotency-Key');
  });

  it('describes the MQTT topics and the live events', async () => {
    const { body } = await bed.call('GET', '/api/asyncapi.json');
    expect(body.asyncapi).toBe('3.0.0');
    expect(body.channels.telemetry.address).toBe('anmai/v1/{deviceId}/telemetry');
    for (const channel of Object.values<{ messages: Record<string, { $ref: string }> }>(body.channels)) {
      for (const { $ref } of Object.values(channel.messages)) {
        expect(body.components.messages[$ref.split('/').at(-1) ?? '']).toBeDefined();
      }
    }
  });

  it('has a page without scripts that lists every call and every error code', async () => {
    const { text, headers } = await bed.call('GET', '/api/docs');
    expect(headers.get('content-type')).toContain('text/html');
    expect(text).not.toMatch(/<script|https?:\/\//);
    for (const { code } of ERROR_LIST) expect(text).toContain(`id="${code.toLowerCase()}"`);
    expect(text).toContain('/api/v1/quarantine/{id}/adopt');
  });
});

describe('metrics', () => {
  it('are given on this machine, in OpenMetrics', async () => {
    const reply = await bed.call('GET', '/metrics');
    expect(reply.headers.get('content-type')).toContain('application/openmetrics-text');
    expect(reply.text).toContain('anmai_http_request_duration_seconds_count');
    expect(reply.text.trimEnd().endsWith('# EOF')).toBe(true);
    expect(reply.text).not.toContain(PASSWORD);
  });

  it('need a token when asked from elsewhere', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    expect((await bed.call('GET', '/metrics', { headers })).body.code).toBe('API-009');
    expect((await bed.call('GET', '/metrics', { headers, as: 'vera' })).status).toBe(200);
  });
});

it('says 503 with the state of each part while one is away', async () => {
  expect((await bed.call('GET', '/health/ready')).body).toEqual({ ready: true, parts: { journal: 'up' } });
  bed.journal.isAway = true;
  const away = await bed.call('GET', '/health/ready');
  bed.journal.isAway = false;
  expect([away.status, away.body]).toEqual([503, { ready: false, parts: { journal: 'down' } }]);
  expect((await bed.call('GET', '/health/live')).status).toBe(200);
});
