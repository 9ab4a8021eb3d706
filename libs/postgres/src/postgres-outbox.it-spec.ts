import { Database } from './database';
import { notificationOutboxContract } from '@anmai/notify/testing/notification-outbox.contract';
import { AT, draftOf } from '@anmai/notify/testing/builders';
import type { NotificationOutbox, Parcel } from '@anmai/notify';
import { PostgresOutbox } from './repositories/postgres-outbox';
import { startTestServer, TestClock, type TestServer } from './testing/test-server';

let server: TestServer;
let schema: string;
const opened = new Map<NotificationOutbox, Database>();
beforeAll(async () => {
  server = await startTestServer();
  ({ schema } = await server.freshRecords());
});
afterEach(async () => {
  for (const database of opened.values()) await database.close();
  opened.clear();
});
afterAll(() => server.stop());

function connect(): PostgresOutbox {
  const database = new Database({ pool: server.target, schema, clock: new TestClock() });
  const outbox = new PostgresOutbox(database);
  opened.set(outbox, database);
  return outbox;
}
async function empty(): Promise<PostgresOutbox> {
  const outbox = connect();
  await opened.get(outbox)!.read(({ query }) => query('truncate notification'));
  return outbox;
}

notificationOutboxContract('PostgreSQL', () => ({
  open: empty,
  reopen: async outbox => {
    await opened.get(outbox)?.close();
    opened.delete(outbox);
    return connect();
  },
}));

const ask = { now: AT, leaseMs: 60_000, limit: 3, channels: ['email'] };

it('gives nothing to two processes, retries and digests included', async () => {
  const one = await empty();
  const two = connect();
  const drafts = Array.from({ length: 60 }, (_, i) =>
    draftOf({ held: i % 2 === 0 ? 'flood' : null }, { changeId: `c${i}`, subjectId: `s${i}` }),
  );
  await one.add(drafts, AT);
  const seen: Parcel[] = [];
  for (let round = 0; round < 3; round++) {
    const now = AT + round;
    const given = await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? one : two).claim({ ...ask, now })),
    );
    const keys = given.flat().flatMap(parcel => parcel.entries.map(entry => entry.key));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBe(drafts.length);
    // Settled by both at once; the next round finds all of them due again, whole parcels each.
    const settle = given.flat().map((parcel, i) => {
      seen.push(parcel);
      return (i % 2 === 0 ? one : two).settle(parcel, { kind: 'failed', retryAt: now + 1, reason: 'busy' });
    });
    expect(await Promise.all(settle)).not.toContain(false);
  }
  const contents = new Map<string, Set<string>>();
  for (const { id, entries } of seen) {
    const keys = entries.map(entry => entry.key).join();
    contents.set(id, (contents.get(id) ?? new Set()).add(keys));
  }
  expect([...contents.values()].every(each => each.size === 1)).toBe(true);
});
