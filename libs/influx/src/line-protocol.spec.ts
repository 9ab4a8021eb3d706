import fc from 'fast-check';
import type { Quality } from '@anmai/readings';
import { lines, sensorTag } from './line-protocol';

const reading = (sensorId: string, value: number, quality: Quality = 1) => ({
  sensorId,
  at: 1_500,
  value,
  quality,
});

it.each([
  [
    'a plain reading',
    reading('well-0012.ch4', 12.5),
    'reading,sensor=well-0012.ch4 value=12.5,quality=1i 1500\n',
  ],
  ['a missing value', reading('s', NaN, 9), 'reading,sensor=s quality=9i 1500\n'],
  ['minus zero', reading('s', -0), 'reading,sensor=s value=-0,quality=1i 1500\n'],
  ['a large value', reading('s', -1e100, 4), 'reading,sensor=s value=-1e+100,quality=4i 1500\n'],
  ['letters of any script', reading('你好😀', 1), 'reading,sensor=你好😀 value=1,quality=1i 1500\n'],
])('writes %s', (_name, given, line) => expect(lines([given])).toBe(line));

it.each([
  [`a b,c=d"\\'\n`, 'a%20b%2Cc%3Dd%22%5C%27%0A'],
  ['100%', '100%25'],
  ['wide\u3000space', 'wide%E3%80%80space'],
  ['', ''],
])('encodes %j', (id, tag) => expect(sensorTag(id)).toBe(tag));

it('gives tags that need no escaping and can be read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), id => {
      expect(sensorTag(id)).not.toMatch(/[\s,="'\\]/);
      expect(decodeURIComponent(sensorTag(id))).toBe(id);
    }),
  );
});
