import fc from 'fast-check';
import { AppError } from '@anmai/kernel';
import { FakeClock } from '@anmai/testing';
import { refused, SENT } from '../channels/channel.port';
import { NOTIFY_ERRORS } from '../errors';
import type { Draft } from '../outbox/entry';
import type { NotificationOutbox } from '../outbox/notification-outbox.port';
import { AT, CHINA_MS, draftOf } from '../testing/builders';
import { ManualTimers } from '../testing/manual-timers';
import { MemoryOutbox } from '../testing/memory-outbox';
import { ScriptedChannel } from '../testing/scripted-channel';
import { Dispatcher, LANE_LIMITS } from './dispatcher';
import type { DispatchEvent } from './events';
import type { LaneLimits } from './lane';

const LEASE_MS = 60_000;
const draft = (id: string, fields: Partial<Draft> = {}, notice: Partial<Draft['notice']> = {}): Draft =>
  draftOf(fields, { changeId: id, subjectId: `of-${id}`, ...notice });

function bench(limits: LaneLimits = LANE_LIMITS, names: readonly string[] = ['email']) {
  const clock = new FakeClock(AT);
  const timers = new ManualTimers(clock);
  const outbox = new MemoryOutbox();
  const channels = names.map(name => new ScriptedChannel(name));
  const events: DispatchEvent[] = [];
  const dispatcher = (
    on: NotificationOutbox = outbox,
    ways: readonly ScriptedChannel[] = channels,
  ): Dispatcher =>
    new Dispatcher(
      ways.map(channel => ({ channel, limits })),
      {
        outbox: on,
        clock,
        random: () => 0.5,
        timers,
        style: { utcOffsetMs: CHINA_MS, linkBase: null },
        leaseMs: LEASE_MS,
        sendTimeoutMs: 20_000,
        backoff: { attemptsMax: 4, firstMs: 4_000, mostMs: 60_000 },
        onEvent: event => events.push(event),
      },
    );
  const kinds = (): string[] => events.map(event => event.kind);
  const states = async (): Promise<string[]> =>
    (await outbox.counts()).map(row => `${row.count} ${row.channel} ${row.state}`).sort();
  return { clock, timers, outbox, channel: channels[0]!, channels, events, dispatcher, kinds, states };
}

const never = new Promise<never>(() => undefined);

it('sends what is there and what comes later, once', async () => {
  const { timers, outbox, channel, dispatcher, states } = bench();
  await outbox.add([draft('a')], AT);
  dispatcher().start();
  await timers.advance(0);
  expect(channel.changes).toEqual(['a']);
  await outbox.add([draft('b')], AT);
  await timers.advance(1_000);
  await timers.advance(10 * LEASE_MS);
  expect(channel.changes).toEqual(['a', 'b']);
  expect(await states()).toEqual(['2 email sent']);
});

it('looks at once when it is woken', async () => {
  const { timers, outbox, channel, dispatcher } = bench();
  const running = dispatcher();
  running.start();
  await timers.advance(0);
  await outbox.add([draft('a')], AT);
  running.wake();
  await timers.advance(0);
  expect(channel.changes).toEqual(['a']);
});

it('tries again with growing pauses, then gives up where a person sees it', async () => {
  const { timers, outbox, channel, dispatcher, events, states } = bench();
  channel.answer = () => refused('busy', true);
  await outbox.add([draft('a')], AT);
  dispatcher().start();
  await timers.advance(LEASE_MS);
  expect(channel.seen.map(message => message.at - AT)).toEqual([0, 3_000, 9_000, 21_000]);
  expect(new Set(channel.seen.map(message => message.id)).size).toBe(1);
  expect(await states()).toEqual(['1 email dead']);
  expect(events.at(-1)).toMatchObject({ kind: 'dead', reason: 'busy; given up after 4 tries', attempts: 4 });
  expect((await outbox.deadLetters(9)).map(entry => entry.reason)).toEqual(['busy; given up after 4 tries']);
  channel.answer = () => SENT;
  await outbox.requeue([draft('a').key], AT);
  await timers.advance(2_000);
  expect(await states()).toEqual(['1 email sent']);
});

