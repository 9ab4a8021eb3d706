import type { CheckupForm, DraftFields, FieldPath, FormRef } from '@anmai/lifecycle';
import type { CheckupTaskShape, FileKind, FileMeta, FileReceiptShape, MeShape, Problem } from '@anmai/wire';
import type { ClockFix } from './clock-fix';

/** A check-up that was taken along, as the server gave it. */
export interface TaskRow {
  readonly id: string;
  /** User name for whom it was taken along. Others that use the telephone do not see it. */
  readonly owner: string;
  readonly task: CheckupTaskShape;
  /** By the clock of the telephone. */
  readonly takenAt: number;
}

/** One who was on site. The drawing is a file of the check-up. */
export interface Signer {
  readonly username: string | null;
  readonly name: string;
  readonly certificate: string;
  readonly fileId: string | null;
  readonly signedAt: number | null;
}

/** `open`: being filled in. `ready`: done on the telephone, waits to be sent. `sent`: on record at the server. */
export type DraftState = 'open' | 'ready' | 'sent';

export interface DraftRow {
  readonly checkupId: string;
  readonly owner: string;
  /** Of the form with which it was begun, even if a newer one is out meanwhile. */
  readonly form: FormRef;
  readonly state: DraftState;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly signers: readonly Signer[];
  /** Greatest `n` of our own writes that the server has. */
  readonly syncedN: number;
  readonly record: { readonly id: string; readonly submittedAt: string } | null;
  /** What the server refused, in its words. */
  readonly problem: Problem | null;
}

export interface FileRow {
  /** Of this row and of its bytes: the same picture may be in two check-ups. */
  readonly key: string;
  /** The SHA-256 of its bytes, which is the name of the file everywhere. */
  readonly id: string;
  readonly owner: string;
  readonly checkupId: string;
  readonly path: FieldPath | null;
  readonly kind: FileKind;
  readonly type: string;
  readonly bytes: number;
  readonly meta: FileMeta;
  /** Small picture for lists, as a data URL. */
  readonly thumb: string | null;
  readonly uploadUrl: string | null;
  readonly sentBytes: number;
  readonly receipt: FileReceiptShape | null;
  readonly problem: Problem | null;
  /** The bytes were removed from the telephone, after the receipt and by hand. */
  readonly isCleared: boolean;
  /** Taken out of the answer again: neither sent nor named. */
  readonly isDropped: boolean;
}

/** One field of a draft as it is kept. */
export interface FieldRow {
  readonly checkupId: string;
  readonly path: FieldPath;
  readonly field: DraftFields[string];
}

/** Everything the page shows, at one moment. */
export interface Picture {
  readonly me: MeShape | null;
  readonly deviceId: string;
  readonly clock: ClockFix | null;
  /** By the clock of the telephone; null: never. */
  readonly takenAt: number | null;
  /** More were given out than a telephone takes along. */
  readonly isCut: boolean;
  readonly tasks: ReadonlyMap<string, TaskRow>;
  readonly forms: ReadonlyMap<string, CheckupForm>;
  readonly drafts: ReadonlyMap<string, DraftRow>;
  readonly fields: ReadonlyMap<string, DraftFields>;
  readonly files: ReadonlyMap<string, FileRow>;
  /** What could not be kept on this telephone; the newest. null: everything is. */
  readonly storageFault: string | null;
  /** Changes on their way to the disk of the telephone. */
  readonly unkept: number;
}

export const fileKey = (checkupId: string, id: string): string => `${checkupId}/${id}`;
export const formKey = ({ id, version }: FormRef): string => `${id}@${version}`;
export const filesOf = (picture: Picture, checkupId: string): readonly FileRow[] =>
  [...picture.files.values()].filter(file => file.checkupId === checkupId && !file.isDropped);
/** Of the writes of a device. */
export const greatestN = (fields: DraftFields, deviceId: string): number =>
  Math.max(0, ...Object.values(fields).map(field => field[deviceId]?.n ?? 0));
/** Begun on this telephone by somebody else than who is logged in: read, and not sent, until it is taken over. */
export const isOfOther = ({ me }: Picture, draft: DraftRow): boolean => draft.owner !== me?.username;
/** Taken along last by who is logged in, or begun by them before another who shares the telephone took it along. */
export const isShownTo = ({ me, drafts }: Picture, { id, owner }: TaskRow): boolean =>
  owner === me?.username || drafts.get(id)?.owner === me?.username;
