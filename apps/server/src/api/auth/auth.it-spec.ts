/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-unsafe-argument */

import { MINUTE_MS, SECOND_MS } from '@anmai/kernel';
import { SignJWT } from 'jose';
import { meReply, problemReply, tokenReply } from '@anmai/wire';
import { PASSWORD, startApiBed, type ApiBed, type Reply } from '../testing/api-bed';

let bed: ApiBed;
beforeAll(async () => {
  bed = await startApiBed();
});
afterAll(() => bed.stop());

const logIn = (username: string, password = PASSWORD): Promise<Reply> =>
  bed.call('POST', '/api/v1/auth/login', { body: { username, password } });
const refresh = (refreshToken: string): Promise<Reply> =>
  bed.call('POST', '/api/v1/auth/refresh', { body: { refreshToken } });

describe('log-in', () => {
  it('gives tokens that tell who one is', async () => {
    const reply = await logIn('otto');
    expect(reply.status).toBe(200);
    tokenReply.parse(reply.body);
    expect(reply.body.expiresIn).toBe(900);
    const me = await bed.call('GET', '/api/v1/me', { token: reply.body.accessToken });
    expect(meReply.parse(me.body)).toEqual({
      username: 'otto',
      displayName: 'otto',
      role: 'operator',
      orgId: 'city',
    });
  });

  it('says the same of a wrong password and of an unknown user', async () => {
    const [wrong, unknown] = [await logIn('enno', 'wrong password'), await logIn('nobody')];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body).toEqual(unknown.body);
    expect(problemReply.parse(wrong.body).code).toBe('AUT-005');
    expect(wrong.headers.get('www-authenticate')).toContain('Bearer');
  });

  it.each(['ines', 'no-such-user'])('locks %s after five wrong passwords, for 15 minutes', async username => {
    for (let i = 0; i < 5; i += 1) expect((await logIn(username, `guess ${i} x`)).body.code).toBe('AUT-005');
    const locked = await logIn(username);
    expect([locked.status, locked.body.code]).toEqual([429, 'AUT-006']);
    expect(Number(locked.headers.get('retry-after'))).toBe(900);
    bed.clock.advance(15 * MINUTE_MS);
    const after = await logIn(username);
    expect(after.status).toBe(username === 'ines' ? 200 : 401);
  });

  it('takes an administrator’s new password as the end of a lock', async () => {
    for (let i = 0; i < 5; i += 1) await logIn('vera', 'guess after guess');
    expect((await logIn('vera')).status).toBe(429);
    const changed = await bed.call('PATCH', '/api/v1/users/vera', {
      as: 'root',
      body: { password: 'a new long one' },
    });
    expect(changed.status).toBe(200);
    expect((await logIn('vera', 'a new long one')).status).toBe(200);
  });

  it('bounds the attempts of one address, and lets them come back', async () => {
    bed.clock.advance(10 * MINUTE_MS);
    const replies = [];
    for (let i = 0; i < 32; i += 1) replies.push(await logIn(`made-up-${i}`, 'x'));
    expect(replies.filter(r => r.body.code === 'AUT-005')).toHaveLength(30);
    expect(replies.at(-1)).toMatchObject({ status: 429, body: { code: 'AUT-007' } });
    bed.clock.advance(10 * MINUTE_MS);
    expect((await logIn('otto')).status).toBe(200);
  });

  it.each([
    ['no body', undefined],
    ['a number as password', { username: 'otto', password: 5 }],
    ['an extra field', { username: 'otto', password: 'x', role: 'admin' }],
    ['an object as user name', { username: { $ne: null }, password: 'x' }],
  ])('refuses %s with 400', async (_name, body) => {
    const reply = await bed.call('POST', '/api/v1/auth/login', { body });
    expect([reply.status, reply.body.code]).toEqual([400, 'VAL-001']);
    expect(reply.body.faults.length).toBeGreaterThan(0);
  });
});

