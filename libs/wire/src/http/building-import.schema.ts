import { z } from 'zod';
import { DUPLICATE_REASONS, GRADES } from '@anmai/lifecycle';
import type { BuildingImportShape, BuildingMapShape, DuplicatePairShape } from '../building-shapes';
import { buildingFilter, buildingSummaryReply } from './building.schema';
import { geometrySchema } from './registry.schema';
import type { Reply } from './reply-of';
import { idSchema, isoSchema, nameSchema, noteSchema } from './text.schema';

/** POST /buildings/imports, whose body is the file. */
export const buildingImportQuery = z.strictObject({
  mode: z
    .enum(['all', 'good'])
    .default('all')
    .meta({ description: '`all`: nothing is written when a row is faulty; `good`: the other rows are.' }),
  orgId: idSchema
    .optional()
    .meta({ description: 'Of rows that name no organisation; one’s own when left out.' }),
  fileName: nameSchema.default('buildings'),
});
export const buildingTemplateQuery = z.strictObject({
  format: z.enum(['csv', 'xlsx']).default('csv'),
  lang: z.enum(['zh', 'en']).default('zh'),
});

/** Both are of one building: `survivorId` goes on. */
export const mergeSchema = z.strictObject({ otherId: idSchema, reason: noteSchema });
export const keepApartSchema = z.strictObject({ reason: noteSchema });

export const buildingMapQuery = buildingFilter.extend({
  bbox: z
    .string()
    .transform(text => text.split(',').map(Number))
    .pipe(
      z.tuple([
        z.number().min(-180).max(180),
        z.number().min(-90).max(90),
        z.number().min(-180).max(180),
        z.number().min(-90).max(90),
      ]),
    )
    .refine(([west, south, east, north]) => west < east && south < north, 'west,south,east,north')
    .default([-180, -90, 180, 90])
    .meta({ description: 'west,south,east,north in degrees; the whole earth when left out.' }),
});

const count = z.int().min(0);
export const buildingImportReply: Reply<BuildingImportShape> = z.object({
  id: z.string(),
  orgId: z.string(),
  actor: z.string(),
  fileName: z.string(),
  mode: z.enum(['all', 'good']),
  state: z.enum(['reading', 'checking', 'writing', 'pairing', 'done', 'refused', 'failed']),
  rowsTotal: count.nullable(),
  rowsDone: count,
  created: count,
  updated: count,
  unchanged: count,
  faulty: count,
  warned: count,
  proposed: count,
  faults: z.array(
    z.object({
      row: z.int(),
      column: z.string(),
      level: z.enum(['error', 'warning']),
      code: z.string(),
      value: z.string(),
      message: z.string(),
    }),
  ),
  reason: z.string().nullable(),
  startedAt: isoSchema,
  endedAt: isoSchema.nullable(),
});
export const buildingImportsReply: Reply<{ items: readonly BuildingImportShape[] }> = z.object({
  items: z.array(buildingImportReply),
});

export const duplicatePairReply: Reply<DuplicatePairShape> = z.object({
  id: z.string(),
  reasons: z.array(z.enum(DUPLICATE_REASONS)),
  foundAt: isoSchema,
  building: buildingSummaryReply,
  other: buildingSummaryReply,
});

export const buildingMapReply: Reply<BuildingMapShape> = z.object({
  type: z.literal('FeatureCollection'),
  total: count,
  clustered: z.boolean(),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      geometry: geometrySchema,
      properties: z.object({
        id: z.string().nullable(),
        name: z.string().nullable(),
        grade: z.enum(GRADES).nullable(),
        count,
      }),
    }),
  ),
});
