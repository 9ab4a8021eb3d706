import { FakeClock } from '@anmai/testing';
import { AT, noticeOf } from '../testing/builders';
import { replies, startHttpTarget, type HttpTarget } from '../testing/http-target';
import { digestOf, messageOf, unstopped } from '../testing/messages';
import { isWebhookSignature } from './signatures';
import { WebhookChannel, type WebhookOptions } from './webhook-channel';

const SECRET = 'whsec-0123456789abcdef';
let target: HttpTarget;
beforeEach(async () => void (target = await startHttpTarget()));
afterEach(() => target.close());

const channel = (fields: Partial<WebhookOptions> = {}): WebhookChannel =>
  new WebhookChannel({
    name: 'webhook.city',
    url: `${target.base}/hook?key=in-the-address`,
    secretRef: 'city',
    secrets: () => SECRET,
    events: { source: 'https://anmai.example.cn', typePrefix: 'cn.example.anmai' },
    rule: { allow: ['127.0.0.0/8'] },
    limits: { timeoutMs: 300, answerBytesMax: 1_000 },
    ...fields,
  });

it('posts a signed CloudEvents 1.0 event', async () => {
  expect(await channel().send(messageOf({ severity: 'orange' }), unstopped())).toEqual({ ok: true });
  const [request] = target.seen;
  expect([request?.method, request?.path]).toEqual(['POST', '/hook?key=in-the-address']);
  expect(request?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
  const clock = new FakeClock(AT);
  expect(
    isWebhookSignature(SECRET, String(request?.headers['anmai-signature']), request!.body, clock.now()),
  ).toBe(true);
  expect(JSON.parse(request!.body)).toEqual({
    specversion: '1.0',
    id: 'msg-0001',
    source: 'https://anmai.example.cn',
    type: 'cn.example.anmai.alarm.start',
    subject: 'alarms/alm-1',
    time: '2021-07-20T08:00:00.000Z',
    datacontenttype: 'application/json',
    data: {
      severity: 'orange',
      title: '【橙色报警】人民路 12 号电力井 可燃气体浓度 53.1 %LEL',
      link: 'https://anmai.example.cn/alarms/alm-1',
      notices: [
        expect.objectContaining({
          changeId: 'chg-1',
          value: 53.1,
          since: '2021-07-20T08:00:00.000Z',
        }) as object,
      ],
    },
  });
});

it('sends a digest as one event with all notices', async () => {
  const notices = ['a', 'b'].map(changeId => noticeOf({ changeId }));
  await channel().send(digestOf(notices), unstopped());
  const event = JSON.parse(target.seen[0]!.body) as Record<string, unknown> & { data: { notices: object[] } };
  expect([event['type'], event['subject'], event.data.notices.length]).toEqual([
    'cn.example.anmai.digest',
    undefined,
    2,
  ]);
});

it.each([
  [200, true, null, null],
  [204, true, null, null],
  [400, false, false, null],
  [401, false, false, null],
  [404, false, false, null],
  [408, false, true, null],
  [410, false, false, null],
  [429, false, true, null],
  [500, false, true, null],
  [503, false, true, null],
])('status %s: taken %s, again %s', async (status, ok, retryable, retryAfterMs) => {
  target.answer = replies(status, 'whatever');
  const result = await channel().send(messageOf(), unstopped());
  expect(result).toEqual(
    ok ? { ok } : { ok, retryable, retryAfterMs, reason: `refused with HTTP ${status}` },
  );
});

it.each([
  ['120', 120_000],
  ['999999999', 3_600_000],
  ['Wed, 21 Oct 2026 07:28:00 GMT', null],
])('does as Retry-After %s asks, within bounds', async (header, retryAfterMs) => {
  target.answer = replies(503, '', { 'retry-after': header });
  expect(await channel().send(messageOf(), unstopped())).toMatchObject({ retryable: true, retryAfterMs });
});

it('follows no redirect', async () => {
  target.answer = replies(307, '', { location: `${target.base}/elsewhere` });
  expect(await channel().send(messageOf(), unstopped())).toMatchObject({
    retryable: false,
    reason: 'redirected (HTTP 307); redirects are not followed',
  });
  expect(target.seen.map(request => request.path)).toEqual(['/hook?key=in-the-address']);
});

it('gives up waiting for a server that never answers, or stops in the middle', async () => {
  const slow = { ok: false, retryable: true, reason: 'no answer within 300 ms', retryAfterMs: null };
  target.answer = () => undefined;
  expect(await channel().send(messageOf(), unstopped())).toEqual(slow);
  target.answer = response => void response.writeHead(200).write('half');
  expect(await channel().send(messageOf(), unstopped())).toEqual(slow);
});

it('reads no more of an answer than it may', async () => {
  let written = 0;
  target.answer = response => {
    const pour = (): void => {
      while (!response.destroyed && response.write('x'.repeat(10_000))) written += 10_000;
    };
    response.on('drain', pour);
    pour();
  };
  expect(await channel().send(messageOf(), unstopped())).toEqual({ ok: true });
  expect(written).toBeLessThan(50_000_000);
});

it.each([
  ['closes the connection', (response: Parameters<HttpTarget['answer']>[0]) => void response.destroy()],
  [
    'answers with no HTTP',
    (response: Parameters<HttpTarget['answer']>[0]) => void response.socket?.end('\u0000garbage\r\n\r\n'),
  ],
])('tries again when the server %s', async (_name, answer) => {
  target.answer = answer;
  expect(await channel().send(messageOf(), unstopped())).toMatchObject({ ok: false, retryable: true });
});

it('tries again when nobody listens, without telling the address', async () => {
  const { base } = target;
  await target.close();
  const result = await channel({ url: `${base}/?key=in-the-address` }).send(messageOf(), unstopped());
  expect(result).toEqual({
    ok: false,
    retryable: true,
    reason: 'connection refused (ECONNREFUSED)',
    retryAfterMs: null,
  });
  target = await startHttpTarget();
});

it('tries again when the name is not found', async () => {
  const result = await channel({ url: 'http://no-such-host.invalid/' }).send(messageOf(), unstopped());
  expect(result).toMatchObject({ ok: false, retryable: true });
});

it.each([
  ['the number', '127.0.0.1'],
  ['a name', 'localhost'],
  ['IPv6', '[::1]'],
  ['a number in disguise', '0x7f.1'],
])('does not reach inside our own network by %s', async (_name, host) => {
  const port = new URL(target.base).port;
  const inside = channel({ url: `http://${host}:${port}/`, rule: { allow: [] } });
  expect(await inside.send(messageOf(), unstopped())).toMatchObject({
    retryable: false,
    reason: 'the address is not public and not allowed',
  });
  expect(target.seen).toEqual([]);
});

it('reaches an allowed address by its name', async () => {
  const url = target.base.replace('127.0.0.1', 'localhost');
  expect(
    await channel({ url, rule: { allow: ['127.0.0.0/8', '::1/128'] } }).send(messageOf(), unstopped()),
  ).toEqual({ ok: true });
});

it('stops when it is told to', async () => {
  const stop = new AbortController();
  target.answer = () => stop.abort();
  expect(await channel().send(messageOf(), stop.signal)).toMatchObject({
    retryable: true,
    reason: 'stopped',
  });
  expect(await channel().send(messageOf(), stop.signal)).toMatchObject({
    retryable: true,
    reason: 'stopped',
  });
});

it.each(['ftp://example.cn/', 'not an address', 'https://user:pass@example.cn/'])(
  'refuses %s at the start',
  url => {
    expect(() => channel({ url })).toThrow(expect.objectContaining({ code: 'NTF-003' }) as Error);
  },
);
