import fc from 'fast-check';
import type { Draft } from '../outbox/entry';
import {
  PARCEL_ENTRIES_MAX,
  type ClaimRequest,
  type NotificationOutbox,
  type Parcel,
} from '../outbox/notification-outbox.port';
import { AT, draftOf } from './builders';

/** What a suite needs of an implementation: a new empty one, and the same one opened again after its process is gone. */
export interface OutboxUnderTest {
  open(): Promise<NotificationOutbox>;
  reopen(outbox: NotificationOutbox): Promise<NotificationOutbox>;
}

const LEASE_MS = 60_000;
const ask = (fields: Partial<ClaimRequest> = {}): ClaimRequest => ({
  now: AT,
  leaseMs: LEASE_MS,
  limit: 100,
  channels: ['email'],
  ...fields,
});
/** A draft of its own change, and of its own subject unless one is given. */
const draft = (id: string, fields: Partial<Draft> = {}, notice: Partial<Draft['notice']> = {}): Draft =>
  draftOf(fields, { changeId: id, subjectId: `subject-of-${id}`, ...notice });
const idsOf = (parcels: readonly Parcel[]): string[][] =>
  parcels.map(parcel => parcel.entries.map(entry => entry.notice.changeId));
const only = (parcels: readonly Parcel[]): Parcel => {
  expect(parcels).toHaveLength(1);
  return parcels[0]!;
};

/** The promises of NotificationOutbox, for every adapter and for the memory outbox other tests lean on. */
export function notificationOutboxContract(name: string, under: () => OutboxUnderTest): void {
  describe(`NotificationOutbox: ${name}`, () => {
    addingContract(under);
    claimingContract(under);
    parcelContract(under);
    settlingContract(under);
    orderContract(under);
    lookingContract(under);
  });
}

function addingContract(under: () => OutboxUnderTest): void {
  it('adds each key once, also within one call', async () => {
    const outbox = await under().open();
    expect(await outbox.add([draft('a'), draft('b'), draft('a')], AT)).toBe(2);
    expect(await outbox.add([draft('a', { address: 'other@example.cn' }), draft('c')], AT + 1)).toBe(1);
    expect(await outbox.add([], AT)).toBe(0);
    const entries = (await outbox.claim(ask())).flatMap(parcel => parcel.entries);
    expect(entries.map(entry => [entry.notice.changeId, entry.address])).toEqual([
      ['a', 'zhang@example.cn'],
      ['b', 'zhang@example.cn'],
      ['c', 'zhang@example.cn'],
    ]);
  });

  it.each(['sent', 'dead', 'failed', 'sending'] as const)(
    'leaves what is %s alone when it is added again',
    async state => {
      const outbox = await under().open();
      await outbox.add([draft('a')], AT);
      const parcel = only(await outbox.claim(ask()));
      if (state === 'sent') await outbox.settle(parcel, { kind: 'sent', at: AT });
      if (state === 'dead') await outbox.settle(parcel, { kind: 'dead', reason: 'no such mailbox' });
      if (state === 'failed')
        await outbox.settle(parcel, { kind: 'failed', retryAt: AT + 5_000, reason: 'slow' });
      expect(await outbox.add([draft('a')], AT + 1)).toBe(0);
      expect(await outbox.claim(ask({ now: AT + 1 }))).toEqual([]);
      expect((await outbox.counts()).map(row => [row.state, row.count])).toEqual([[state, 1]]);
    },
  );

  it('gives back every field as it was added, after a restart too', async () => {
    const first = await under().open();
    const odd = draft(
      'a',
      { language: 'en' },
      { where: '井 "12"\n\\ 🚰 \u2028', value: 1 / 3, limit: null, rule: null },
    );
    await first.add([odd], AT);
    const outbox = await under().reopen(first);
    const entry = only(await outbox.claim(ask())).entries[0];
    expect(entry).toEqual({
      ...odd,
      state: 'sending',
      attempts: 1,
      parcelId: expect.any(String) as string,
      addedAt: AT,
      nextAttemptAt: AT,
      sentAt: null,
      reason: null,
    });
  });

  it('knows keys in whatever state', async () => {
    const outbox = await under().open();
    await outbox.add([draft('a'), draft('b')], AT);
    const parcel = (await outbox.claim(ask({ limit: 1 })))[0]!;
    await outbox.settle(parcel, { kind: 'sent', at: AT });
    const keys = ['a', 'b', 'c'].map(id => draft(id).key);
    expect(await outbox.known(keys)).toEqual(new Set(keys.slice(0, 2)));
    expect(await outbox.known([])).toEqual(new Set());
  });
}

