import { encodeMessage } from './encode';
import type { FeedMessage, FeedRecord } from './feed';
import { TimeHeap } from './time-heap';

const T = 1_732_230_000_123;
const record = (
  channel: string,
  value: FeedRecord['value'],
  unit: string | null = null,
  at = T,
): FeedRecord => ({
  channel,
  unit,
  at,
  value,
});
const message = (form: 'senml' | 'plain', records: FeedRecord[]): FeedMessage => ({
  kind: 'message',
  sendAt: T,
  deviceId: 'd1',
  form,
  records,
});
const BN = '"bn":"urn:dev:ops:d1:","bt":1732230000.123';

it.each([
  [
    'plain, one instant',
    'plain',
    [record('a', 1.5), record('b', true)],
    `{"ts":${T},"values":{"a":1.5,"b":1}}`,
  ],
  [
    'plain, two instants',
    'plain',
    [record('a', 1), record('a', 2, null, T + 500)],
    `[{"ts":${T},"values":{"a":1}},{"ts":${T + 500},"values":{"a":2}}]`,
  ],
  ['plain, missing', 'plain', [record('a', null)], `{"ts":${T},"values":{"a":null}}`],
  ['senml with unit', 'senml', [record('a', 1.5, '%LEL')], `[{${BN},"n":"a","u":"%LEL","v":1.5}]`],
  [
    'senml, switch, text and later record',
    'senml',
    [record('a', false), record('b', 'NaN', 'm', T + 1_500)],
    `[{${BN},"n":"a","vb":false},{"n":"b","u":"m","t":1.5,"vs":"NaN"}]`,
  ],
  ['senml, missing', 'senml', [record('a', null, 'm')], `[{${BN},"n":"a","u":"m","v":null}]`],
] as const)('%s', (_name, form, records, text) =>
  expect(encodeMessage(message(form, [...records]))).toBe(text),
);

it('sends raw text as it is', () => {
  expect(encodeMessage({ ...message('plain', [record('a', 1)]), raw: '{"ts' })).toBe('{"ts');
});

it('takes items out by time, equal times in the order in which they came', () => {
  const heap = new TimeHeap<string>();
  ['3 c', '1 a', '2 b', '1 aa', '3 cc', '2 bb'].forEach(text => heap.push(Number(text[0]), text));
  const out: (string | undefined)[] = [];
  while (heap.size > 0) out.push(heap.pop());
  expect(out).toEqual(['1 a', '1 aa', '2 b', '2 bb', '3 c', '3 cc']);
  expect(heap.pop()).toBeUndefined();
});
