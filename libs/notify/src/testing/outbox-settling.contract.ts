import fc from 'fast-check';
import type { Draft } from '../outbox/entry';
import type { Parcel } from '../outbox/notification-outbox.port';
import { AT } from './builders';
import { ask, draft, idsOf, LEASE_MS, only, type OutboxUnderTest } from './outbox-under-test';

/** What becomes of a parcel that was handed out. */
export function settlingContract(under: () => OutboxUnderTest): void {
  it('never hands out again what was sent', async () => {
    const outbox = await under().open();
    await outbox.add([draft('a')], AT);
    await outbox.settle(only(await outbox.claim(ask())), { kind: 'sent', at: AT });
    expect(await outbox.claim(ask({ now: AT + 1e12 }))).toEqual([]);
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

/** What waits for what. */
export function orderContract(under: () => OutboxUnderTest): void {
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

  it('lets a held end wait for a start that is out of step, and takes others along', async () => {
    const outbox = await under().open();
    await outbox.add([about('start', 'start')], AT);
    const start = only(await outbox.claim(ask()));
    await outbox.settle(start, { kind: 'failed', retryAt: AT + 100, reason: 'slow' });
    await outbox.add([draft('other', { held: 'flood' }), about('end', 'end', { held: 'flood' })], AT);
    expect(idsOf(await outbox.claim(ask()))).toEqual([['other']]);
    await outbox.settle(only(await outbox.claim(ask({ now: AT + 100 }))), { kind: 'sent', at: AT + 100 });
    expect(idsOf(await outbox.claim(ask({ now: AT + 100 })))).toEqual([['end']]);
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