describe('access tokens', () => {
  const sign = (secret: Uint8Array, claims: Record<string, unknown>, alg = 'HS256'): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg })
      .setIssuer('anmai')
      .setAudience('anmai-api')
      .setSubject('vera')
      .setExpirationTime(Math.floor(bed.clock.now() / 1_000) + 600)
      .sign(secret);
  const admin = { name: 'x', role: 'admin', org: 'city', wide: true };

  it('expire after a quarter of an hour', async () => {
    const { body } = await logIn('otto');
    bed.clock.advance(15 * MINUTE_MS + SECOND_MS);
    const reply = await bed.call('GET', '/api/v1/me', { token: body.accessToken });
    expect([reply.status, reply.body.code]).toEqual([401, 'AUT-002']);
  });

  it.each<[string, () => Promise<string>]>([
    ['another signature', () => sign(Buffer.alloc(32, 8), admin)],
    ['no algorithm', async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ sub: 'root', ...admin })).toString('base64url')}.`],
    ['an altered body', async () => {
      const [head, body = '', tail] = ((await logIn('otto')).body.accessToken as string).split('.');
      const claims = { ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), role: 'admin' };
      return `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${tail}`;
    }],
    ['a role that does not exist', () => sign(Buffer.alloc(32, 7), { ...admin, role: 'god' })],
  ])('are refused with %s', async (_name, token) => {
    const reply = await bed.call('GET', '/api/v1/users', { token: await token() });
    expect([reply.status, reply.body.code]).toEqual([401, 'AUT-003']);
  }); // prettier-ignore

  it('count for less than the account as it is now', async () => {
    const token = await sign(Buffer.alloc(32, 7), admin);
    const reply = await bed.call('GET', '/api/v1/users', { token });
    expect([reply.status, reply.body.code]).toEqual([403, 'AUT-004']);
  });

  it('stop working within seconds of a bar', async () => {
    const { body } = await logIn('water-viewer');
    const me = (): Promise<Reply> => bed.call('GET', '/api/v1/me', { token: body.accessToken });
    expect((await me()).status).toBe(200);
    await bed.call('PATCH', '/api/v1/users/water-viewer', { token: (await logIn('root')).body.accessToken, body: { disabled: true } });
    expect([(await me()).status, (await logIn('water-viewer')).body.code]).toEqual([401, 'AUT-005']);
    expect((await refresh(body.refreshToken)).status).toBe(401);
  }); // prettier-ignore

  it('never reach the log', async () => {
    const { body } = await logIn('otto');
    await bed.call('GET', '/api/v1/me', { token: body.accessToken });
    const log = bed.logLines.join('');
    expect(log).toContain('/api/v1/me');
    for (const secret of [body.accessToken, body.refreshToken, PASSWORD]) expect(log).not.toContain(secret);
  });
});

describe('refresh tokens', () => {
  it('work once, each for its successor', async () => {
    const { body: first } = await logIn('otto');
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('end the whole session when one is used twice', async () => {
    const { body: first } = await logIn('otto');
    const { body: second } = await refresh(first.refreshToken);
    expect((await refresh(first.refreshToken)).body.code).toBe('AUT-009');
    expect((await refresh(second.refreshToken)).body.code).toBe('AUT-008');
  });

  it('end with the log-out', async () => {
    const { body } = await logIn('otto');
    const out = await bed.call('POST', '/api/v1/auth/logout', { body: { refreshToken: body.refreshToken } });
    expect(out.status).toBe(204);
    expect((await refresh(body.refreshToken)).body.code).toBe('AUT-008');
  });
});

describe('the own password', () => {
  it('changes with the old one, and ends the sessions', async () => {
    const { body } = await logIn('gas-operator');
    const change = (currentPassword: string, newPassword: string): Promise<Reply> =>
      bed.call('POST', '/api/v1/me/password', { token: body.accessToken, body: { currentPassword, newPassword } });
    expect((await change('not this one', 'another long one')).body.code).toBe('AUT-010');
    expect((await change(PASSWORD, 'short')).body.code).toBe('VAL-001');
    expect((await change(PASSWORD, 'another long one')).status).toBe(204);
    expect((await refresh(body.refreshToken)).status).toBe(401);
    expect((await logIn('gas-operator', 'another long one')).status).toBe(200);
  }); // prettier-ignore
});
