import { z } from 'zod';
import { idSchema, instantSchema } from './text.schema';
import { ruleSchema } from './rule.schema';

/** Sensors that one backtest looks at. */
export const BACKTEST_SENSORS_MAX = 100;

/** POST /rules/backtest: a draft over what is stored, against the rule of the same id in force. */
export const backtestSchema = z
  .strictObject({
    rule: ruleSchema,
    sensorIds: z.array(idSchema).min(1).max(BACKTEST_SENSORS_MAX).optional(),
    from: instantSchema,
    to: instantSchema,
  })
  .refine(({ from, to }) => from < to, { message: '`from` must be before `to`', path: ['from'] });
export type BacktestBody = z.infer<typeof backtestSchema>;

const iso = z.iso.datetime();
const spell = z.object({
  sensorId: z.string(),
  onsetAt: iso,
  raisedAt: iso,
  clearedAt: iso.nullable(),
  severity: z.enum(['blue', 'yellow', 'orange', 'red']),
});

/** What the draft would have raised, and how that differs from the rule in force. */
export const backtestReply = z.object({
  sensors: z.int(),
  readings: z.int(),
  /** Not all readings were looked at: the window holds too many. */
  truncated: z.boolean(),
  /** Sensors that the draft covers and cannot judge. */
  faults: z.array(z.object({ sensorId: z.string(), reason: z.string() })),
  alarms: z.array(spell),
  perDay: z.array(z.object({ day: iso, count: z.int() })),
  /** null: no rule of that id is in force. */
  against: z
    .object({
      ruleVersion: z.int(),
      came: z.array(spell),
      gone: z.array(spell),
      changed: z.array(z.object({ before: spell, after: spell })),
      same: z.int(),
    })
    .nullable(),
});
export type BacktestReply = z.infer<typeof backtestReply>;