function claimingContract(under: () => OutboxUnderTest): void {
  it.each([
    ['one ms early', AT - 1, []],
    ['on time', AT, [['a']]],
  ])('hands out what is due: %s', async (_name, now, expected) => {
    const outbox = await under().open();
    await outbox.add([draft('a')], AT - 10);
    expect(idsOf(await outbox.claim(ask({ now })))).toEqual(expected);
  });

  it('hands out only what was asked for: channels and limit', async () => {
    const outbox = await under().open();
    await outbox.add([draft('a'), draft('b', { channel: 'sms' }), draft('c')], AT);
    expect(idsOf(await outbox.claim(ask({ channels: ['sms', 'webhook'] })))).toEqual([['b']]);
    expect(idsOf(await outbox.claim(ask({ limit: 1 })))).toEqual([['a']]);
    expect(idsOf(await outbox.claim(ask({ limit: 0 })))).toEqual([]);
    expect(idsOf(await outbox.claim(ask({ channels: [] })))).toEqual([]);
    expect(idsOf(await outbox.claim(ask()))).toEqual([['c']]);
  });

  it('hands out worst first, then the longest waiting, then in order', async () => {
    const outbox = await under().open();
    const blue = { severity: 'blue' } as const;
    await outbox.add([draft('late', {}, blue), draft('later', {}, blue)], AT);
    await outbox.add(
      [draft('early', { notBefore: AT - 5 }, blue), draft('red', {}, { severity: 'red' })],
      AT,
    );
    expect(idsOf(await outbox.claim(ask()))).toEqual([['red'], ['early'], ['late'], ['later']]);
  });

  it('gives nothing twice while the lease lasts, and all again when it has run out', async () => {
    const outbox = await under().open();
    await outbox.add([draft('a')], AT);
    const first = only(await outbox.claim(ask()));
    expect(await outbox.claim(ask({ now: AT + LEASE_MS - 1 }))).toEqual([]);
    const second = only(await outbox.claim(ask({ now: AT + LEASE_MS })));
    expect(second.id).toBe(first.id);
    expect(second.lease).not.toBe(first.lease);
    expect(second.entries.map(entry => entry.attempts)).toEqual([2]);
  });

  it('gives each to one of many who ask at once', async () => {
    const outbox = await under().open();
    await outbox.add(
      Array.from({ length: 40 }, (_, i) => draft(`c${i}`)),
      AT,
    );
    const claims = await Promise.all(Array.from({ length: 8 }, () => outbox.claim(ask({ limit: 7 }))));
    const ids = claims.flatMap(idsOf).flat();
    expect(new Set(ids).size).toBe(ids.length);
    const rest = idsOf(await outbox.claim(ask())).flat();
    expect([...ids, ...rest].sort()).toEqual(Array.from({ length: 40 }, (_, i) => `c${i}`).sort());
  });

  it('keeps leases over a restart', async () => {
    const first = await under().open();
    await first.add([draft('a')], AT);
    const parcel = only(await first.claim(ask()));
    const outbox = await under().reopen(first);
    expect(await outbox.claim(ask({ now: AT + 1 }))).toEqual([]);
    expect(await outbox.settle(parcel, { kind: 'sent', at: AT + 2 })).toBe(true);
    expect(await outbox.claim(ask({ now: AT + 2 * LEASE_MS }))).toEqual([]);
  });
}

