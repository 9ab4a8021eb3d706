import type { Draft } from '../outbox/entry';
import { AT } from './builders';
import { ask, draft, type OutboxUnderTest } from './outbox-under-test';

/** What the outbox tells of itself, and what it may forget. */
export function lookingContract(under: () => OutboxUnderTest): void {
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
