import { AT } from '../testing/builders';
import { replies, startHttpTarget, type HttpTarget } from '../testing/http-target';
import { messageOf, unstopped } from '../testing/messages';
import { RobotChannel } from './robot-channel';
import type { RobotMaker } from './robots';
import { dingTalkSign, feishuSign } from './signatures';

const KEY = 'key-0123456789abcdef';
const SIGNING = 'SEC-fedcba9876543210';
let target: HttpTarget;
beforeEach(async () => void (target = await startHttpTarget()));
afterEach(() => target.close());

function robot(maker: RobotMaker, signed = true): RobotChannel {
  return new RobotChannel({
    name: `${maker}.duty`,
    maker,
    urlRef: 'url',
    signingRef: signed ? 'sign' : null,
    secrets: ref => (ref === 'url' ? `${target.base}/robot/send?access_token=${KEY}` : SIGNING),
    rule: { allow: ['127.0.0.0/8'] },
    limits: { timeoutMs: 300, answerBytesMax: 2_000 },
  });
}
const bodyOf = (): unknown => JSON.parse(target.seen[0]!.body);
const ok = {
  wecom: { errcode: 0, errmsg: 'ok' },
  dingtalk: { errcode: 0, errmsg: 'ok' },
  feishu: { code: 0, msg: 'success', data: {} },
};
const text = messageOf().text.body;

describe('what is sent', () => {
  it('to WeCom', async () => {
    target.answer = replies(200, ok.wecom);
    expect(await robot('wecom', false).send(messageOf(), unstopped())).toEqual({ ok: true });
    expect(bodyOf()).toEqual({ msgtype: 'text', text: { content: text } });
    expect(target.seen[0]?.path).toBe(`/robot/send?access_token=${KEY}`);
  });

  it('to DingTalk, signed in the address', async () => {
    target.answer = replies(200, ok.dingtalk);
    expect(await robot('dingtalk').send(messageOf(), unstopped())).toEqual({ ok: true });
    expect(bodyOf()).toEqual({ msgtype: 'text', text: { content: text }, at: { isAtAll: false } });
    const query = new URL(target.seen[0]!.path, target.base).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      access_token: KEY,
      timestamp: String(AT),
      sign: dingTalkSign(SIGNING, AT),
    });
  });

  it('to Feishu, signed in the body', async () => {
    target.answer = replies(200, ok.feishu);
    expect(await robot('feishu').send(messageOf(), unstopped())).toEqual({ ok: true });
    expect(bodyOf()).toEqual({
      timestamp: String(AT / 1_000),
      sign: feishuSign(SIGNING, AT / 1_000),
      msg_type: 'text',
      content: { text },
    });
  });

  it('unsigned where the robot asks for none', async () => {
    target.answer = replies(200, ok.feishu);
    await robot('feishu', false).send(messageOf(), unstopped());
    expect(bodyOf()).toEqual({ msg_type: 'text', content: { text } });
  });

  it.each([
    ['wecom', { text: { mentioned_list: ['@all'] } }],
    ['dingtalk', { at: { isAtAll: true } }],
    ['feishu', { content: { text: expect.stringMatching(/^<at user_id="all">/) as string } }],
  ] as const)('calls everybody of %s for red', async (maker, expected) => {
    await robot(maker).send(messageOf({ severity: 'red' }), unstopped());
    expect(bodyOf()).toMatchObject(expected);
  });

  it.each(['wecom', 'dingtalk', 'feishu'] as const)(
    'lets no name in the registry call people in %s',
    async maker => {
      await robot(maker).send(messageOf({}, { where: '<at user_id="all">x</at><@all>' }), unstopped());
      expect(target.seen[0]!.body).not.toMatch(/<at|<@/);
    },
  );

  it('within the bytes that WeCom takes, with the link', async () => {
    const body = Array.from({ length: 60 }, (_, i) => `第 ${i} 行:人民路电力井可燃气体浓度超限`).join('\n');
    const message = messageOf();
    await robot('wecom').send({ ...message, text: { ...message.text, body } }, unstopped());
    const { content } = (bodyOf() as { text: { content: string } }).text;
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2_048);
    expect(content).toMatch(/\n……更多内容请在平台查看 https:\/\/anmai\.example\.cn\/alarms\/alm-1$/);
  });
});

