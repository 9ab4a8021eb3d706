import type { Draft } from '../outbox/entry';
import { PARCEL_ENTRIES_MAX } from '../outbox/notification-outbox.port';
import { AT } from './builders';
import { lookingContract } from './outbox-looking.contract';
import { settlingContract, orderContract } from './outbox-settling.contract';
import { ask, draft, idsOf, LEASE_MS, only, type OutboxUnderTest } from './outbox-under-test';

export type { OutboxUnderTest } from './outbox-under-test';

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