it.each([
  ['gives up at once what will never be taken', refused('no such mailbox', false), 0, 'dead'],
  ['waits as long as it is asked to', refused('slow down', true, 600_000), 600_000, 'failed'],
])('%s', async (_name, result, waitMs, kind) => {
  const { timers, outbox, channel, dispatcher, events } = bench();
  channel.answer = () => result;
  await outbox.add([draft('a')], AT);
  dispatcher().start();
  await timers.advance(500_000);
  expect(channel.seen).toHaveLength(1);
  expect(events).toMatchObject([{ kind, ...(kind === 'failed' ? { retryAt: AT + waitMs } : {}) }]);
});

it('goes on with others while one channel hangs and another fails', async () => {
  const { timers, outbox, channels, dispatcher } = bench(LANE_LIMITS, ['hangs', 'fails', 'works']);
  channels[0]!.answer = () => never;
  channels[1]!.answer = () => Promise.reject(new Error('secret-0123456789'));
  const drafts = Array.from({ length: 30 }, (_, i) =>
    ['hangs', 'fails', 'works'].map(channel => draft(`c${i}`, { channel })),
  );
  await outbox.add(drafts.flat(), AT);
  dispatcher().start();
  await timers.advance(0);
  expect(channels.map(channel => channel.seen.length)).toEqual([4, 30, 30]);
});

it('breaks off what hangs, and holds no more at once than it may', async () => {
  const { timers, outbox, channel, dispatcher, events } = bench({ concurrency: 2, burst: 99, perMinute: 99 });
  const signals: AbortSignal[] = [];
  channel.answer = (_message, signal) => {
    signals.push(signal);
    return never;
  };
  await outbox.add(
    ['a', 'b', 'c'].map(id => draft(id)),
    AT,
  );
  dispatcher().start();
  await timers.advance(19_999);
  expect([channel.changes, signals.map(signal => signal.aborted)]).toEqual([
    ['a', 'b'],
    [false, false],
  ]);
  await timers.advance(1);
  expect(channel.changes).toEqual(['a', 'b', 'c']);
  expect(signals.map(signal => signal.aborted)).toEqual([true, true, false]);
  expect(events).toMatchObject([{ kind: 'failed', reason: 'no result within 20000 ms' }, { kind: 'failed' }]);
});

it('keeps to the pace of the channel, worst first', async () => {
  const { timers, outbox, channel, dispatcher } = bench({ concurrency: 9, burst: 2, perMinute: 12 });
  await outbox.add(
    ['a', 'b', 'c'].map(id => draft(id, {}, { severity: 'blue' })),
    AT,
  );
  await outbox.add([draft('red', {}, { severity: 'red' })], AT);
  dispatcher().start();
  await timers.advance(0);
  expect(channel.changes).toEqual(['red', 'a']);
  await timers.advance(10_000);
  expect(channel.changes).toEqual(['red', 'a', 'b', 'c']);
  expect(channel.seen.map(message => message.at - AT)).toEqual([0, 0, 5_000, 10_000]);
});

it('sends what was held as one digest in the language of the person', async () => {
  const { timers, outbox, channel, dispatcher } = bench();
  const held = { held: 'flood', language: 'en' } as const;
  await outbox.add([draft('a', held), draft('b', held, { severity: 'red' })], AT);
  await outbox.add([draft('c', { held: 'quiet' })], AT);
  dispatcher().start();
  await timers.advance(0);
  expect(channel.changes.sort()).toEqual(['a+b', 'c']);
  const digest = channel.seen.find(message => message.isDigest);
  expect([digest?.severity, digest?.text.title]).toEqual([
    'red',
    '[ALARM DIGEST] 2 messages: RED 1, ORANGE 1',
  ]);
  expect(channel.seen.find(message => !message.isDigest)?.text.title).toMatch(/^【橙色报警】/);
});

