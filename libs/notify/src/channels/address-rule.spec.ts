import { isAllowed, literalAddress } from './address-rule';

it.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.15.255.255', true],
  ['172.16.0.0', false],
  ['172.31.255.255', false],
  ['172.32.0.0', true],
  ['192.168.0.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:a00:1', false],
  ['::ffff:8.8.8.8', true],
  ['::ffff:808:808', true],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::1', false],
  ['localhost', false],
  ['', false],
])('%s is public: %s', (address, expected) => expect(isAllowed(address, { allow: [] })).toBe(expected));

it('lets through what is allowed, and nothing beside it', () => {
  const rule = { allow: ['10.20.0.0/16', 'fd12::/16'] };
  expect(
    ['10.20.255.255', '10.21.0.0', '::ffff:10.20.0.1', 'fd12::5', 'fd13::5'].map(each =>
      isAllowed(each, rule),
    ),
  ).toEqual([true, false, true, true, false]);
});

it.each([
  ['http://127.0.0.1:8/x', '127.0.0.1'],
  ['http://0x7f.1/', '127.0.0.1'],
  ['http://2130706433/', '127.0.0.1'],
  ['http://[::1]/', '::1'],
  ['http://example.cn/', null],
])('the address in %s is %s', (url, expected) => expect(literalAddress(new URL(url))).toBe(expected));
