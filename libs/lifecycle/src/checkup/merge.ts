import type { Millis } from '@anmai/kernel';
import type { AnswerValue, Answers, DraftFields, Field, FieldPath, FieldWrite } from './answer';

/**
 * Merges what two devices wrote, field by field. Commutative, associative and idempotent, so that it does not matter
 * who sends first, how often, or over which way: of each device the newest write is kept.
 */
export function mergeDrafts(a: DraftFields, b: DraftFields): DraftFields {
  const merged: Record<FieldPath, Field> = { ...a };
  for (const [path, field] of Object.entries(b)) {
    const present = merged[path];
    merged[path] = present === undefined ? field : mergeFields(present, field);
  }
  return merged;
}

function mergeFields(a: Field, b: Field): Field {
  const merged: Record<string, FieldWrite> = { ...a };
  for (const [deviceId, write] of Object.entries(b)) {
    const present = merged[deviceId];
    if (present === undefined || isNewer(write, present)) merged[deviceId] = write;
  }
  return merged;
}

/** A total order of the writes of one device; of the same write, the one that the server set right wins. */
function isNewer(a: FieldWrite, b: FieldWrite): boolean {
  if (a.n !== b.n) return a.n > b.n;
  if ((a.offsetMs === null) !== (b.offsetMs === null)) return a.offsetMs !== null;
  return canonical(a) > canonical(b);
}

/** The writes that no other one replaced. More than one value among them is a conflict. */
export function liveWrites(field: Field): readonly FieldWrite[] {
  const writes = Object.values(field);
  return writes
    .filter(write => !writes.some(other => other !== write && (other.seen[write.deviceId] ?? -1) >= write.n))
    .sort(byPrecedence);
}

/** `at` by the clock of the server. */
export const correctedAt = (write: FieldWrite): Millis => write.at + (write.offsetMs ?? 0);

const byPrecedence = (a: FieldWrite, b: FieldWrite): number =>
  correctedAt(b) - correctedAt(a) || (a.deviceId < b.deviceId ? -1 : 1);

/** What a field shows: the newest value, and beside it those that it did not know of. */
export interface FieldView {
  readonly value: AnswerValue;
  readonly write: FieldWrite;
  /** Other values that were written at the same time on another device. Empty: no conflict. */
  readonly others: readonly FieldWrite[];
}
export function viewField(field: Field): FieldView | null {
  const [write, ...rest] = liveWrites(field);
  if (write === undefined) return null;
  const shown = canonical(write.value);
  return { value: write.value, write, others: rest.filter(other => canonical(other.value) !== shown) };
}

/** What a draft says now, each field by its shown value; answers that were taken back are left out. */
export function answersOf(fields: DraftFields): Answers {
  const answers: Record<FieldPath, AnswerValue> = {};
  for (const [path, field] of Object.entries(fields)) {
    const value = viewField(field)?.value;
    if (value !== undefined && value.kind !== 'empty') answers[path] = value;
  }
  return answers;
}

/** Paths with more than one value, in order. */
export const conflictsOf = (fields: DraftFields): readonly FieldPath[] =>
  Object.keys(fields)
    .filter(path => (viewField(fields[path]!)?.others.length ?? 0) > 0)
    .sort();

/** A write over all that the device knows of the field: it settles conflicts. */
export function writeField(field: Field | undefined, write: Omit<FieldWrite, 'seen' | 'offsetMs'>): Field {
  const seen: Record<string, number> = {};
  for (const known of Object.values(field ?? {})) {
    for (const [deviceId, n] of Object.entries({ ...known.seen, [known.deviceId]: known.n }))
      if (deviceId !== write.deviceId) seen[deviceId] = Math.max(seen[deviceId] ?? -1, n);
  }
  return { ...field, [write.deviceId]: { ...write, offsetMs: null, seen } };
}

/**
 * Sets right the clock of the phone on what came in: only writes that were not set right before, so that the same
 * write sent twice keeps its first correction.
 */
export function withOffset(fields: DraftFields, offsetMs: number): DraftFields {
  const set = (write: FieldWrite): FieldWrite => (write.offsetMs === null ? { ...write, offsetMs } : write);
  return mapWrites(fields, set);
}

export function mapWrites(fields: DraftFields, change: (write: FieldWrite) => FieldWrite): DraftFields {
  const mapped = (field: Field): Field =>
    Object.fromEntries(Object.entries(field).map(([deviceId, write]) => [deviceId, change(write)]));
  return Object.fromEntries(Object.entries(fields).map(([path, field]) => [path, mapped(field)]));
}

/** JSON with sorted keys: equal values, equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}
