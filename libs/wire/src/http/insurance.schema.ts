import { z } from 'zod';
import {
  CLAIM_STATES,
  CLAIM_TRIGGERS,
  EVIDENCE_KINDS,
  FEN_MAX,
  PATROL_KINDS,
  PRODUCT_KINDS,
} from '@anmai/lifecycle';
import { fenSchema } from './money.schema';
import { countParam, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from './paging.schema';
import { idSchema, instantSchema, isoSchema as iso, nameSchema, noteSchema } from './text.schema';

/** Buildings of one policy at most. */
export const POLICY_BUILDINGS_MAX = 5_000;

const fenOrNull = fenSchema.nullable().default(null);
const text = noteSchema.or(z.literal('')).default('');

const terms = {
  kind: z.enum(PRODUCT_KINDS).meta({
    description: '`building`: buildings in use. `newBuild`: defects of new buildings (IDI), another product.',
  }),
  product: nameSchema,
  policyNumber: nameSchema,
  insurer: nameSchema,
  payer: z.enum(['government', 'owners', 'property', 'developer', 'other']),
  premiumFen: fenOrNull,
  triggers: z.array(z.enum(CLAIM_TRIGGERS)).min(1).max(10),
  deductibleFen: z.int().min(0).max(FEN_MAX).default(0),
  ownersShareBp: z
    .int()
    .min(0)
    .max(10_000)
    .default(0)
    .meta({ description: 'Hundredths of a percent: 3000 is 30 %.' }),
  duties: z
    .array(z.strictObject({ kind: z.enum(PATROL_KINDS), timesPerYear: z.int().min(1).max(52) }))
    .max(10)
    .default([]),
  patrolsAfterEvents: z.boolean().default(false),
};
const limits = {
  perM2Fen: fenOrNull,
  perBuildingFen: fenOrNull,
  perEventFen: fenOrNull,
  perPersonFen: fenOrNull,
  totalFen: fenOrNull,
};

export const policySchema = z.strictObject({
  id: idSchema.optional(),
  orgId: idSchema,
  ...terms,
  startsAt: instantSchema,
  endsAt: instantSchema,
  limits: z.strictObject(limits),
  covers: z
    .array(
      z.strictObject({
        buildingId: idSchema,
        areaM2: z.number().positive().max(10_000_000).nullable().default(null),
      }),
    )
    .min(1)
    .max(POLICY_BUILDINGS_MAX)
    .refine(
      covers => new Set(covers.map(cover => cover.buildingId)).size === covers.length,
      'a building stands once',
    ),
});

export const patrolSchema = z.strictObject({
  id: idSchema.optional(),
  buildingId: idSchema,
  kind: z.enum(PATROL_KINDS),
  at: instantSchema,
  doneBy: nameSchema,
  findings: text,
});

export const evidenceSchema = z.strictObject({
  kind: z.enum(EVIDENCE_KINDS),
  refId: z.string().min(1).max(200),
  note: text,
});
export const claimSchema = z.strictObject({
  id: idSchema.optional(),
  policyId: idSchema,
  buildingId: idSchema,
  trigger: z.enum(CLAIM_TRIGGERS),
  happenedAt: instantSchema,
  people: z.int().min(0).max(100_000).default(0),
  evidence: z.array(evidenceSchema).max(100).default([]),
  description: noteSchema,
});
export const claimStepSchema = z.strictObject({
  to: z.enum(CLAIM_STATES),
  lossFen: fenSchema.optional(),
  paidFen: fenSchema.optional(),
  note: text,
});

const paging = {
  limit: countParam(1, PAGE_LIMIT_MAX, PAGE_LIMIT_DEFAULT),
  cursor: z.string().min(1).max(512).optional().meta({ description: '`nextCursor` of the page before.' }),
};
export const policyQuery = z.strictObject({
  ...paging,
  kind: z.enum(PRODUCT_KINDS).optional(),
  buildingId: idSchema.optional(),
  endsBefore: instantSchema.optional(),
});
export const claimQuery = z.strictObject({
  ...paging,
  policyId: idSchema.optional(),
  buildingId: idSchema.optional(),
  state: z.enum(CLAIM_STATES).optional(),
});
export const patrolQuery = z.strictObject({ buildingId: idSchema.optional() });

const fen = z.int().nullable();
const policyFields = {
  id: z.string(),
  orgId: z.string(),
  kind: z.enum(PRODUCT_KINDS),
  product: z.string(),
  policyNumber: z.string(),
  insurer: z.string(),
  payer: terms.payer,
  premiumFen: fen,
  startsAt: iso,
  endsAt: iso,
  triggers: z.array(z.enum(CLAIM_TRIGGERS)),
  limits: z.object({
    perM2Fen: fen,
    perBuildingFen: fen,
    perEventFen: fen,
    perPersonFen: fen,
    totalFen: fen,
  }),
  deductibleFen: z.int(),
  ownersShareBp: z.int(),
  duties: z.array(z.object({ kind: z.enum(PATROL_KINDS), timesPerYear: z.int() })),
  patrolsAfterEvents: z.boolean(),
  state: z.enum(['planned', 'inForce', 'expiring', 'expired']),
  buildings: z.int(),
  version: z.int(),
};
export const policyRowReply = z.object(policyFields);
export type PolicyRowShape = z.infer<typeof policyRowReply>;
export const policyReply = z.object({
  ...policyFields,
  covers: z.array(
    z.object({
      buildingId: z.string(),
      areaM2: z.number().nullable(),
      sumFen: fen.meta({
        description: 'Insured for at most; null: the policy names no sum, or the area is not known.',
      }),
    }),
  ),
});
export type PolicyShape = z.infer<typeof policyReply>;

const slotStates = ['fulfilled', 'late', 'overdue', 'due', 'ahead'] as const;
export const dutiesReply = z.object({
  counts: z.record(z.enum(slotStates), z.int()),
  buildings: z.array(
    z.object({
      buildingId: z.string(),
      slots: z.array(
        z.object({
          kind: z.enum(PATROL_KINDS),
          from: iso,
          to: iso,
          state: z.enum(slotStates),
          patrolId: z.string().nullable(),
        }),
      ),
    }),
  ),
});
export type DutiesShape = z.infer<typeof dutiesReply>;

export const patrolReply = z.object({
  id: z.string(),
  policyId: z.string(),
  buildingId: z.string(),
  kind: z.enum(PATROL_KINDS),
  at: iso,
  doneBy: z.string(),
  findings: z.string(),
  actor: z.string(),
});
export type PatrolShape = z.infer<typeof patrolReply>;

export const claimReply = z.object({
  id: z.string(),
  policyId: z.string(),
  buildingId: z.string(),
  trigger: z.enum(CLAIM_TRIGGERS),
  state: z.enum(CLAIM_STATES),
  nextStates: z.array(z.enum(CLAIM_STATES)),
  happenedAt: iso,
  reportedAt: iso,
  description: z.string(),
  people: z.int(),
  lossFen: fen,
  payableFen: fen,
  paidFen: fen,
  evidence: z.array(z.object({ kind: z.enum(EVIDENCE_KINDS), refId: z.string(), note: z.string() })),
  version: z.int(),
});
export type ClaimShape = z.infer<typeof claimReply>;
