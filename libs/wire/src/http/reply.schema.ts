import { z } from 'zod';
import { VERDICTS } from '@anmai/alarms';
import type * as A from './shapes-all';
import { geometrySchema } from './registry.schema';
import { conditionSchema } from './condition.schema';
import { limitSourceSchema } from './limit.schema';
import { roleSchema } from './account.schema';
import type { Reply } from './reply-of';
import { isoSchema } from './text.schema';

/*
 * What the API answers, for the published description and for tests that hold real replies against it. The compiler
 * holds each schema against its type in api-shapes.ts.
 */

const iso = isoSchema;
const isoOrNull = iso.nullable();
const textOrNull = z.string().nullable();
const severity = z.enum(['blue', 'yellow', 'orange', 'red']);
const quality = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)]);
const version = z.int().min(1);
const STATE_WORDS = [
  'NORM',
  'UNACK',
  'ACKED',
  'RTNUN',
  'LATCH_UNACK',
  'LATCH_ACKED',
  'SHLVD',
  'DSUPR',
  'OOSRV',
] as const;

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: textOrNull });

export const problemReply: Reply<A.Problem> = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  remedy: z.string(),
  faults: z.array(z.object({ at: z.string(), message: z.string() })).exactOptional(),
  currentVersion: z.int().exactOptional(),
});

export const tokenReply: Reply<A.TokenReply> = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.int(),
});
export const meReply: Reply<A.MeShape> = z.object({
  username: z.string(),
  displayName: z.string(),
  role: roleSchema,
  orgId: z.string(),
});
export const userReply: Reply<A.UserShape> = z.object({
  username: z.string(),
  displayName: z.string(),
  role: roleSchema,
  orgId: z.string(),
  disabled: z.boolean(),
  lockedUntil: isoOrNull,
  createdAt: iso,
  version,
});
export const orgReply: Reply<A.OrgShape> = z.object({
  id: z.string(),
  name: z.string(),
  parentId: textOrNull,
  path: z.array(z.string()),
  version,
});

const state: Reply<A.StateShape> = z.object({
  severity: severity.nullable(),
  blind: z.boolean(),
  unacknowledged: z.boolean(),
});
export const readingReply: Reply<A.ReadingShape> = z.object({
  at: iso,
  value: z.number().nullable(),
  quality,
});

export const assetReply: Reply<A.AssetShape> = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  geometry: geometrySchema.nullable(),
  parentId: textOrNull,
  orgId: z.string(),
  links: z.array(z.string()),
  properties: z.record(z.string(), z.unknown()),
  version,
  state,
});
export const deviceReply: Reply<A.DeviceShape> = z.object({
  id: z.string(),
  name: z.string(),
  assetId: textOrNull,
  model: textOrNull,
  version,
  lastSeenAt: isoOrNull,
  online: z.boolean(),
});
export const sensorReply: Reply<A.SensorShape> = z.object({
  id: z.string(),
  name: z.string(),
  assetId: z.string(),
  deviceId: z.string(),
  channel: z.string(),
  quantity: z.string(),
  unit: z.string(),
  expectedEverySeconds: z.number(),
  range: z.object({ min: z.number(), max: z.number() }).nullable(),
  version,
  latest: readingReply.nullable(),
  state,
});
export const newCredentialReply: Reply<A.NewCredentialShape> = z.object({
  username: z.string(),
  password: z.string(),
});
export const commandReply: Reply<A.CommandReply> = z.object({ topic: z.string(), sentAt: iso });
export const credentialReply: Reply<A.CredentialShape> = z.object({
  username: z.string(),
  createdAt: iso,
  revokedAt: isoOrNull,
});
export const importReply: Reply<A.ImportReply> = z.object({
  orgs: z.int(),
  assets: z.int(),
  devices: z.int(),
  sensors: z.int(),
});