describe('what is answered', () => {
  it.each<[RobotMaker, object, boolean, number | null, string]>([
    ['wecom', { errcode: 93000, errmsg: 'invalid webhook url' }, false, null, '93000: invalid webhook url'],
    [
      'wecom',
      { errcode: 45009, errmsg: 'api freq out of limit' },
      true,
      60_000,
      '45009: api freq out of limit',
    ],
    ['wecom', { errcode: -1, errmsg: 'system busy' }, true, null, '-1: system busy'],
    ['dingtalk', { errcode: 310000, errmsg: 'sign not match' }, false, null, '310000: sign not match'],
    ['dingtalk', { errcode: 130101, errmsg: 'send too fast' }, true, 600_000, '130101: send too fast'],
    ['dingtalk', { errcode: 424242 }, true, null, '424242'],
    ['feishu', { code: 19021, msg: 'sign match fail' }, false, null, '19021: sign match fail'],
    ['feishu', { code: 19024, msg: 'Key Words Not Found' }, false, null, '19024: Key Words Not Found'],
    ['feishu', { code: 11232, msg: 'frequency limited' }, true, 60_000, '11232: frequency limited'],
    ['feishu', { StatusCode: 9499 }, false, null, '9499'],
  ])('%s %j in a 200', async (maker, answer, retryable, retryAfterMs, words) => {
    target.answer = replies(200, answer);
    const result = await robot(maker).send(messageOf(), unstopped());
    expect(result).toEqual({ ok: false, retryable, retryAfterMs, reason: `refused with code ${words}` });
  });

  it('counts an older success of Feishu', async () => {
    target.answer = replies(200, { StatusCode: 0, StatusMessage: 'success' });
    expect(await robot('feishu').send(messageOf(), unstopped())).toEqual({ ok: true });
  });

  it.each([
    ['a page of a proxy', 200, '<html>log in</html>'],
    ['nothing', 200, ''],
    ['another JSON', 200, '{"hello":1}'],
    ['a list', 200, '[]'],
    ['null', 200, 'null'],
    ['endless text', 200, 'x'.repeat(10_000)],
  ])('takes %s for no success', async (_name, status, body) => {
    target.answer = replies(status, body);
    expect(await robot('dingtalk').send(messageOf(), unstopped())).toEqual({
      ok: false,
      retryable: true,
      retryAfterMs: null,
      reason: 'the answer is none of the robot service',
    });
  });

  it.each([
    [500, true],
    [404, false],
  ])('goes by the status %s when there is no code', async (status, retryable) => {
    target.answer = replies(status, 'x');
    expect(await robot('feishu').send(messageOf(), unstopped())).toMatchObject({ retryable });
  });

  it('does not call it success when code and status disagree', async () => {
    target.answer = replies(500, ok.wecom);
    expect(await robot('wecom').send(messageOf(), unstopped())).toMatchObject({ ok: false, retryable: true });
  });

  it.each(['wecom', 'dingtalk', 'feishu'] as const)(
    '%s: a key that is sent back stays out of the reason',
    async maker => {
      const words = `bad ${KEY} ${SIGNING} ${encodeURIComponent(dingTalkSign(SIGNING, AT))}`;
      target.answer = replies(200, { errcode: 1, code: 1, errmsg: words, msg: words });
      const result = await robot(maker).send(messageOf(), unstopped());
      expect(JSON.stringify(result)).toContain('bad *** ***');
      expect(JSON.stringify(result)).not.toMatch(new RegExp(`${KEY}|${SIGNING}`));
    },
  );
});

it('refuses an address that is none, without repeating it', () => {
  const options = { name: 'r', maker: 'wecom', urlRef: 'u', signingRef: null, rule: { allow: [] } } as const;
  expect(() => new RobotChannel({ ...options, secrets: () => KEY })).toThrow(
    'channel r has no usable http or https address',
  );
  expect(() => new RobotChannel({ ...options, secrets: () => undefined })).toThrow('needs the secret u');
});
