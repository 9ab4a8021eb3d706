import { type ClaimRequest, type NotificationOutbox, type Parcel } from '../outbox/notification-outbox.port';
import type { Draft } from '../outbox/entry';
import { AT, draftOf } from './builders';

/** What a suite needs of an implementation: a new empty one, and the same one opened again after its process is gone. */
export interface OutboxUnderTest {
  open(): Promise<NotificationOutbox>;
  reopen(outbox: NotificationOutbox): Promise<NotificationOutbox>;
}

export const LEASE_MS = 60_000;
export const ask = (fields: Partial<ClaimRequest> = {}): ClaimRequest => ({
  now: AT,
  leaseMs: LEASE_MS,
  limit: 100,
  channels: ['email'],
  ...fields,
});
/** A draft of its own change, and of its own subject unless one is given. */
export const draft = (
  id: string,
  fields: Partial<Draft> = {},
  notice: Partial<Draft['notice']> = {},
): Draft => draftOf(fields, { changeId: id, subjectId: `subject-of-${id}`, ...notice });
export const idsOf = (parcels: readonly Parcel[]): string[][] =>
  parcels.map(parcel => parcel.entries.map(entry => entry.notice.changeId));
export const only = (parcels: readonly Parcel[]): Parcel => {
  expect(parcels).toHaveLength(1);
  return parcels[0]!;
};
