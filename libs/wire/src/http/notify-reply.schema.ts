import { z } from 'zod';
import { severitySchema } from './limit.schema';
import { MESSAGE_STATES, ROUTE_SUBJECTS } from './notify.schema';

const iso = z.iso.datetime();
const isoOrNull = iso.nullable();
const language = z.enum(['zh', 'en']);
const minutes = { fromMinute: z.int(), toMinute: z.int() };

export const contactsReply = z.object({
  username: z.string(),
  language,
  contacts: z.array(z.object({ channel: z.string(), address: z.string(), from: severitySchema })),
  quiet: z.array(z.object({ ...minutes, upTo: z.enum(['blue', 'yellow', 'orange']) })),
  /** Channels that this platform does not have: messages for them wait. */
  unconfigured: z.array(z.string()),
  version: z.int(),
});
export type ContactsShape = z.infer<typeof contactsReply>;

const audience = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('role'), role: z.string(), of: z.enum(['owner', 'line']) }),
  z.object({ kind: z.literal('rota'), rotaId: z.string() }),
  z.object({ kind: z.literal('recipient'), recipientId: z.string() }),
]);
export const routesReply = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      orgId: z.string(),
      about: z.enum(ROUTE_SUBJECTS),
      groups: z.array(z.string()),
      from: severitySchema,
      tiers: z.array(z.object({ afterSeconds: z.number(), audiences: z.array(audience) })),
    }),
  ),
  fallback: z.string().nullable(),
  version: z.int(),
});
export type RoutesShape = z.infer<typeof routesReply>;

export const rotaReply = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      orgId: z.string(),
      shifts: z.array(z.object({ weekday: z.int(), ...minutes, recipientIds: z.array(z.string()) })),
      exceptions: z.array(
        z.object({ from: iso, to: iso, recipientIds: z.array(z.string()), reason: z.string() }),
      ),
      /** Spans of the next two weeks in which nobody is on duty. */
      gaps: z.array(z.object({ from: iso, to: iso })),
    }),
  ),
  version: z.int(),
});
export type RotaShape = z.infer<typeof rotaReply>;

export const messageReply = z.object({
  id: z.string(),
  recipientId: z.string(),
  channel: z.string(),
  state: z.enum(MESSAGE_STATES),
  /** Why it waits to go out together with others. */
  held: z.enum(['quiet', 'flood']).nullable(),
  attempts: z.int(),
  addedAt: iso,
  nextAttemptAt: iso,
  sentAt: isoOrNull,
  /** Of the last failure. */
  reason: z.string().nullable(),
  subjectKind: z.enum(['alarm', 'incident']),
  subjectId: z.string(),
  kind: z.string(),
  severity: severitySchema,
  where: z.string(),
});
export type MessageShape = z.infer<typeof messageReply>;

export const notifyOutboxReply = z.object({
  items: z.array(messageReply),
  nextCursor: z.string().nullable(),
  counts: z.array(
    z.object({
      channel: z.string(),
      state: z.enum(MESSAGE_STATES),
      count: z.int(),
      /** Of what waits, since when the first should have gone; in the future: nothing is late. */
      oldestAt: isoOrNull,
      /** false: this platform has no such channel, and what is queued for it waits. */
      configured: z.boolean(),
    }),
  ),
  /** Changes of alarms and incidents that were not looked at yet. */
  changesWaiting: z.int(),
  /** Changes that should have been told to somebody and were not, newest first. */
  gaps: z.array(
    z.object({
      at: iso,
      /** One of the two is null. */
      alarmId: z.string().nullable(),
      incidentId: z.string().nullable(),
      reason: z.enum(['no-route', 'nobody', 'unknown', 'no-contact']),
      recipientId: z.string().nullable(),
      /** An organisation that had to be told and has nobody who could be reached. */
      orgId: z.string().nullable(),
    }),
  ),
});
export type NotifyOutboxShape = z.infer<typeof notifyOutboxReply>;

export const notifyTestReply = z.object({
  sent: z.boolean(),
  /** Why not; holds no secret. */
  reason: z.string().nullable(),
});
export type NotifyTestShape = z.infer<typeof notifyTestReply>;
