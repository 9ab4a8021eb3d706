import { z } from 'zod';
import { CITY_KEYS } from '@anmai/lifecycle';
import { isoSchema as iso } from './text.schema';

export const cityQuery = z.strictObject({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'a month is written 2026-11')
    .optional()
    .meta({ description: 'The running month when left out.' }),
  district: z.string().trim().min(1).max(100).optional(),
});
export const reportQuery = cityQuery.extend({ language: z.enum(['zh', 'en']).default('zh') });

const share = z.object({
  numerator: z.int(),
  denominator: z.int(),
  share: z.number().nullable().meta({ description: '0 to 1; null: no data, which is no good figure.' }),
  status: z.enum(['met', 'missed', 'noData']),
});
export const cityReply = z.object({
  month: z.string(),
  isRunning: z.boolean().meta({ description: 'The month is not over: figures of states are as of now.' }),
  at: iso,
  items: z.array(
    share.extend({
      key: z.enum(CITY_KEYS),
      kind: z.enum(['state', 'flow']),
      unit: z.enum(['count', 'fen']),
      target: z.number(),
      why: z.string().nullable().meta({ description: 'Why there is no data: a code.' }),
      districts: z.array(share.extend({ district: z.string() })),
      history: z.array(share.extend({ month: z.string() })),
    }),
  ),
});
export type CityShape = z.infer<typeof cityReply>;
