import { inspect } from 'node:util';
import { CLEAN_CHARS_MAX, ChannelSecrets } from './secrets';

const URL_SECRET = 'https://oapi.example.cn/robot/send?access_token=abc+def/ghi==';
const source = (ref: string): string | undefined =>
  ({ url: URL_SECRET, sign: 'SEC-0123456789', empty: '' })[ref];
const secrets = new ChannelSecrets('robot', source, ['url', null, 'sign']);

it('refuses a channel whose secret is not set, without telling any value', () => {
  for (const ref of ['none', 'empty'])
    expect(() => new ChannelSecrets('robot', source, ['sign', ref])).toThrow(
      `channel robot needs the secret ${ref}, which is not set`,
    );
});

it.each([
  ['sign not match, secret SEC-0123456789', 'sign not match, secret ***'],
  [`POST ${URL_SECRET} failed`, 'POST *** failed'],
  ['token abc+def/ghi== is unknown', 'token *** is unknown'],
  ['token abc%2Bdef%2Fghi%3D%3D is unknown', 'token *** is unknown'],
  [`base64 ${Buffer.from('SEC-0123456789').toString('base64')}`, 'base64 ***'],
  ['two\r\nlines\u0000', 'two lines'],
  ['x'.repeat(500), 'x'.repeat(CLEAN_CHARS_MAX)],
  ['keywords not in content', 'keywords not in content'],
])('cleans %s', (text, clean) => expect(secrets.clean(text)).toBe(clean));

it('takes a new value at once', () => {
  let value = 'old-value';
  const changing = new ChannelSecrets('x', () => value, ['a']);
  value = 'new-value';
  expect(changing.reveal('a')).toBe('new-value');
  expect(changing.clean('old-value new-value')).toBe('old-value ***');
});

it('shows nothing when it is printed', () => {
  const shown = `${inspect(secrets, { depth: 9, showHidden: true })} ${JSON.stringify(secrets)}`;
  expect(shown).not.toContain('SEC-0123456789');
  expect(shown).not.toContain('access_token');
});
