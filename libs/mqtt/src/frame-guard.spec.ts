import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { FrameGuard, guardFrames } from './frame-guard';
import { remainingLength } from './testing/raw-client';

const packet = (length: number): Buffer =>
  Buffer.concat([Buffer.from([0x30]), remainingLength(length), Buffer.alloc(length, 0xff)]);

it.each([
  ['at the limit', [100, 1000, 1000], 0],
  ['the first, one byte over', [101], 101],
  ['a later one, one byte over', [100, 1000, 1001], 1001],
  ['empty packets', [0, 0, 0], 0],
  ['lengths of one, two and three bytes', [10, 127, 128, 999], 0],
])('%s', (_name, lengths, expected) => {
  const bytes = Buffer.concat(lengths.map(packet));
  expect(new FrameGuard(100, 1000).scan(bytes)).toBe(expected);
});

it('does not need the payload', () => {
  const header = packet(268_435_455 % 10_000_000).subarray(0, 5);
  expect(new FrameGuard(100, 1000).scan(header)).toBe(268_435_455 % 10_000_000);
});

it('finds the same wherever the stream is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_100), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 300 })),
      (lengths, cuts) => {
        const bytes = Buffer.concat(lengths.map(packet));
        const guard = new FrameGuard(1_000, 1_000);
        let found = 0;
        for (let at = 0, turn = 0; at < bytes.length && found === 0; turn++) {
          const step = cuts[turn % cuts.length] ?? bytes.length;
          found = guard.scan(bytes.subarray(at, at + step));
          at += step;
        }
        expect(found).toBe(lengths.find(length => length > 1_000) ?? 0);
      },
    ),
  );
});

it('destroys the stream and hands out nothing of it', async () => {
  const stream = new PassThrough();
  const found: number[] = [];
  guardFrames(stream, new FrameGuard(10, 10), bytes => found.push(bytes));
  stream.write(packet(11));
  await new Promise<void>(resolve => {
    stream.on('close', () => resolve());
    stream.on('readable', () => expect(stream.read()).toBe(null));
  });
  expect(found).toEqual([11]);
});