it('says the end after the start, however long the start takes', async () => {
  const { timers, outbox, channel, dispatcher } = bench();
  channel.answer = () => (channel.seen.length < 3 ? refused('busy', true) : SENT);
  await outbox.add(
    [draft('start', {}, { subjectId: 'x' }), draft('end', {}, { subjectId: 'x', kind: 'end' })],
    AT,
  );
  dispatcher().start();
  await timers.advance(LEASE_MS);
  expect(channel.changes).toEqual(['start', 'start', 'start', 'end']);
});

describe('when the outbox is away', () => {
  const failing = (
    outbox: MemoryOutbox,
    method: 'claim' | 'settle',
    isAway: () => boolean,
  ): NotificationOutbox =>
    new Proxy(outbox, {
      get: (target, name: keyof MemoryOutbox) => {
        const value: unknown = target[name];
        if (name === method && isAway())
          return () => Promise.reject(Object.assign(new Error('x'), { code: 'PGR-001' }));
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });

  it('says so, and goes on when it is back', async () => {
    const { timers, outbox, channel, dispatcher, kinds, events } = bench();
    let isAway = true;
    await outbox.add([draft('a')], AT);
    dispatcher(failing(outbox, 'claim', () => isAway)).start();
    await timers.advance(7_000);
    expect(kinds()).toEqual(['outbox-unreachable', 'outbox-unreachable']);
    expect(events[0]).toEqual({ kind: 'outbox-unreachable', channel: 'email', code: 'PGR-001' });
    isAway = false;
    await timers.advance(5_000);
    expect(channel.changes).toEqual(['a']);
  });

  it('notes what was sent as soon as it is back, without sending again', async () => {
    const { timers, outbox, channel, dispatcher, kinds } = bench();
    let isAway = true;
    await outbox.add([draft('a')], AT);
    dispatcher(failing(outbox, 'settle', () => isAway)).start();
    await timers.advance(30_000);
    isAway = false;
    await timers.advance(10 * LEASE_MS);
    expect([channel.changes, kinds()]).toEqual([['a'], ['sent']]);
  });

  it('sends again, under the same id, when it stays away longer than the lease', async () => {
    const { clock, timers, outbox, channel, dispatcher, kinds } = bench();
    await outbox.add([draft('a')], AT);
    dispatcher(failing(outbox, 'settle', () => clock.now() < AT + LEASE_MS)).start();
    await timers.advance(3 * LEASE_MS);
    expect(kinds()).toEqual(['unsettled', 'sent']);
    expect(channel.seen.map(message => message.id)).toEqual([channel.seen[0]?.id, channel.seen[0]?.id]);
  });
});

it('gives up what ended the program again and again', async () => {
  const { clock, timers, outbox, channel, dispatcher, events } = bench();
  await outbox.add([draft('a')], AT);
  for (let i = 0; i < 4; i++) {
    await outbox.claim({ now: clock.now(), leaseMs: LEASE_MS, limit: 1, channels: ['email'] });
    clock.advance(LEASE_MS);
  }
  dispatcher().start();
  await timers.advance(0);
  expect(channel.seen).toEqual([]);
  expect(events).toMatchObject([{ kind: 'dead', reason: 'handed out 4 times without an answer' }]);
});

it('tells that the lease was lost rather than overrule who has it now', async () => {
  const { clock, timers, outbox, channel, dispatcher, kinds } = bench();
  channel.answer = async () => {
    clock.advance(LEASE_MS);
    await outbox.claim({ now: clock.now(), leaseMs: LEASE_MS, limit: 1, channels: ['email'] });
    return SENT;
  };
  await outbox.add([draft('a')], AT);
  dispatcher().start();
  await timers.advance(0);
  expect(kinds()).toEqual(['lease-lost']);
});

describe('a stop', () => {
  it('waits for what is on its way, takes nothing new, leaves no timer behind', async () => {
    const { timers, outbox, channel, dispatcher, states } = bench();
    let finish = (): void => undefined;
    channel.answer = () => new Promise(resolve => void (finish = () => resolve(SENT)));
    await outbox.add([draft('a')], AT);
    const running = dispatcher();
    running.start();
    await timers.advance(0);
    const stopping = running.stop(5_000);
    await outbox.add([draft('b')], AT);
    running.wake();
    await timers.advance(2_000);
    finish();
    await stopping;
    expect(await states()).toEqual(['1 email queued', '1 email sent']);
    expect([channel.changes, channel.isClosed, timers.size]).toEqual([['a'], true, 0]);
  });

  it('breaks off what takes too long; the outbox has it still', async () => {
    const { timers, outbox, channel, dispatcher, states } = bench();
    channel.answer = (_message, signal) =>
      new Promise(resolve => signal.addEventListener('abort', () => resolve(refused('stopped', true))));
    await outbox.add([draft('a')], AT);
    const running = dispatcher();
    running.start();
    await timers.advance(0);
    const stopping = running.stop(5_000);
    await timers.advance(5_000);
    await stopping;
    expect(await states()).toEqual(['1 email failed']);
    expect(timers.size).toBe(0);
  });

  it('of one that was never started is over at once', async () => {
    const { dispatcher, channel, timers } = bench();
    await dispatcher().stop();
    expect([channel.isClosed, timers.size]).toEqual([true, 0]);
  });
});

it('lets no secret into its events, whatever a channel throws', async () => {
  const { timers, outbox, channel, dispatcher, events } = bench();
  const secret = 'token-0123456789';
  const errors = [
    new Error(`connect to https://x/?key=${secret}`),
    Object.assign(new Error(secret), { code: 'EAUTH', response: secret }),
    new AppError(NOTIFY_ERRORS.noSecret, { channel: 'email', ref: 'smtp' }, new Error(secret)),
  ];
  channel.answer = () => Promise.reject(errors[channel.seen.length - 1] ?? new Error('x'));
  await outbox.add([draft('a')], AT);
  dispatcher().start();
  await timers.advance(LEASE_MS);
  const shown = JSON.stringify([events, await outbox.deadLetters(9)]);
  expect(shown).not.toContain(secret);
  expect(shown).toContain('EAUTH');
  expect(shown).toContain('NTF-001, channel email needs the secret smtp');
});

it('refuses a set-up that would lose leases or mix channels', () => {
  const { dispatcher, outbox } = bench();
  const twice = ['a', 'a'].map(name => new ScriptedChannel(name));
  expect(() => dispatcher(outbox, twice)).toThrow('two channels of the same name');
});

it('two processes on one outbox: every message arrives, none twice, whatever fails', async () => {
  const plan = fc.array(
    fc.record({
      severity: fc.constantFrom('blue', 'yellow', 'orange', 'red'),
      held: fc.constantFrom(null, null, 'flood'),
      fails: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(plan, async messages => {
      const { timers, outbox, channel, dispatcher, states } = bench();
      const other = new ScriptedChannel('email');
      const failures = new Map(messages.map((message, i) => [`c${i}`, message.fails]));
      const arrived: string[] = [];
      for (const each of [channel, other])
        each.answer = async message => {
          const ids = message.notices.map(notice => notice.changeId);
          const left = Math.max(...ids.map(id => failures.get(id) ?? 0));
          for (const id of ids) failures.set(id, left - 1);
          if (left > 0) return refused('busy', true);
          arrived.push(...ids);
          return SENT;
        };
      const running = [dispatcher(), dispatcher(outbox, [other])];
      for (const each of running) each.start();
      for (const [i, { severity, held }] of messages.entries()) {
        await outbox.add([draft(`c${i}`, { held }, { severity: severity as 'red' })], AT);
        await timers.advance(300);
      }
      await timers.advance(10 * LEASE_MS);
      await Promise.all(running.map(each => each.stop()));
      expect(arrived.sort()).toEqual(messages.map((_message, i) => `c${i}`).sort());
      expect(await states()).toEqual([`${messages.length} email sent`]);
    }),
    { numRuns: 25 },
  );
});
