import type { ExecutionContext } from '@nestjs/common';
import { FakeClock } from '@anmai/testing';
import { pino } from 'pino';
import { lastValueFrom, of, throwError, type Observable } from 'rxjs';
import { IdempotencyInterceptor, type IdempotentRequest, type ReplyStore } from './idempotency.interceptor';
import { ReplySeal } from './reply-seal';

/** Keeps replies by key; `isAway` lets writing fail. */
class FakeStore implements ReplyStore {
  kept = new Map<string, { status: number; body: string }>();
  started: IdempotentRequest[] = [];
  given: string[] = [];
  isAway = false;
  async begin(request: IdempotentRequest) {
    const found = this.kept.get(request.key);
    if (found !== undefined) return { state: 'replay' as const, ...found };
    this.started.push(request);
    return { state: 'started' as const };
  }
  async finish(request: IdempotentRequest, reply: { status: number; body: string }): Promise<void> {
    if (this.isAway) throw new Error('away');
    this.kept.set(request.key, reply);
  }
  async abandon(request: IdempotentRequest): Promise<void> {
    this.given.push(request.key);
  }
}

const reply = { statusCode: 201, headers: {} as Record<string, string>, status: () => reply, header: (name: string, value: string) => ((reply.headers[name] = value), reply) }; // prettier-ignore
const request = (over: object = {}): object => ({
  method: 'POST',
  url: '/api/v1/things?x=1',
  headers: { 'idempotency-key': 'k1' },
  body: { a: 1 },
  principal: { username: 'otto' },
  ...over,
});
function ask(store: FakeStore, work: () => Observable<unknown>, over: object = {}): Promise<unknown> {
  const http = { getRequest: () => request(over), getResponse: () => reply };
  const context = { switchToHttp: () => http, getHandler: () => ask } as unknown as ExecutionContext;
  const seal = new ReplySeal(Buffer.alloc(32));
  const interceptor = new IdempotencyInterceptor(store, seal, new FakeClock(5), pino({ enabled: false }));
  return interceptor.intercept(context, { handle: work }).then(result => lastValueFrom(result));
}

it('does the work once and gives the kept reply after that', async () => {
  const store = new FakeStore();
  const work = vi.fn(() => of({ id: 'x' }));
  expect(await ask(store, work)).toEqual({ id: 'x' });
  expect(await ask(store, work)).toEqual({ id: 'x' });
  expect(work).toHaveBeenCalledTimes(1);
  expect(reply.headers['idempotency-replayed']).toBe('true');
  expect(store.started[0]).toMatchObject({ key: 'k1', actor: 'otto', route: 'POST /api/v1/things' });
});

it('gives the key back when the work failed', async () => {
  const store = new FakeStore();
  await expect(ask(store, () => throwError(() => new Error('refused')))).rejects.toThrow('refused');
  expect([store.given, store.kept.size]).toEqual([['k1'], 0]);
});

it('answers all the same when the reply cannot be kept: the work is done', async () => {
  const store = new FakeStore();
  store.isAway = true;
  expect(await ask(store, () => of({ id: 'x' }))).toEqual({ id: 'x' });
  expect(store.given).toEqual([]);
});

it.each([
  ['another body', { body: { a: 2 } }],
  ['another query', { url: '/api/v1/things?x=2' }],
])('tells %s apart', async (_name, over) => {
  const [one, two] = [new FakeStore(), new FakeStore()];
  await ask(one, () => of(1));
  await ask(two, () => of(1), over);
  expect(one.started[0]?.requestHash).not.toBe(two.started[0]?.requestHash);
});

it.each([
  ['a request without a key', { headers: {} }],
  ['one that is no POST', { method: 'PUT' }],
  ['one of nobody', { principal: undefined }],
])('lets %s pass', async (_name, over) => {
  const store = new FakeStore();
  expect(await ask(store, () => of(1), over)).toBe(1);
  expect(store.started).toEqual([]);
});

it.each(['', 'with blank', 'schlüssel', 'k'.repeat(256)])('refuses the key %j', async key => {
  const asked = ask(new FakeStore(), () => of(1), { headers: { 'idempotency-key': key } });
  await expect(asked).rejects.toMatchObject({ code: 'VAL-003' });
});
