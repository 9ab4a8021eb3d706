import { z } from 'zod';
import { CHANNEL_CHARS_MAX, RECORDS_MAX, UNIT_CHARS_MAX } from './telemetry';

const seconds = z.number();
const unit = z.string().max(UNIT_CHARS_MAX);
const channel = z
  .string()
  .min(1)
  .max(CHANNEL_CHARS_MAX)

  .regex(/^[^\u0000-\u001f\u007f\ufffd]*$/);

const base = {
  bn: z.string().optional(),
  bt: seconds.optional(),
  bu: unit.optional(),
  bv: z.number().optional(),
  bver: z.number().max(10).optional(),
};
const measure = {
  n: z.string().optional(),
  u: unit.optional(),
  t: seconds.optional(),
};
const absent = z.undefined().optional();

/**
 * One SenML record (RFC 8428) that is taken whole: base fields alone, or with one numeric or boolean value.
 */
const senmlRecord = z
  .union([
    z.looseObject({ ...base, n: absent, v: absent, vb: absent, vs: absent, vd: absent, s: absent }),
    z.looseObject({ ...base, ...measure, v: z.number().nullable(), vb: absent, vs: absent, vd: absent }),
    z.looseObject({ ...base, ...measure, v: absent, vb: z.boolean(), vs: absent, vd: absent }),
  ])
  .refine(record => !Object.keys(record).some(label => label.endsWith('_')));

const isBaseOnly = ({ n, v, vb }: Record<string, unknown>): boolean =>
  n === undefined && v === undefined && vb === undefined;

/** A pack whose names, base name included, are all usable and whose values do not run over. */
export const senmlPackSchema = z
  .array(senmlRecord)
  .min(1)
  .max(RECORDS_MAX)
  .refine(pack => {
    let baseName = '';
    let baseValue = 0;
    return pack.every(record => {
      const { bn, bv, n, v } = record as { bn?: string; bv?: number; n?: string; v?: number | null };
      baseName = bn ?? baseName;
      baseValue = bv ?? baseValue;
      if (isBaseOnly(record)) return true;
      return channel.safeParse(baseName + (n ?? '')).success && Number.isFinite((v ?? 0) + baseValue);
    });
  })
  .refine(pack => pack.some(record => !isBaseOnly(record)));

const values = z.record(channel, z.union([z.number(), z.boolean(), z.null()]));
const plainEntry = z.union([
  z.looseObject({ ts: z.number().optional(), values }),
  values.refine(entry => entry['ts'] === undefined),
]);

/** The plain form: at least one value, at most 1,000 over all entries. */
export const plainPackSchema = z
  .array(plainEntry)
  .min(1)
  .max(RECORDS_MAX)
  .refine(pack => {
    const count = pack.reduce<number>((sum, entry) => sum + valueCount(entry), 0);
    return count >= 1 && count <= RECORDS_MAX;
  });

const valueCount = (entry: Record<string, unknown>): number =>
  Object.keys(typeof entry['values'] === 'object' && entry['values'] !== null ? entry['values'] : entry)
    .length;
