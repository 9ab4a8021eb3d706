import { guardedLookup, isAllowed, literalAddress, type LookUp } from './address-rule';

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

describe('a look-up', () => {
  const to =
    (...addresses: string[]): LookUp =>
    (_hostname, _options, callback) =>
      callback(
        null,
        addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
  const ask = (look: LookUp, all: boolean): unknown[] => {
    const answers: unknown[] = [];
    guardedLookup({ allow: [] }, look)('name', { all }, (...answer) => void answers.push(...answer));
    return answers;
  };

  it('gives public addresses, all or the first', () => {
    const look = to('8.8.8.8', '2606:4700::1111');
    expect(ask(look, false)).toEqual([null, '8.8.8.8', 4]);
    expect(ask(look, true)).toEqual([
      null,
      [
        { address: '8.8.8.8', family: 4 },
        { address: '2606:4700::1111', family: 6 },
      ],
    ]);
  });

  it.each([[['10.0.0.1']], [['8.8.8.8', '10.0.0.1']], [['10.0.0.1', '8.8.8.8']], [['8.8.8.8', '::1']]])(
    'refuses a name with any other address: %j',
    addresses => {
      for (const all of [true, false])
        expect(ask(to(...addresses), all)[0]).toMatchObject({ code: 'ADDRESS_FORBIDDEN' });
    },
  );

  it('passes on that a name is not found', () => {
    const error = Object.assign(new Error('x'), { code: 'ENOTFOUND' });
    expect(ask((_hostname, _options, callback) => callback(error, []), true)[0]).toBe(error);
  });
});
