import fc from 'fast-check';
import { AckWindow } from './ack-window';

const idsOf = (pubacks: Buffer): number[] =>
  Array.from({ length: pubacks.length / 4 }, (_, i) => pubacks.readUInt16BE(i * 4 + 2));

it('acknowledges in the order of arrival, whatever becomes durable first', () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 600 })
        .chain(n => fc.shuffledSubarray([...Array(n).keys()], { minLength: n })),
      order => {
        const sent: number[] = [];
        const window = new AckWindow(pubacks => sent.push(...idsOf(pubacks)));
        const durable = order.map((_, index) => window.open(index + 1));
        for (const index of order) durable[index]?.();
        expect(sent).toEqual(order.map((_, index) => index + 1));
        expect(window.size).toBe(0);
      },
    ),
  );
});

it('holds back what waits for an earlier one, and sends several at once', () => {
  const sent: string[] = [];
  const window = new AckWindow(pubacks => sent.push(pubacks.toString('hex')));
  const [first, second, third] = [window.open(1), window.open(0x1234), window.open(3)];
  second();
  expect(sent).toEqual([]);
  first();
  expect(sent).toEqual(['4002000140021234']);
  expect(window.size).toBe(1);
  third();
  expect(sent[1]).toBe('40020003');
});

it('sends nothing once closed', () => {
  const sent: Buffer[] = [];
  const window = new AckWindow(pubacks => sent.push(pubacks));
  const durable = window.open(1);
  window.close();
  durable();
  expect(sent).toEqual([]);
});
