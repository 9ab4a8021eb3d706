import { z } from 'zod';
import { FEN_MAX } from '@anmai/lifecycle';
import { countParam, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from './paging.schema';
import { idSchema, instantSchema, nameSchema, noteSchema } from './text.schema';

/** Parts of one booking or request at most. */
export const MONEY_PARTS_MAX = 2_000;
/** Text of a bank statement as CSV. */
export const STATEMENT_CHARS_MAX = 800_000;

export const POT_NAMES = ['public', 'individual'] as const;
export const SPENDING_STATES = ['asked', 'approved', 'declined', 'withdrawn', 'paid'] as const;

export const pot = z.enum(POT_NAMES).meta({
  description:
    '`public`: the public account of the city (公共账户). `individual`: owners’ own maintenance fund (个人账户).',
});
/** Whole fen, more than nothing. */
export const fenSchema = z
  .int()
  .min(1)
  .max(FEN_MAX)
  .meta({ description: 'Money in whole fen (1/100 yuan).' });
const signedFen = z
  .int()
  .min(-FEN_MAX)
  .max(FEN_MAX)
  .meta({ description: 'Money in whole fen (1/100 yuan).' });
const code = z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/, 'a code has letters and digits');
const text = noteSchema.or(z.literal('')).default('');
const accountPart = z.strictObject({ accountId: idSchema, amountFen: fenSchema });
const buildingPart = z.strictObject({ buildingId: idSchema, amountFen: fenSchema });

export const accountSchema = z
  .strictObject({
    id: idSchema.optional(),
    pot,
    kind: z.enum(['bank', 'holder']),
    orgId: idSchema,
    name: nameSchema,
    buildingId: idSchema.nullable().default(null),
    household: nameSchema.nullable().default(null),
  })
  .refine(account => account.pot === 'individual' || account.household === null, {
    message: 'a public account belongs to no household',
    path: ['household'],
  });

export const incomeSchema = z.strictObject({
  id: idSchema.optional(),
  pot,
  bankId: idSchema,
  source: code,
  at: instantSchema,
  text,
  holders: z.array(accountPart).min(1).max(MONEY_PARTS_MAX),
});

export const reversalSchema = z.strictObject({
  id: idSchema.optional(),
  at: instantSchema.optional(),
  text: noteSchema,
});

const count = z.int().min(0).max(1_000_000_000);
const voteSchema = z.strictObject({
  areaAll: count,
  areaTakePart: count,
  areaAgree: count,
  ownersAll: count,
  ownersTakePart: count,
  ownersAgree: count,
});

export const spendingSchema = z.strictObject({
  id: idSchema.optional(),
  pot,
  use: code,
  amountFen: fenSchema,
  payee: nameSchema,
  reason: noteSchema,
  holders: z.array(accountPart).min(1).max(MONEY_PARTS_MAX),
  buildings: z.array(buildingPart).max(MONEY_PARTS_MAX).default([]),
  vote: voteSchema.nullable().default(null).meta({ description: 'Of the owners; areas in whole 1/100 m².' }),
  isEmergency: z.boolean().default(false),
});

export const decisionSchema = z.strictObject({ verdict: z.enum(['approve', 'decline']), note: text });
export const paymentSchema = z.strictObject({
  bookingId: idSchema.optional(),
  bankId: idSchema,
  paidFen: fenSchema.optional().meta({ description: 'What was approved when left out; never more.' }),
  at: instantSchema.optional(),
  text,
});

export const statementSchema = z.strictObject({
  id: idSchema.optional(),
  accountId: idSchema,
  openingFen: signedFen,
  closingFen: signedFen,
  csv: z.string().min(1).max(STATEMENT_CHARS_MAX).meta({
    description: 'CSV with columns date, amount (yuan), text, reference; or 日期, 金额, 摘要, 流水号.',
  }),
});
export const matchSchema = z.strictObject({ n: z.int().min(1), bookingId: idSchema.nullable() });

const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('document'), ref: nameSchema }),
  z.strictObject({ kind: z.literal('provisional'), why: nameSchema }),
]);
const moneyCode = z.strictObject({ code, zh: nameSchema, en: nameSchema, source });
const fraction = z.tuple([z.int().min(0).max(1_000), z.int().min(1).max(1_000)]);
const potRules = z.strictObject({
  sources: z.array(moneyCode).min(1).max(50),
  uses: z.array(moneyCode).min(1).max(50),
  levels: z
    .array(z.strictObject({ uptoFen: fenSchema.nullable(), approvals: z.int().min(1).max(9) }))
    .min(1)
    .max(10),
  levelSource: source,
  vote: z.strictObject({ takePart: fraction, agree: fraction, source }).nullable(),
});
export const moneyRulesSchema = z.strictObject({
  pots: z.strictObject({ public: potRules, individual: potRules }),
});

const paging = {
  limit: countParam(1, PAGE_LIMIT_MAX, PAGE_LIMIT_DEFAULT),
  cursor: z.string().min(1).max(512).optional().meta({ description: '`nextCursor` of the page before.' }),
};
const span = { from: instantSchema.optional(), to: instantSchema.optional() };
export const accountQuery = z.strictObject({
  ...paging,
  pot: pot.optional(),
  kind: z.enum(['bank', 'holder']).optional(),
  buildingId: idSchema.optional(),
});
export const bookingQuery = z.strictObject({
  ...paging,
  ...span,
  pot: pot.optional(),
  accountId: idSchema.optional(),
  buildingId: idSchema.optional(),
});
export const requestQuery = z.strictObject({
  ...paging,
  pot: pot.optional(),
  state: z.enum(SPENDING_STATES).optional(),
});
export const spanQuery = z.strictObject(span);
export const costQuery = z.strictObject({ ...span, buildingId: idSchema.optional() });
