import { execFileSync } from 'node:child_process';
import { dingTalkSign, feishuSign, isWebhookSignature, webhookSignature } from './signatures';

const AT = 1_599_360_473_000;

describe('a webhook signature', () => {
  const header = webhookSignature('s3cret', '{"a":1}', AT);

  it('has this form', () => {
    // echo -n '1599360473.{"a":1}' | openssl dgst -sha256 -hmac s3cret
    expect(header).toMatch(/^t=1599360473,v1=[0-9a-f]{64}$/);
  });

  it.each([
    ['as sent', 's3cret', header, '{"a":1}', AT, true],
    ['as late as allowed', 's3cret', header, '{"a":1}', AT + 300_000, true],
    ['one second too late', 's3cret', header, '{"a":1}', AT + 301_000, false],
    ['from the future', 's3cret', header, '{"a":1}', AT - 301_000, false],
    ['another secret', 's3cres', header, '{"a":1}', AT, false],
    ['another body', 's3cret', header, '{"a":2}', AT, false],
    [
      'another time in the header',
      's3cret',
      header.replace('t=1599360473', 't=1599360474'),
      '{"a":1}',
      AT,
      false,
    ],
    ['no signature', 's3cret', '', '{"a":1}', AT, false],
    ['half of one', 's3cret', header.slice(0, 40), '{"a":1}', AT, false],
  ])('%s', (_name, secret, given, body, now, expected) =>
    expect(isWebhookSignature(secret, given, body, now)).toBe(expected),
  );
});

// The examples that the makers' documentation prints, in Python, run by node: same key, same text.
const viaNode = (key: string, text: string): string =>
  execFileSync(
    process.execPath,
    [
      '-e',
      `process.stdout.write(require('crypto').createHmac('sha256', process.argv[1]).update(process.argv[2]).digest('base64'))`,
      key,
      text,
    ],
    { encoding: 'utf8' },
  );

it('DingTalk: the secret is the key, "milliseconds line feed secret" is signed', () => {
  expect(dingTalkSign('this is secret', AT)).toBe(viaNode('this is secret', `${AT}\nthis is secret`));
});

it('Feishu: "seconds line feed secret" is the key, nothing is signed', () => {
  expect(feishuSign('demo', 1_599_360_473)).toBe(viaNode('1599360473\ndemo', ''));
  expect(feishuSign('demo', 1_599_360_473)).not.toBe(dingTalkSign('demo', 1_599_360_473));
});