function parcelContract(under: () => OutboxUnderTest): void {
  const held = (id: string, fields: Partial<Draft> = {}): Draft => draft(id, { held: 'flood', ...fields });

  it('puts together what was held for the same person, channel, address, language and reason', async () => {
    const outbox = await under().open();
    await outbox.add(
      [
        held('a'),
        held('b', { recipientId: 'li' }),
        held('c', { held: 'quiet' }),
        held('d', { language: 'en' }),
        held('e', { address: 'new@example.cn' }),
        held('f'),
        held('early', { notBefore: AT + 1 }),
        draft('alone'),
      ],
      AT,
    );
    expect(idsOf(await outbox.claim(ask()))).toEqual([['a', 'f'], ['b'], ['c'], ['d'], ['e'], ['alone']]);
  });

  it('keeps a parcel as it is, whatever comes due later', async () => {
    const outbox = await under().open();
    await outbox.add([held('a'), held('b')], AT);
    const first = only(await outbox.claim(ask()));
    await outbox.settle(first, { kind: 'failed', retryAt: AT + 10, reason: 'slow' });
    await outbox.add([held('c')], AT + 5);
    const again = await outbox.claim(ask({ now: AT + 10 }));
    expect(idsOf(again).sort()).toEqual([['a', 'b'], ['c']]);
    expect(again.find(parcel => parcel.entries.length === 2)?.id).toBe(first.id);
    expect(new Set(again.map(parcel => parcel.id)).size).toBe(2);
  });

  it('makes further parcels of what is too much for one', async () => {
    const outbox = await under().open();
    await outbox.add(
      Array.from({ length: PARCEL_ENTRIES_MAX + 1 }, (_, i) => held(`c${i}`)),
      AT,
    );
    expect((await outbox.claim(ask())).map(parcel => parcel.entries.length)).toEqual([PARCEL_ENTRIES_MAX, 1]);
  });

  it('settles a parcel as a whole', async () => {
    const outbox = await under().open();
    await outbox.add([held('a'), held('b')], AT);
    expect(await outbox.settle(only(await outbox.claim(ask())), { kind: 'sent', at: AT })).toBe(true);
    expect(await outbox.counts()).toEqual([{ channel: 'email', state: 'sent', count: 2, oldestAt: null }]);
  });
}

function settlingContract(under: () => OutboxUnderTest): void {
  it('never hands out again what was sent', async () => {
    const outbox = await under().open();
    await outbox.add([draft('a')], AT);
    await outbox.settle(only(await outbox.claim(ask())), { kind: 'sent', at: AT });
    expect(await outbox.claim(ask({ now: AT + 1e12 }))).toEqual([]);
    expect(await outbox.nextDueAt(['email'])).toBeNull();
  });

  it('hands out what failed at its time, with the reason of the failure', async () => {
    const outbox = await under().open();
    await outbox.add([draft('a')], AT);
    await outbox.settle(only(await outbox.claim(ask())), {
      kind: 'failed',
      retryAt: AT + 500,
      reason: 'busy',
    });
    expect(await outbox.claim(ask({ now: AT + 499 }))).toEqual([]);
    const again = only(await outbox.claim(ask({ now: AT + 500 }))).entries[0];
    expect([again?.attempts, again?.reason]).toEqual([2, 'busy']);
  });

  it('takes no word from one who has lost the lease, and none twice', async () => {
    const outbox = await under().open();
    await outbox.add([draft('a')], AT);
    const first = only(await outbox.claim(ask()));
    const second = only(await outbox.claim(ask({ now: AT + LEASE_MS })));
    expect(await outbox.settle(first, { kind: 'dead', reason: 'too late' })).toBe(false);
    expect(await outbox.settle(second, { kind: 'sent', at: AT + LEASE_MS })).toBe(true);
    expect(await outbox.settle(second, { kind: 'failed', retryAt: AT, reason: 'twice' })).toBe(false);
    expect((await outbox.counts()).map(row => row.state)).toEqual(['sent']);
  });

  it('takes the word of one whose lease ran out while nobody else took over', async () => {
    const outbox = await under().open();
    await outbox.add([draft('a')], AT);
    const parcel = only(await outbox.claim(ask()));
    expect(await outbox.settle(parcel, { kind: 'sent', at: AT + 10 * LEASE_MS })).toBe(true);
  });

  it('lists what was given up with its reason, and queues it again on demand', async () => {
    const outbox = await under().open();
    await outbox.add([draft('a'), draft('b'), draft('c')], AT);
    const parcels = await outbox.claim(ask());
    await outbox.settle(parcels[0]!, { kind: 'dead', reason: 'no such mailbox' });
    await outbox.settle(parcels[1]!, { kind: 'dead', reason: 'refused' });
    await outbox.settle(parcels[2]!, { kind: 'sent', at: AT });
    const dead = await outbox.deadLetters(10);
    expect(dead.map(entry => [entry.notice.changeId, entry.reason, entry.attempts])).toEqual([
      ['b', 'refused', 1],
      ['a', 'no such mailbox', 1],
    ]);
    expect(await outbox.deadLetters(1)).toHaveLength(1);
    expect(await outbox.claim(ask({ now: AT + 1e9 }))).toEqual([]);
    expect(await outbox.requeue([draft('a').key, draft('c').key, 'unknown'], AT + 1e9)).toBe(1);
    expect(await outbox.claim(ask({ now: AT + 1e9 - 1 }))).toEqual([]);
    const again = only(await outbox.claim(ask({ now: AT + 1e9 }))).entries[0];
    expect([again?.notice.changeId, again?.attempts]).toEqual(['a', 1]);
  });

  it('loses nothing and sends nothing twice, whatever happens and in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('add', 'claim', 'sent', 'failed', 'wait', 'reopen'), { maxLength: 40 }),
        async steps => {
          let outbox = await under().open();
          let now = AT;
          let added = 0;
          const sent: string[] = [];
          const hands: Parcel[] = [];
          const claim = async (): Promise<void> =>
            void hands.push(...(await outbox.claim(ask({ now, limit: 2 }))));
          const settle = async (isSent: boolean): Promise<void> => {
            const parcel = hands.shift();
            if (parcel === undefined) return;
            const outcome = isSent
              ? ({ kind: 'sent', at: now } as const)
              : ({ kind: 'failed', retryAt: now + 1_000, reason: 'x' } as const);
            if ((await outbox.settle(parcel, outcome)) && isSent) sent.push(...idsOf([parcel]).flat());
          };
          for (const step of steps) {
            if (step === 'add')
              await outbox.add([draft(`c${added++}`, { held: added % 3 === 0 ? 'flood' : null })], now);
            if (step === 'claim') await claim();
            if (step === 'sent' || step === 'failed') await settle(step === 'sent');
            if (step === 'wait') now += LEASE_MS / 2;
            if (step === 'reopen') outbox = await under().reopen(outbox);
          }
          hands.length = 0;
          now += 10 * LEASE_MS;
          for (let i = 0; i <= added; i++) {
            await claim();
            while (hands.length > 0) await settle(true);
          }
          expect(sent.toSorted()).toEqual(Array.from({ length: added }, (_, i) => `c${i}`).toSorted());
        },
      ),
      { numRuns: 30 },
    );
  });
}

