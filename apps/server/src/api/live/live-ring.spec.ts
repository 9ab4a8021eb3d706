import type { LiveEvent, NewLiveEvent } from '../ports';
import { LiveRing } from './live-ring';

const reading = (sensorId: string, value: number): NewLiveEvent => ({
  name: 'reading',
  data: { sensorId, at: '2026-01-01T00:00:00.000Z', value, quality: 1 },
});
const alarm = (id: string): NewLiveEvent => ({ name: 'alarm', orgId: 'city', data: { id } as never });
const wants = (...ids: string[]) => ({ sensorIds: new Set(ids) });
const text = (events: readonly LiveEvent[] | 'reset'): string =>
  events === 'reset'
    ? 'reset'
    : events.map(e => (e.name === 'reading' ? `${e.data.sensorId}=${e.data.value}` : e.data.id)).join(' ');

function filled(): LiveRing {
  const ring = new LiveRing('r', { alarms: 2, readings: 3 });
  ring.publish(alarm('a1'));
  ring.publish(reading('s', 1));
  ring.publish(reading('t', 2));
  ring.publish(alarm('a2'));
  ring.publish(reading('s', 3));
  return ring;
}

it.each([
  ['all since the start', 'r-0', wants('s', 't'), 99, 'a1 s=1 t=2 a2 s=3'],
  ['only the readings asked for', 'r-0', wants('s'), 99, 'a1 s=1 a2 s=3'],
  ['only alarms when none are asked for', 'r-0', wants(), 99, 'a1 a2'],
  ['what came after an id, in order', 'r-3', wants('s', 't'), 99, 'a2 s=3'],
  ['no more than the limit', 'r-0', wants('s', 't'), 3, 'a1 s=1 t=2'],
  ['nothing after the newest', 'r-5', wants('s'), 99, ''],
  ['reset for an id of another run', 'q-1', wants(), 99, 'reset'],
  ['reset for an id that is yet to come', 'r-6', wants(), 99, 'reset'],
  ['reset for nonsense', 'r', wants(), 99, 'reset'],
])('gives %s', (_name, since, wanted, limit, expected) => {
  expect(text(filled().since(since, wanted, limit))).toBe(expected);
});

it('says reset once something wanted is forgotten, and only then', () => {
  const ring = filled();
  ring.publish(reading('s', 4)); // pushes s=1 (r-2) out
  expect(text(ring.since('r-1', wants('s'), 99))).toBe('reset');
  expect(text(ring.since('r-2', wants('s'), 99))).toBe('a2 s=3 s=4');
  expect(text(ring.since('r-1', wants(), 99))).toBe('a2');
  ring.publish(alarm('a3')); // pushes a1 (r-1) out
  expect(text(ring.since('r-0', wants(), 99))).toBe('reset');
  expect(text(ring.since('r-1', wants(), 99))).toBe('a2 a3');
});

it('calls back for what is wanted until told to stop', () => {
  const ring = new LiveRing('r');
  const seen: LiveEvent[] = [];
  const stop = ring.subscribe(wants('s'), event => seen.push(event));
  for (const event of [reading('s', 1), reading('t', 2), alarm('a')]) ring.publish(event);
  stop();
  ring.publish(alarm('b'));
  ring.publish(reading('s', 3));
  expect(text(seen)).toBe('s=1 a');
});
