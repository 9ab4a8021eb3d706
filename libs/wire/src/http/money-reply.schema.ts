import { z } from 'zod';
import { moneyRulesSchema, POT_NAMES, SPENDING_STATES } from './money.schema';
import { isoSchema as iso } from './text.schema';

const pot = z.enum(POT_NAMES);
const fen = z.int();
const textOrNull = z.string().nullable();

export const accountReply = z.object({
  id: z.string(),
  pot,
  kind: z.enum(['bank', 'holder']),
  orgId: z.string(),
  name: z.string(),
  buildingId: textOrNull,
  household: textOrNull,
  heldFen: fen.meta({ description: 'What it has.' }),
  reservedFen: fen.meta({ description: 'Approved and not yet paid.' }),
  freeFen: fen,
  openedAt: iso,
});
export type AccountShape = z.infer<typeof accountReply>;

export const bookingReply = z.object({
  id: z.string(),
  seq: z.int(),
  pot,
  orgId: z.string(),
  kind: z.enum(['income', 'spending', 'reversal']),
  code: z.string(),
  at: iso,
  writtenAt: iso,
  actor: z.string(),
  text: z.string(),
  requestId: textOrNull,
  reverses: textOrNull,
  reversedBy: textOrNull,
  amountFen: fen.meta({ description: 'What the bank account got (positive) or gave (negative).' }),
  lines: z.array(
    z.object({
      accountId: z.string(),
      amountFen: fen.meta({ description: 'Debit positive, credit negative.' }),
      buildingId: textOrNull,
    }),
  ),
});
export type BookingShape = z.infer<typeof bookingReply>;

export const requestReply = z.object({
  id: z.string(),
  pot,
  orgId: z.string(),
  use: z.string(),
  amountFen: fen,
  payee: z.string(),
  reason: z.string(),
  holders: z.array(z.object({ accountId: z.string(), amountFen: fen })),
  buildings: z.array(z.object({ buildingId: z.string(), amountFen: fen })),
  vote: z
    .object({
      areaAll: z.int(),
      areaTakePart: z.int(),
      areaAgree: z.int(),
      ownersAll: z.int(),
      ownersTakePart: z.int(),
      ownersAgree: z.int(),
    })
    .nullable(),
  isEmergency: z.boolean(),
  state: z.enum(SPENDING_STATES),
  askedBy: z.string(),
  askedAt: iso,
  rulesVersion: z.int(),
  approvalsNeeded: z.int(),
  decisions: z.array(
    z.object({ by: z.string(), at: iso, verdict: z.enum(['approve', 'decline']), note: z.string() }),
  ),
  bookingId: textOrNull,
});
export type RequestShape = z.infer<typeof requestReply>;

export const moneyRulesReply = moneyRulesSchema.extend({ version: z.int() });
export type MoneyRulesShape = z.infer<typeof moneyRulesReply>;

export const moneySummaryReply = z.object({
  from: iso,
  to: iso,
  pots: z.array(
    z.object({
      pot,
      heldFen: fen,
      reservedFen: fen,
      accounts: z.int(),
      flows: z.array(z.object({ kind: z.enum(['income', 'spending']), code: z.string(), amountFen: fen })),
    }),
  ),
});
export type MoneySummaryShape = z.infer<typeof moneySummaryReply>;

export const costsReply = z.object({
  items: z.array(z.object({ buildingId: z.string(), use: z.string(), spentFen: fen })),
});
export type CostsShape = z.infer<typeof costsReply>;

export const statementReply = z.object({
  id: z.string(),
  accountId: z.string(),
  openingFen: fen,
  closingFen: fen,
  actor: z.string(),
  at: iso,
  matched: z.int(),
  lines: z.array(
    z.object({
      n: z.int(),
      at: iso,
      amountFen: fen,
      text: z.string(),
      reference: z.string(),
      bookingId: textOrNull,
      matchedBy: textOrNull,
      proposals: z.array(z.string()).meta({ description: 'Bookings that fit; a person says which.' }),
    }),
  ),
  onlyBooks: z.array(z.string()),
});
export type StatementShape = z.infer<typeof statementReply>;

export const estimateReply = z.object({
  from: iso,
  to: iso,
  hasPlan: z
    .boolean()
    .meta({ description: 'False: nothing is known of what is due; the need is not known either.' }),
  uses: z.array(z.object({ use: z.string(), buildings: z.int(), needFen: fen, unknown: z.int() })),
  needFen: fen,
  unknown: z.int(),
  freeFen: fen,
  gapFen: fen,
  prices: z.array(z.object({ use: z.string(), perM2Fen: fen, minimumFen: fen, isProvisional: z.boolean() })),
});
export type EstimateShape = z.infer<typeof estimateReply>;
