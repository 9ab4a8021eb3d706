import type { Problem, TokenReply } from '@anmai/wire';
import { meReply, tokenReply } from '@anmai/wire';
import { ApiClient } from '../support/api-client';
import { ADMIN_PASSWORD, removeDataDirs, startServer, type ServerProcess } from '../support/server-process';

let server: ServerProcess;
let api: ApiClient;

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.login(server.http);
});
afterAll(async () => {
  await server.stop();
  removeDataDirs();
});

describe('auth', () => {
  it('gives tokens for a password, and new ones for a refresh token, once', async () => {
    const login = await api.post<TokenReply>('/auth/login', { username: 'admin', password: ADMIN_PASSWORD });
    expect([login.status, tokenReply.safeParse(login.body).success]).toEqual([200, true]);
    const me = await api.get('/me');
    expect(meReply.parse(me.body)).toMatchObject({ username: 'admin', role: 'admin' });
    const { refreshToken } = login.body;
    const fresh = await api.post<TokenReply>('/auth/refresh', { refreshToken });
    expect(fresh.status).toBe(200);
    const reused = await api.post<Problem>('/auth/refresh', { refreshToken });
    expect([reused.status, reused.body.code]).toEqual([401, 'AUT-009']);
    const child = await api.post<Problem>('/auth/refresh', { refreshToken: fresh.body.refreshToken });
    expect(child.status).toBe(401);
  });

  it('ends a session at log-out', async () => {
    const { body } = await api.post<TokenReply>('/auth/login', {
      username: 'admin',
      password: ADMIN_PASSWORD,
    });
    const { refreshToken } = body;
    expect((await api.post('/auth/logout', { refreshToken })).status).toBe(204);
    expect((await api.post('/auth/refresh', { refreshToken })).status).toBe(401);
  });

  it('locks an account after five wrong passwords, and its administrator unlocks it', async () => {
    const user = { username: 'lena', displayName: 'L', role: 'viewer', orgId: 'city' };
    await api.must('/users', { ...user, password: 'first-password-1' });
    const attempt = (password: string) => api.post<Problem>('/auth/login', { username: 'lena', password });
    for (let i = 0; i < 4; i++) expect((await attempt('wrong-password')).status).toBe(401);
    await attempt('wrong-password');
    expect((await attempt('first-password-1')).body.code).toBe('AUT-006');
    await api.call('PATCH', '/users/lena', { password: 'second-password-2' });
    expect((await attempt('second-password-2')).status).toBe(200);
  });

  it('lets a viewer read and nothing else', async () => {
    const viewer = await ApiClient.login(server.http, 'lena', 'second-password-2');
    expect((await viewer.get('/assets')).status).toBe(200);
    for (const [method, path] of [
      ['POST', '/assets'],
      ['POST', '/registry/import'],
      ['POST', '/rules'],
      ['POST', '/users'],
      ['POST', '/alarms/x/acknowledge'],
      ['POST', '/devices/x/commands'],
    ] as const) {
      const reply = await viewer.call<Problem>(method, path, {});
      expect([path, reply.status, reply.body.code]).toEqual([path, 403, 'AUT-004']);
    }
  });
});
