import { replies, startHttpTarget, type HttpTarget } from '../testing/http-target';
import { messageOf, unstopped } from '../testing/messages';
import { SmsChannel, type SmsGateway } from './sms-channel';

const TOKEN = 'token-0123456789';
const PASSWORD = 'pass word/&?';
let target: HttpTarget;
beforeEach(async () => void (target = await startHttpTarget()));
afterEach(() => target.close());

const json = (): SmsGateway => ({
  method: 'POST',
  url: `${target.base}/sms`,
  headers: { authorization: 'Bearer {{secret:token}}' },
  body: { form: 'json', template: '{"mobile":"{{to}}","content":"{{text}}","ref":"{{id}}"}' },
  success: { field: 'result.code', equals: [0, 'OK'] },
  charsMax: 120,
});
const channel = (gateway: SmsGateway): SmsChannel =>
  new SmsChannel({
    name: 'sms',
    gateway,
    secrets: ref => ({ token: TOKEN, password: PASSWORD })[ref],
    rule: { allow: ['127.0.0.0/8'] },
    limits: { timeoutMs: 300, answerBytesMax: 1_000 },
  });
const message = messageOf({ address: '+8613800000000' }, { where: '井 "12" \\ <x>' });

it('fills a JSON body', async () => {
  target.answer = replies(200, { result: { code: 0 } });
  expect(await channel(json()).send(message, unstopped())).toEqual({ ok: true });
  const [request] = target.seen;
  expect(request?.headers['authorization']).toBe(`Bearer ${TOKEN}`);
  expect(JSON.parse(request!.body)).toEqual({
    mobile: '+8613800000000',
    content:
      '【橙色报警】井 "12" \\ <x> 可燃气体浓度 53.1 %LEL(限值 ≥ 50 %LEL),自 07-20 16:00 起 https://anmai.example.cn/alarms/alm-1',
    ref: 'msg-0001',
  });
});

it('fills an address and a form', async () => {
  const url = `${target.base}/send?u=anmai&p={{secret:password}}&to={{to}}`;
  await channel({ ...json(), method: 'GET', url, headers: {}, body: null, success: null }).send(
    message,
    unstopped(),
  );
  const query = new URL(target.seen[0]!.path, target.base).searchParams;
  expect(Object.fromEntries(query)).toEqual({ u: 'anmai', p: PASSWORD, to: '+8613800000000' });
  const form = { form: 'form', template: 'to={{to}}&text={{text}}' } as const;
  await channel({ ...json(), body: form, success: null }).send(message, unstopped());
  expect(new URLSearchParams(target.seen[1]!.body).get('text')).toMatch(/^【橙色报警】井 "12"/);
});

it('cuts the text, never the link', async () => {
  await channel({ ...json(), charsMax: 60 }).send(message, unstopped());
  const { content } = JSON.parse(target.seen[0]!.body) as { content: string };
  expect(Array.from(content)).toHaveLength(60);
  expect(content).toMatch(/… https:\/\/anmai\.example\.cn\/alarms\/alm-1$/);
});

it.each([
  ['the code for success as text', 200, { result: { code: 'OK' } }, null],
  ['another code', 200, { result: { code: 7 } }, 'the gateway says result.code = 7'],
  ['no code', 200, { ok: true }, 'the gateway says result.code = nothing'],
  ['no JSON', 200, 'garbage', 'the gateway says result.code = nothing'],
  ['a secret as code', 200, { result: { code: `bad ${TOKEN}` } }, 'the gateway says result.code = bad ***'],
  ['a failure of the server', 500, { result: { code: 0 } }, 'refused with HTTP 500'],
])('takes %s for what it is', async (_name, status, body, reason) => {
  target.answer = replies(status, body);
  expect(await channel(json()).send(message, unstopped())).toEqual(
    reason === null ? { ok: true } : { ok: false, retryable: true, retryAfterMs: null, reason },
  );
});

it('does not wait for ever, and needs a number', async () => {
  target.answer = () => undefined;
  expect(await channel(json()).send(message, unstopped())).toMatchObject({
    reason: 'no answer within 300 ms',
  });
  for (const address of ['zhang@example.cn', '', '1&to=2', '138\r\n0000'])
    expect(await channel(json()).send({ ...message, address }, unstopped())).toMatchObject({
      retryable: false,
      reason: 'no telephone number',
    });
  expect(target.seen).toHaveLength(1);
});

it.each([
  ['an unknown placeholder', { url: 'https://sms.example.cn/{{phone}}' }, 'NTF-002'],
  ['a host from outside', { url: 'https://{{to}}.example.cn/' }, 'NTF-002'],
  ['no address', { url: '/sms' }, 'NTF-003'],
  ['a secret that is not set', { headers: { 'x-key': '{{secret:none}}' } }, 'NTF-001'],
])('refuses %s at the start', (_name, fields, code) => {
  expect(() => channel({ ...json(), ...fields })).toThrow(expect.objectContaining({ code }) as Error);
});
