import { z } from 'zod';
import { LIFELINE_GROUPS, type LifelineGroup } from '@anmai/catalog';
import { DAY_MS } from '@anmai/kernel';
import { severitySchema } from './limit.schema';
import { countParam, pageQuery } from './paging.schema';
import { idSchema, instantSchema, nameSchema } from './text.schema';

export const CONTACTS_MAX = 20;
export const QUIET_MAX = 20;
export const ROUTES_MAX = 500;
export const TIERS_MAX = 10;
export const AUDIENCES_MAX = 50;
export const ROTAS_MAX = 100;
export const SHIFTS_MAX = 200;
/** The longest that a tier may wait for an answer. */
export const TIER_SECONDS_MAX = 7 * 86_400;
const DAY_MINUTES = 1_440;

const ids = z.array(idSchema).max(AUDIENCES_MAX);
const uniqueIds = (items: readonly { readonly id: string }[]): boolean =>
  new Set(items.map(item => item.id)).size === items.length;
const TWICE = 'an id is there twice';

/** Minutes since local midnight; the end may lie in the next day: 22:00 to 07:00 is 1320 to 1860. */
const span = {
  fromMinute: z.int().min(0).max(DAY_MINUTES - 1),
  toMinute: z.int().min(1).max(2 * DAY_MINUTES),
}; // prettier-ignore
const isSpan = (each: { fromMinute: number; toMinute: number }): boolean =>
  each.toMinute > each.fromMinute && each.toMinute - each.fromMinute <= DAY_MINUTES;
const SPAN_FAULT = {
  message: '`toMinute` must be after `fromMinute`, by a day at most',
  path: ['toMinute'],
};

export const channelNameSchema = idSchema.meta({ description: 'Name of a channel.', example: 'email' });

const contactSchema = z.strictObject({
  channel: channelNameSchema,
  address: z
    .string()
    .trim()
    .min(1)
    .max(320)
    .regex(/^[^\p{Cc}]+$/u, 'must not hold control characters')
    .meta({ description: 'Mail address or number; of a robot or webhook the name of the group.' }),
  from: severitySchema.default('blue').meta({ description: 'Used from this severity up.' }),
});
const quietSchema = z
  .strictObject({ ...span, upTo: z.enum(['blue', 'yellow', 'orange']) })
  .refine(isSpan, SPAN_FAULT);

/** PUT /notify/contacts/{username} */
export const contactsSchema = z.strictObject({
  language: z.enum(['zh', 'en']).default('zh'),
  contacts: z.array(contactSchema).max(CONTACTS_MAX),
  quiet: z.array(quietSchema).max(QUIET_MAX).default([]),
});

const groups = Object.keys(LIFELINE_GROUPS) as [LifelineGroup, ...LifelineGroup[]];
const audienceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('role'), role: z.string().min(1).max(40), of: z.enum(['owner', 'line']) }),
  z.strictObject({ kind: z.literal('rota'), rotaId: idSchema }),
  z.strictObject({ kind: z.literal('recipient'), recipientId: idSchema }),
]);
const tierSchema = z.strictObject({
  afterSeconds: z.int().min(0).max(TIER_SECONDS_MAX).default(0).meta({
    description: 'Told when nobody has acknowledged so long after the tier before; of the first it does not count.',
  }), // prettier-ignore
  audiences: z.array(audienceSchema).min(1).max(AUDIENCES_MAX),
});
/** What a route tells of. */
export const ROUTE_SUBJECTS = ['alarms', 'incidents', 'both'] as const;

const routeSchema = z.strictObject({
  id: idSchema,
  orgId: idSchema,
  about: z.enum(ROUTE_SUBJECTS).default('incidents').meta({
    description:
      'Each alarm belongs to an incident. Whoever is told of an incident is told of its single alarms only by a route for both.',
  }),
  groups: z.array(z.enum(groups)).max(groups.length).default([]),
  from: severitySchema,
  tiers: z.array(tierSchema).min(1).max(TIERS_MAX),
});

/** PUT /notify/routes */
export const routesSchema = z.strictObject({
  items: z.array(routeSchema).max(ROUTES_MAX).refine(uniqueIds, TWICE),
  fallback: idSchema.nullable().optional().meta({
    description: 'Who is told of what nobody else can be told of; left out: as it is.',
  }), // prettier-ignore
});

const shiftSchema = z
  .strictObject({ weekday: z.int().min(1).max(7), ...span, recipientIds: ids })
  .refine(isSpan, SPAN_FAULT);
const exceptionSchema = z
  .strictObject({ from: instantSchema, to: instantSchema, recipientIds: ids, reason: nameSchema })
  .refine(each => each.from < each.to && each.to - each.from <= 366 * DAY_MS, {
    message: '`to` must be after `from`, by a year at most',
    path: ['to'],
  });

/** PUT /notify/rota */
export const rotaSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: idSchema,
        name: nameSchema,
        orgId: idSchema,
        shifts: z.array(shiftSchema).max(SHIFTS_MAX),
        exceptions: z.array(exceptionSchema).max(SHIFTS_MAX).default([]),
      }),
    )
    .max(ROTAS_MAX)
    .refine(uniqueIds, TWICE),
});

/** POST /notify/test */
export const notifyTestSchema = z.strictObject({ channel: channelNameSchema, username: idSchema });

export const MESSAGE_STATES = ['queued', 'sending', 'sent', 'failed', 'dead'] as const;
export const notifyOutboxQuery = z.strictObject({
  ...pageQuery.shape,
  state: z.enum(MESSAGE_STATES).optional(),
  channel: channelNameSchema.optional(),
});

/** GET /alarms/{id}/cap */
export const capQuery = z.strictObject({
  n: countParam(1, 1_000_000, 1_000_000).meta({
    description: 'Which message about the alarm: 1 is the first. Left out: the newest.',
  }), // prettier-ignore
});