function orderContract(under: () => OutboxUnderTest): void {
  const about = (id: string, kind: 'start' | 'worse' | 'end', fields: Partial<Draft> = {}): Draft =>
    draft(id, fields, { subjectId: 'alm-1', kind });

  it('lets an end wait until what came before it is out', async () => {
    const outbox = await under().open();
    await outbox.add([about('start', 'start')], AT);
    const start = only(await outbox.claim(ask()));
    await outbox.add([about('end', 'end')], AT);
    expect(await outbox.claim(ask())).toEqual([]);
    await outbox.settle(start, { kind: 'failed', retryAt: AT + 100, reason: 'slow' });
    expect(idsOf(await outbox.claim(ask({ now: AT + 99 })))).toEqual([]);
    const again = only(await outbox.claim(ask({ now: AT + 100 })));
    await outbox.settle(again, { kind: 'sent', at: AT + 100 });
    expect(idsOf(await outbox.claim(ask({ now: AT + 100 })))).toEqual([['end']]);
  });

  it('lets nothing else wait: bad news is never held up', async () => {
    const outbox = await under().open();
    await outbox.add(
      [about('start', 'start', { notBefore: AT + 1e6, held: 'quiet' }), about('worse', 'worse')],
      AT,
    );
    expect(idsOf(await outbox.claim(ask()))).toEqual([['worse']]);
  });

  it.each([
    ['another person', { recipientId: 'li' }],
    ['another channel', { channel: 'sms' }],
  ])('lets an end to %s go', async (_name, fields) => {
    const outbox = await under().open();
    await outbox.add([about('start', 'start'), about('end', 'end', fields)], AT);
    expect(idsOf(await outbox.claim(ask({ channels: ['email', 'sms'] })))).toEqual([['start'], ['end']]);
  });

  it('lets an end go when what came before was given up', async () => {
    const outbox = await under().open();
    await outbox.add([about('start', 'start'), about('end', 'end')], AT);
    await outbox.settle(only(await outbox.claim(ask())), { kind: 'dead', reason: 'x' });
    expect(idsOf(await outbox.claim(ask()))).toEqual([['end']]);
  });

  it('tells start and end together when both were held', async () => {
    const outbox = await under().open();
    await outbox.add(
      [about('start', 'start', { held: 'quiet' }), about('end', 'end', { held: 'quiet' })],
      AT,
    );
    expect(idsOf(await outbox.claim(ask()))).toEqual([['start', 'end']]);
  });
}

