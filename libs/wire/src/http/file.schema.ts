import { z } from 'zod';
import { idSchema, isoSchema, nameSchema } from './text.schema';

export const FILE_KINDS = ['photo', 'signature', 'document', 'sketch'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** Bytes at most, by what it is. */
export const FILE_KIND_BYTES_MAX: Readonly<Record<FileKind, number>> = {
  photo: 50_000_000,
  signature: 1_000_000,
  document: 100_000_000,
  sketch: 10_000_000,
};
export const FILE_META_CHARS_MAX = 4_096;

export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hex digits')
  .meta({ description: 'SHA-256 of the bytes, lower-case hex.' });

/** Degrees in WGS 84, as a telephone gives them. */
const place = z.strictObject({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  accuracyM: z.number().min(0).max(1_000_000),
  at: isoSchema.optional(),
});

/** What the sender says of a file. Nothing of it is needed; what is not known is left out, never guessed. */
export const fileMetaSchema = z.strictObject({
  name: nameSchema.optional().meta({ description: 'Name of the original file.' }),
  takenAt: isoSchema.optional().meta({ description: 'By the clock of the server, as the sender knows it.' }),
  gallery: z
    .boolean()
    .optional()
    .meta({ description: 'Chosen from the gallery rather than taken on the spot.' }),
  clockOffsetMs: z.int().optional().meta({ description: 'Clock of the server minus that of the telephone.' }),
  place: place.optional(),
  buildingId: idSchema.optional(),
  checkupId: idSchema.optional(),
  item: nameSchema.optional().meta({ description: 'Item of the form that it belongs to.' }),
  member: nameSchema.optional().meta({ description: 'Member of the structure, as the inspector named it.' }),
  inspector: nameSchema.optional(),
  watermarkOf: sha256Schema
    .optional()
    .meta({ description: 'The original of which this is the marked copy.' }),
});
export type FileMeta = z.infer<typeof fileMetaSchema>;

/** What the server read from the picture itself. */
export interface ExifShape {
  readonly takenAt: string | null;
  readonly offset: string | null;
  readonly camera: string | null;
  readonly software: string | null;
  readonly orientation: number | null;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly place: { readonly lat: number; readonly lon: number } | null;
}
export type StoredFileMeta = FileMeta & { readonly exif: ExifShape | null };

/** What is announced of an upload; also asks for the receipt of bytes that are here already. */
export const fileAnnouncement = z.strictObject({
  sha256: sha256Schema,
  bytes: z.int().min(1).max(100_000_000),
  type: z.string().min(1).max(100),
  kind: z.enum(FILE_KINDS),
  meta: fileMetaSchema.default({}),
});
export type FileAnnouncement = z.infer<typeof fileAnnouncement>;

export const fileReceipt = z.object({
  id: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  receivedAt: z.string(),
});
export type FileReceiptShape = z.infer<typeof fileReceipt>;

const degrees = z.number();
export const fileReply = z.object({
  sha256: z.string(),
  bytes: z.int(),
  type: z.string(),
  kind: z.enum(FILE_KINDS),
  meta: z.object({
    ...fileMetaSchema.shape,
    exif: z
      .object({
        takenAt: z.string().nullable(),
        offset: z.string().nullable(),
        camera: z.string().nullable(),
        software: z.string().nullable(),
        orientation: z.number().nullable(),
        widthPx: z.number().nullable(),
        heightPx: z.number().nullable(),
        place: z.object({ lat: degrees, lon: degrees }).nullable(),
      })
      .nullable(),
  }),
  buildingId: z.string().nullable(),
  uploadedBy: z.string(),
  receivedAt: z.string(),
});
export type FileShape = z.infer<typeof fileReply>;
