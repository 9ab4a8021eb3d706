import fc from 'fast-check';
import { EVENT_CHARS_MAX, SseParser, type SseMessage } from './sse-parser';

const read = (...parts: string[]): SseMessage[] => {
  const parser = new SseParser();
  return parts.flatMap(part => parser.feed(part));
};

it.each<[string, string[], SseMessage[]]>([
  [
    'reads an event with its id',
    ['id: 7\nevent: alarm\ndata: {}\n\n'],
    [{ event: 'alarm', id: '7', data: '{}' }],
  ],
  ['joins lines of data', ['data: a\ndata: b\n\n'], [{ event: 'message', id: null, data: 'a\nb' }]],
  ['passes over comments', [': beat\n\n', ': beat\n\n'], []],
  [
    'keeps the id for later events',
    ['id: 1\ndata: a\n\ndata: b\n\n'],
    [
      { event: 'message', id: '1', data: 'a' },
      { event: 'message', id: '1', data: 'b' },
    ],
  ],
  [
    'takes a text cut in the middle of a line',
    ['da', 'ta: x', 'y\n', '\n'],
    [{ event: 'message', id: null, data: 'xy' }],
  ],
  [
    'takes CRLF, also cut between CR and LF',
    ['data: a\r', '\n\r', '\n'],
    [{ event: 'message', id: null, data: 'a' }],
  ],
  [
    'drops an event without data',
    ['event: alarm\n\ndata: a\n\n'],
    [{ event: 'message', id: null, data: 'a' }],
  ],
  ['takes off one space only', ['data:  a\n\n'], [{ event: 'message', id: null, data: ' a' }]],
  ['waits for the empty line', ['data: a\n'], []],
])('%s', (_name, parts, expected) => expect(read(...parts)).toEqual(expected));

it('gives the same messages however the text is cut', () => {
  const text =
    'id: 1\r\nevent: alarm\r\ndata: {"a":"报警"}\r\n\r\n: beat\r\n\r\nid: 2\r\ndata: x\r\ndata: y\r\n\r\n';
  const whole = read(text);
  fc.assert(
    fc.property(fc.array(fc.nat(text.length)), cuts => {
      const edges = [0, ...cuts, text.length].sort((a, b) => a - b);
      expect(read(...edges.slice(1).map((edge, i) => text.slice(edges[i], edge)))).toEqual(whole);
    }),
  );
});

it('refuses an event without end', () => {
  expect(() => read(`data: ${'x'.repeat(EVENT_CHARS_MAX + 1)}`)).toThrow(RangeError);
});