function lookingContract(under: () => OutboxUnderTest): void {
  it('says when the next is due, leases included', async () => {
    const outbox = await under().open();
    expect(await outbox.nextDueAt(['email'])).toBeNull();
    await outbox.add(
      [draft('a', { notBefore: AT + 50 }), draft('b', { channel: 'sms', notBefore: AT + 10 })],
      AT,
    );
    expect(await outbox.nextDueAt(['email'])).toBe(AT + 50);
    expect(await outbox.nextDueAt(['email', 'sms'])).toBe(AT + 10);
    const parcel = only(await outbox.claim(ask({ now: AT + 50 })));
    expect(await outbox.nextDueAt(['email'])).toBe(AT + 50 + LEASE_MS);
    await outbox.settle(parcel, { kind: 'failed', retryAt: AT + 777, reason: 'x' });
    expect(await outbox.nextDueAt(['email'])).toBe(AT + 777);
  });

  it('knows who was told: not of ends, not what was given up, each once', async () => {
    const outbox = await under().open();
    const about = (
      id: string,
      recipientId: string,
      kind: 'start' | 'worse' | 'end',
      channel = 'email',
    ): Draft => draft(id, { recipientId, channel }, { subjectId: 'alm-1', kind });
    await outbox.add(
      [
        about('1', 'zhang', 'start'),
        about('2', 'zhang', 'worse'),
        about('1', 'li', 'start'),
        about('1', 'li', 'start', 'sms'),
      ],
      AT,
    );
    await outbox.add([about('3', 'wang', 'end'), draft('x', { recipientId: 'zhao' })], AT);
    expect(await outbox.told('alm-1')).toEqual([
      { recipientId: 'li', channel: 'email' },
      { recipientId: 'li', channel: 'sms' },
      { recipientId: 'zhang', channel: 'email' },
    ]);
    for (const parcel of await outbox.claim(ask({ channels: ['sms'] })))
      await outbox.settle(parcel, { kind: 'dead', reason: 'no such number' });
    expect(await outbox.told('alm-1')).toEqual([
      { recipientId: 'li', channel: 'email' },
      { recipientId: 'zhang', channel: 'email' },
    ]);
    expect(await outbox.told('unknown')).toEqual([]);
  });

  it('counts what was added lately and not held', async () => {
    const outbox = await under().open();
    await outbox.add([draft('old')], AT - 1);
    await outbox.add(
      [draft('a'), draft('b'), draft('c', {}, { severity: 'red' }), draft('d', { held: 'flood' })],
      AT,
    );
    const counts = [...(await outbox.recentCounts(AT))].sort((a, b) => a.count - b.count);
    expect(counts).toEqual([
      { recipientId: 'zhang', channel: 'email', severity: 'red', count: 1 },
      { recipientId: 'zhang', channel: 'email', severity: 'orange', count: 2 },
    ]);
  });

  it('counts by channel and state, with the one that waits longest', async () => {
    const outbox = await under().open();
    await outbox.add(
      [draft('a', { notBefore: AT + 9 }), draft('b', { notBefore: AT + 7 }), draft('c', { channel: 'sms' })],
      AT,
    );
    const counts = [...(await outbox.counts())].sort((a, b) => (a.channel < b.channel ? -1 : 1));
    expect(counts).toEqual([
      { channel: 'email', state: 'queued', count: 2, oldestAt: AT + 7 },
      { channel: 'sms', state: 'queued', count: 1, oldestAt: AT },
    ]);
  });

  it('forgets only what was sent long ago, as much as asked', async () => {
    const outbox = await under().open();
    await outbox.add(
      ['a', 'b', 'c', 'd', 'e'].map(id => draft(id)),
      AT,
    );
    const parcels = await outbox.claim(ask({ limit: 4 }));
    await outbox.settle(parcels[0]!, { kind: 'dead', reason: 'x' });
    for (const parcel of parcels.slice(1, 3)) await outbox.settle(parcel, { kind: 'sent', at: AT });
    await outbox.settle(parcels[3]!, { kind: 'sent', at: AT + 100 });
    expect(await outbox.trim(AT, 10)).toBe(0);
    expect(await outbox.trim(AT + 100, 1)).toBe(1);
    expect(await outbox.trim(AT + 100, 10)).toBe(1);
    const states = (await outbox.counts()).map(row => `${row.count} ${row.state}`);
    expect(states.sort()).toEqual(['1 dead', '1 queued', '1 sent']);
  });
}
