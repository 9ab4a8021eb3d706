import { z } from 'zod';
import { CHECKUP_STATES, DUE_STATES, REGIME_DATA } from '@anmai/lifecycle';
import { markSchema } from './checkup-form.schema';
import { checkupPlaceReply } from './checkup-reply.schema';
import { pageQuery } from './paging.schema';
import { idSchema, nameSchema } from './text.schema';

const iso = z.iso.datetime();
const date = z.iso.date();
const place = {
  district: nameSchema.optional(),
  street: nameSchema.optional(),
};

/** GET /checkups/due */
export const dueQuery = z.strictObject({
  ...pageQuery.shape,
  ...place,
  state: z.enum(DUE_STATES).optional().meta({ description: 'Left out: overdue, due and due soon.' }),
});
/** GET /checkups/due/counts */
export const dueCountsQuery = z.strictObject(place);

const missing = z.array(z.enum(REGIME_DATA));
export const dueReply = z.object({
  building: checkupPlaceReply,
  state: z.enum(DUE_STATES),
  /** First and last day; null where none is laid down or none can be said. */
  dueFrom: date.nullable(),
  dueOn: date.nullable(),
  /** A datum is missing, and the day is the earliest that it can be. */
  isEarliest: z.boolean(),
  missing,
  designLifeAssumed: z.boolean(),
  lastOn: date.nullable(),
  rule: z.object({ id: z.string(), version: z.int(), rowId: z.string(), mark: markSchema }).nullable(),
  open: z.object({ id: z.string(), state: z.enum(CHECKUP_STATES), kind: z.string() }).nullable(),
});
export type DueShape = z.infer<typeof dueReply>;

export const dueListReply = z.object({
  items: z.array(dueReply),
  nextCursor: z.string().nullable(),
  today: date,
  /** Buildings whose dates are being reckoned anew: the list is not complete while there are any. */
  waiting: z.int(),
});
export type DueListShape = z.infer<typeof dueListReply>;

export const dueCountsReply = z.object({
  today: date,
  waiting: z.int(),
  items: z.array(
    z.object({ district: z.string(), street: z.string(), state: z.enum(DUE_STATES), count: z.int() }),
  ),
});
export type DueCountsShape = z.infer<typeof dueCountsReply>;

/** POST /checkups/rounds/preview */
export const roundFilterSchema = z.strictObject({
  year: z.int().min(2000).max(2200),
  monthFrom: z.int().min(1).max(12).default(1),
  districts: z.array(nameSchema).max(200).default([]).meta({ description: 'Empty: all.' }),
  streets: z.array(nameSchema).max(500).default([]).meta({ description: 'Empty: all.' }),
  agencyIds: z.array(idSchema).max(500).default([]).meta({ description: 'Empty: all that the caller sees.' }),
});
/** POST /checkups/rounds */
export const newRoundSchema = z.strictObject({
  ...roundFilterSchema.shape,
  id: idSchema.optional(),
  name: nameSchema,
  orgId: idSchema.optional().meta({ description: 'Whose round it is; left out: of the caller.' }),
});

export const planReply = z.object({
  planned: z.int(),
  late: z.int(),
  noAgency: z.int(),
  noCapacity: z.int(),
  byAgency: z.array(z.object({ agencyId: z.string(), months: z.array(z.int()), capacity: z.array(z.int()) })),
  byStreet: z.array(
    z.object({ district: z.string(), street: z.string(), planned: z.int(), unplanned: z.int() }),
  ),
});
export type PlanShape = z.infer<typeof planReply>;

export const roundReply = z.object({
  id: z.string(),
  orgId: z.string(),
  year: z.int(),
  name: z.string(),
  /** Check-ups by state. */
  states: z.partialRecord(z.enum(CHECKUP_STATES), z.int()),
  version: z.int(),
});
export type RoundShape = z.infer<typeof roundReply>;
export const roundsReply = z.object({ items: z.array(roundReply) });
export type RoundsShape = z.infer<typeof roundsReply>;
export const newRoundReply = z.object({ round: roundReply, plan: planReply });
export type NewRoundShape = z.infer<typeof newRoundReply>;

/** POST /checkups/calendars */
export const newCalendarSchema = z.strictObject({ agencyId: idSchema.nullable().default(null) });
export const calendarReply = z.object({
  /** The only time that the address is shown: whoever knows it reads the calendar. */
  path: z.string(),
  madeAt: iso,
});
export type CalendarShape = z.infer<typeof calendarReply>;
