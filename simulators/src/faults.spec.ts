import fc from 'fast-check';
import { faultOptionFaults, FaultInjector, HELD_MESSAGES_MAX, type FaultOptions } from './faults';
import { encodeMessage } from './feed/encode';
import type { FeedItem, FeedMessage } from './feed/feed';

/** Message `i` of device `d`: one value, its own number, a second apart. */
const message = (i: number, deviceId = 'd1'): FeedMessage => ({
  kind: 'message',
  sendAt: i * 1_000,
  deviceId,
  form: 'plain',
  records: [{ channel: 'x', unit: null, at: i * 1_000, value: i }],
});

function run(options: FaultOptions, feed: readonly FeedMessage[]) {
  const injector = new FaultInjector(options);
  const out = [...feed.flatMap(each => injector.push(each)), ...injector.flush()];
  return { out, counts: injector.counts };
}
const isMessage = (item: FeedItem): item is FeedMessage => item.kind === 'message';
const numbers = (out: readonly FeedItem[]): unknown[] =>
  out.filter(isMessage).map(each => each.records[0]?.value);
const FEED = Array.from({ length: 6 }, (_, i) => message(i));
const LONG = Array.from({ length: 2_000 }, (_, i) => message(i, `d${i % 4}`));

describe('single faults', () => {
  it.each([
    ['nothing asked, nothing done', {}, [0, 1, 2, 3, 4, 5], {}],
    ['drop all', { drop: 1 }, [], { drop: 6 }],
    ['duplicate all', { duplicate: 1 }, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5], { duplicate: 6 }],
    ['reorder swaps neighbours', { reorder: 1 }, [1, 0, 3, 2, 5, 4], { reorder: 3 }],
    ['stuck repeats the first value', { stuck: 1, stuckMessages: 3 }, [0, 0, 0, 0, 4, 4], { stuck: 4 }],
    ['delay keeps all of them', { delay: 1, delayMsMax: 1 }, [0, 1, 2, 3, 4, 5], { delay: 6 }],
  ] as const)('%s', (_name, options, values, counts) => {
    const done = run(options, FEED);
    expect(numbers(done.out)).toEqual(values);
    const zero = Object.fromEntries(Object.keys(done.counts).map(key => [key, 0]));
    expect(done.counts).toEqual({ ...zero, ...counts });
  });

  it('a delayed message leaves later and keeps its device time', () => {
    const { out } = run({ delay: 1, delayMsMax: 5_000 }, FEED);
    const messages = out.filter(isMessage);
    expect(messages.map(each => each.records[0]?.at).sort()).toEqual(FEED.map(each => each.sendAt).sort());
    for (const each of messages) {
      const lateMs = each.sendAt - (each.records[0]?.at ?? 0);
      expect(lateMs).toBeGreaterThanOrEqual(1);
      expect(lateMs).toBeLessThanOrEqual(5_000);
    }
    expect(messages.map(each => each.sendAt)).toEqual(
      messages.map(each => each.sendAt).sort((a, b) => a - b),
    );
  });

  it('a skewed clock errs by the same amount all the time, within its bound', () => {
    const { out, counts } = run({ skew: 1, skewMsMax: 90_000 }, FEED);
    const errors = out.filter(isMessage).map(each => (each.records[0]?.at ?? 0) - each.sendAt);
    expect(new Set(errors).size).toBe(1);
    expect(Math.abs(errors[0] ?? 0)).toBeGreaterThan(0);
    expect(Math.abs(errors[0] ?? 0)).toBeLessThanOrEqual(90_000);
    expect(counts.skew).toBe(6);
  });

  it('NaN goes out as a bare word or as text', () => {
    const { out, counts } = run({ nan: 1 }, LONG);
    const payloads = out.filter(isMessage).map(encodeMessage);
    expect(payloads.filter(text => text.includes(':NaN')).length).toBeGreaterThan(800);
    expect(payloads.filter(text => text.includes(':"NaN"')).length).toBeGreaterThan(800);
    expect(counts.nan).toBe(LONG.length);
  });

  it('a malformed payload never is JSON', () => {
    const { out, counts } = run({ malformed: 1 }, LONG);
    for (const each of out.filter(isMessage))
      expect(() => JSON.parse(encodeMessage(each)) as unknown).toThrow();
    expect(counts.malformed).toBe(LONG.length);
  });

  it('a storm breaks the connections of all devices heard so far, as often as asked', () => {
    const { out, counts } = run({ stormsPerHour: 60 }, LONG);
    const storms = out.filter(each => each.kind === 'break');
    expect(storms.length).toBeGreaterThan(20);
    expect(storms.length).toBeLessThan(60);
    expect(counts.storm).toBe(storms.length);
    expect(storms.at(-1)?.deviceIds).toEqual(['d0', 'd1', 'd2', 'd3']);
    expect(out.filter(isMessage)).toEqual(LONG);
  });
});

describe('faults together', () => {
  const MANY = {
    drop: 0.1,
    duplicate: 0.1,
    reorder: 0.1,
    delay: 0.1,
    skew: 0.5,
    stuck: 0.01,
    nan: 0.05,
    malformed: 0.05,
  };

  it('strike about as often as asked, and the same way for the same seed', () => {
    const done = run({ ...MANY, seed: 5 }, LONG);
    expect(run({ ...MANY, seed: 5 }, LONG)).toEqual(done);
    expect(run({ ...MANY, seed: 6 }, LONG).out).not.toEqual(done.out);
    expect(done.counts.drop).toBeGreaterThan(150);
    expect(done.counts.drop).toBeLessThan(250);
  });

  it('do not move each other: dropping strikes the same messages whatever else is on', () => {
    const kept = (options: FaultOptions): unknown[] =>
      run(options, LONG)
        .out.filter(isMessage)
        .map(each => each.records[0]?.at)
        .sort();
    expect(kept({ drop: 0.2, reorder: 0.3, nan: 0.3 })).toEqual(kept({ drop: 0.2 }));
  });

  it('lose nothing but what they drop', () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ drop: rate, duplicate: rate, reorder: rate, delay: rate, seed: fc.nat() }),
        options => {
          const { out, counts } = run(options, LONG.slice(0, 200));
          expect(out.length).toBe(200 - counts.drop + counts.duplicate);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('hold a bounded number of late messages, and let the earliest go at the limit', () => {
    const injector = new FaultInjector({ delay: 1, delayMsMax: 1e12 });
    let left = 0;
    for (let i = 0; i < HELD_MESSAGES_MAX + 5; i += 1)
      left += injector.push({ ...message(i), sendAt: 0 }).length;
    expect(left).toBe(5);
    expect(injector.flush().length).toBe(HELD_MESSAGES_MAX);
  });
});

it.each([
  ['a share above 1', { drop: 1.01 }, 'drop: 1.01 is not a share between 0 and 1'],
  ['a share below 0', { nan: -0.1 }, 'nan: -0.1 is not a share between 0 and 1'],
  ['no number', { delay: NaN }, 'delay: NaN is not a share between 0 and 1'],
  ['a negative time', { skewMsMax: -1 }, 'skewMsMax: -1 is not a number from 0 up'],
])('refuses %s', (_name, options, fault) => expect(faultOptionFaults(options)).toEqual([fault]));
