import { setImmediate } from 'node:timers/promises';
import { PubackBatch } from './puback-batch';

class FakeStream {
  writable = true;
  takes = true;
  readonly written: string[] = [];
  drained: () => void = () => undefined;

  write(bytes: Buffer): boolean {
    this.written.push(bytes.toString('hex'));
    return this.takes;
  }

  once(_event: string, fn: () => void): this {
    this.drained = fn;
    return this;
  }
}

const batchOn = (stream: FakeStream): PubackBatch => new PubackBatch(stream as never);

it('writes the acknowledgements of one turn together, in their order', async () => {
  const stream = new FakeStream();
  const batch = batchOn(stream);
  expect([1, 0x1234, 3].map(id => batch.add(id))).toEqual([true, true, true]);
  expect(stream.written).toEqual([]);
  await setImmediate();
  batch.add(4);
  await setImmediate();
  expect(stream.written).toEqual(['400200014002123440020003', '40020004']);
});

it('hands over to aedes while the peer does not read', async () => {
  const stream = new FakeStream();
  const batch = batchOn(stream);
  stream.takes = false;
  batch.add(1);
  await setImmediate();
  expect(batch.add(2)).toBe(false);
  stream.drained();
  expect(batch.add(2)).toBe(true);
});

it('writes nothing to a stream that was cut', async () => {
  const stream = new FakeStream();
  const batch = batchOn(stream);
  batch.add(1);
  stream.writable = false;
  await setImmediate();
  expect(stream.written).toEqual([]);
  expect(batch.add(2)).toBe(false);
});
