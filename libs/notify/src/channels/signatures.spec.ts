import { dingTalkSign, feishuSign, isWebhookSignature, webhookSignature } from './signatures';

const AT = 1_599_360_473_000;

describe('a webhook signature', () => {
  const header = webhookSignature('s3cret', '{"a":1}', AT);

  it('has this form', () => {
    // As Python's hmac computes it over 1599360473.{"a":1}.
    const hex = 'f11eaea8c7f82221742872c61bbb60db8512f7fc4b8d0962ba61dbbf91b8a77a';
    expect(header).toBe(`t=1599360473,v1=${hex}`);
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

// As the examples in the makers' documentation compute them, in Python (hmac, hashlib, base64).
it('DingTalk: the secret is the key, "milliseconds line feed secret" is signed', () => {
  expect(dingTalkSign('this is secret', AT)).toBe('hXZTWifRGHclNuZSKxoXc//sh51SWfVfRIhcdeKs63I=');
});

it('Feishu: "seconds line feed secret" is the key, nothing is signed', () => {
  expect(feishuSign('demo', 1_599_360_473)).toBe('l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=');
});
