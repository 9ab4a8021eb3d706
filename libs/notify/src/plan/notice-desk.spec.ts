import { FakeClock } from '@anmai/testing';
import { AT, CHINA_MS, noticeOf, recipientOf } from '../testing/builders';
import { MemoryOutbox } from '../testing/memory-outbox';
import { NoticeDesk } from './notice-desk';
import type { Directory } from './route';

const directory: Directory = {
  recipients: new Map(['a', 'b'].map(id => [id, recipientOf(id, { role: id })])),
  rotas: new Map(),
  routes: [
    {
      id: 'gas',
      orgId: 'city',
      groups: [],
      from: 'blue',
      tiers: [
        { afterMs: 0, audiences: [{ kind: 'role', role: 'a', of: 'owner' }] },
        { afterMs: 60_000, audiences: [{ kind: 'role', role: 'b', of: 'owner' }] },
      ],
    },
  ],
  fallbackRecipientId: null,
  utcOffsetMs: CHINA_MS,
};

function bench() {
  const clock = new FakeClock(AT);
  const outbox = new MemoryOutbox();
  const desk = new NoticeDesk({ outbox, clock, flood: { windowMs: 1_000, messagesMax: 3, redWaitMs: 10 } });
  const waiting = async (): Promise<string[]> =>
    (await outbox.claim({ now: AT * 2, leaseMs: 1, limit: 99, channels: ['email'] }))
      .flatMap(parcel => parcel.entries)
      .map(entry => `${entry.recipientId} ${entry.notice.kind} ${entry.held ?? ''}`.trim());
  return { clock, outbox, desk, waiting };
}

it('brings a change into the outbox once, however often it comes', async () => {
  const { desk, waiting } = bench();
  expect(await desk.take(noticeOf(), directory)).toEqual({ added: 1, gaps: [] });
  expect(await desk.take(noticeOf(), directory)).toEqual({ added: 0, gaps: [] });
  expect(await waiting()).toEqual(['a start']);
});

it('tells of the end those who were told, whoever is in charge by then', async () => {
  const { desk, outbox } = bench();
  await desk.take(noticeOf(), directory);
  const other = { ...directory, routes: [] };
  await desk.take(noticeOf({ changeId: 'chg-2', kind: 'end' }), other);
  const [start] = await outbox.claim({ now: AT, leaseMs: 1, limit: 9, channels: ['email'] });
  await outbox.settle(start!, { kind: 'sent', at: AT });
  const [end] = await outbox.claim({ now: AT, leaseMs: 1, limit: 9, channels: ['email'] });
  expect(end?.entries.map(entry => [entry.recipientId, entry.notice.kind])).toEqual([['a', 'end']]);
});

it('reminds the next tier once, and tells it of the end', async () => {
  const { desk, clock, waiting } = bench();
  await desk.take(noticeOf(), directory);
  const open = [{ notice: noticeOf(), noticedAt: AT }];
  const added: number[] = [];
  for (let i = 0; i < 4; i++) {
    added.push((await desk.remind(open, directory)).added);
    clock.advance(30_000);
  }
  expect(added).toEqual([0, 0, 1, 0]);
  await desk.take(noticeOf({ changeId: 'chg-9', kind: 'blind' }), directory);
  expect(await waiting()).toEqual(['a start', 'b unanswered', 'a blind', 'b blind']);
});

it('counts the flood by what is in the outbox, and no repetition', async () => {
  const { desk, clock, waiting } = bench();
  for (const id of ['1', '2', '2', '2', '3', '4'])
    await desk.take(noticeOf({ changeId: id, subjectId: id }), directory);
  clock.advance(1_001);
  await desk.take(noticeOf({ changeId: '5', subjectId: '5' }), directory);
  expect((await waiting()).sort()).toEqual(['a start', 'a start', 'a start', 'a start', 'a start flood']);
});

it('does not let what was said before count as a flood of reminders', async () => {
  const { desk, clock, waiting } = bench();
  const open = ['1', '2', '3', '4'].map(id => ({
    notice: noticeOf({ changeId: id, subjectId: id }),
    noticedAt: AT,
  }));
  clock.advance(60_000);
  await desk.remind(open.slice(0, 3), directory);
  clock.advance(1_001);
  expect((await desk.remind(open, directory)).added).toBe(1);
  expect((await waiting()).every(line => line === 'b unanswered')).toBe(true);
});
