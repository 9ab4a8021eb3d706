import { z } from 'zod';

/** Of archives that this program writes; a later one that older programs cannot read gets a greater number. */
export const ARCHIVE_FORMAT = 1;

/** First part of every archive. */
export const manifestSchema = z.object({
  product: z.literal('anmai'),
  format: z.number().int().positive(),
  /** ISO 8601. */
  takenAt: z.iso.datetime(),
  /** Raw readings before this are left out; null: none are. */
  rawFrom: z.iso.datetime().nullable(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** After the records: what their tables stand on. */
export const headSchema = z.object({
  migrations: z.array(z.string()),
  sequences: z.record(z.string(), z.number().nullable()),
});

/** Rows of one table, in the database's own text form. */
export const rowsSchema = z.array(z.string());

/** Last part: an archive without it is cut. */
export const countsSchema = z.object({
  rows: z.number().int(),
  readings: z.number().int(),
  buckets: z.number().int(),
  files: z.number().int(),
});
export type Counts = z.infer<typeof countsSchema>;

const reading = z.tuple([z.number(), z.number().nullable(), z.literal([1, 2, 3, 4, 9])]);
export const rawPartSchema = z.array(z.object({ sensorId: z.string(), rows: z.array(reading) }));

const bucket = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]);
/** Rows: at, min, max, mean, count, last. */
export const bucketPartSchema = z.array(z.object({ sensorId: z.string(), rows: z.array(bucket) }));