export const readingsReply: Reply<A.ReadingsReply> = z.object({
  rows: z.array(readingReply),
  truncated: z.boolean(),
});
export const seriesReply: Reply<A.SeriesReply> = z.object({
  rows: z.array(readingReply),
  source: z.enum(['raw', '1m', '1h', '1d']),
  unit: z.string(),
});

const scopeReply = z.object({
  sensorIds: z.array(z.string()).optional(),
  quantity: z.string().optional(),
  assetKind: z.string().optional(),
  orgId: z.string().optional(),
  grade: z.string().optional(),
});
const ruleFields = {
  id: z.string(),
  version,
  name: z.string(),
  enabled: z.boolean(),
  appliesTo: scopeReply,
  condition: conditionSchema,
  source: limitSourceSchema,
  latched: z.boolean().optional(),
};
const coverageReply = z.object({
  sensors: z.int(),
  learning: z.int(),
  blind: z.int(),
  faultCount: z.int(),
  faults: z.array(z.object({ sensorId: z.string(), reason: z.string() })),
});

export const ruleReply: Reply<A.RuleShape> = z.object({ ...ruleFields, coverage: coverageReply.optional() });
export const ruleVersionsReply: Reply<{ items: readonly A.RuleVersionShape[] }> = z.object({
  items: z.array(z.object({ ...ruleFields, at: iso, actor: z.string() })),
});

const lifeFields = {
  state: z.enum(STATE_WORDS).optional(),
  calling: z.boolean().optional(),
  suppressedBy: z
    .object({ ruleId: z.string(), causeId: z.string(), since: iso, until: isoOrNull, reason: z.string() })
    .nullable()
    .optional(),
  outOfService: z
    .object({ windowId: z.string(), since: iso, until: iso, reason: z.string() })
    .nullable()
    .optional(),
  latched: z.boolean().optional(),
  assessment: z
    .object({
      verdict: z.enum(VERDICTS),
      note: textOrNull,
      by: z.string(),
      at: iso,
      coversRise: z.boolean(),
    })
    .nullable()
    .optional(),
  unattendedSince: isoOrNull.optional(),
  revision: z.int().optional(),
};

export const alarmReply: Reply<A.AlarmShape> = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  ruleVersion: z.int(),
  sensorId: z.string(),
  sensorName: z.string(),
  assetId: z.string(),
  assetName: z.string(),
  severity,
  condition: z.enum(['active', 'cleared', 'blind']),
  acknowledged: z.boolean(),
  shelvedUntil: isoOrNull,
  onsetAt: iso,
  raisedAt: iso,
  clearedAt: isoOrNull,
  closedAt: isoOrNull,
  evidence: z.object({
    limit: z.record(z.string(), z.union([z.number(), z.string()])),
    source: limitSourceSchema,
    readings: z.array(readingReply),
    derived: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
  }),
  history: z.array(
    z.object({
      at: iso,
      actor: z.string(),
      change: z.string(),
      reason: textOrNull,
      noEffect: z.string().optional(),
    }),
  ),
  lastN: z.int().exactOptional(),
  ...lifeFields,
});

const part = z.enum(['up', 'down', 'catching-up']);
export const healthReply: Reply<A.HealthShape> = z.object({
  at: iso,
  messagesPerSecond: z.number(),
  monitorLagMs: z.number(),
  archiverLagMs: z.number(),
  parts: z.object({ broker: part, journal: part, readings: part, records: part, monitor: part }),
  devicesOnline: z.int(),
  devicesOffline: z.int(),
  sensorsBlind: z.int(),
  rulesUnusable: z.int(),
  quarantined: z.int(),
  flood: z.object({ since: iso, count: z.int() }).nullable(),
});

export const quarantineReply: Reply<A.QuarantineShape> = z.object({
  id: z.string(),
  at: iso,
  deviceId: textOrNull,
  topic: z.string(),
  reason: z.string(),
  detail: z.string(),
  payload: z.string(),
  adoptable: z.boolean(),
});
export const adoptReply: Reply<A.AdoptReply> = z.object({
  device: deviceReply,
  sensors: z.array(sensorReply),
});
