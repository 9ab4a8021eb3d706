import { FakeClock } from '@anmai/testing';
import type { NewLiveEvent } from '../ports';
import { LiveClient } from './live-client';
import { LiveRing } from './live-ring';

const reading = (value: number): NewLiveEvent => ({
  name: 'reading',
  data: { sensorId: 's', at: '2026-01-01T00:00:00.000Z', value, quality: 1 },
});

/** A socket that takes `room` writes and is full then, until it drains. */
class FakeSink {
  written: string[] = [];
  destroyed = false;
  private drain: () => void = () => undefined;
  constructor(private room: number) {}
  write(text: string): boolean {
    this.written.push(text);
    this.room -= 1;
    return this.room > 0;
  }
  onDrain(fn: () => void): void {
    this.drain = fn;
  }
  destroy(): void {
    this.destroyed = true;
  }
  makeRoom(room: number): void {
    this.room = room;
    this.drain();
  }
  values(): string {
    return this.written.map(text => /"value":(-?\d+)/.exec(text)?.[1] ?? text.split('\n')[0]).join(' ');
  }
}

function joined(room: number, lastEventId: string | null = null, ring = new LiveRing('r')) {
  const sink = new FakeSink(room);
  const clock = new FakeClock();
  const cuts: string[] = [];
  const client = new LiveClient(
    {
      feed: ring,
      wants: { sensorIds: new Set(['s']) },
      maySee: event => event.name === 'reading' && event.data.value !== 13,
      sink,
      clock,
      bufferEventsMax: 3,
      stallMsMax: 1_000,
      onCut: why => cuts.push(why),
    },
    lastEventId,
  );
  const publish = (from: number, to: number): void => {
    for (let value = from; value <= to; value += 1) ring.publish(reading(value));
  };
  return { ring, sink, clock, client, cuts, publish };
}

it('writes at once while the socket takes it', () => {
  const { sink, publish } = joined(99);
  publish(1, 3);
  expect(sink.values()).toBe('1 2 3');
});

it('keeps a few waiting while it is full, and sends them in order when it drains', () => {
  const { sink, publish } = joined(1);
  publish(1, 4);
  expect(sink.values()).toBe('1');
  sink.makeRoom(99);
  publish(5, 5);
  expect(sink.values()).toBe('1 2 3 4 5');
});

it('lets what is too much go, and fetches it again from the feed: no hole, no repeat', () => {
  const { sink, publish } = joined(1);
  publish(1, 1_000);
  sink.makeRoom(500);
  expect(sink.written).toHaveLength(501);
  sink.makeRoom(9_999);
  publish(1_001, 1_001);
  const expected = Array.from({ length: 1_001 }, (_, i) => i + 1).filter(v => v !== 13);
  expect(sink.values()).toBe(expected.join(' '));
});

it('starts after the event that was seen last, and passes over what it may not see', () => {
  const ring = new LiveRing('r');
  for (const value of [11, 12, 13, 13, 13]) ring.publish(reading(value));
  const { sink, publish } = joined(99, 'r-1', ring);
  publish(14, 14);
  expect(sink.values()).toBe('12 14');
});

it('says reset when the feed no longer remembers', () => {
  const { sink, publish } = joined(99, 'other-1');
  publish(1, 1);
  expect(sink.values()).toBe('event: reset 1');
});

it('cuts a socket that stands still, once, at exactly the bound', () => {
  const { sink, clock, client, cuts, publish } = joined(1);
  publish(1, 1);
  clock.advance(999);
  client.checkStall();
  expect(cuts).toEqual([]);
  clock.advance(1);
  client.checkStall();
  client.checkStall();
  expect([cuts.length, sink.destroyed]).toEqual([1, true]);
  publish(2, 9);
  expect(sink.values()).toBe('1');
});

it('leaves beats out while the socket is full', () => {
  const { sink, client, publish } = joined(2);
  client.aside(': beat\n\n');
  publish(1, 1);
  client.aside(': beat\n\n');
  expect(sink.values()).toBe(': beat 1');
});
