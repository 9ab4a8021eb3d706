import { derivedId, type Millis } from '@anmai/kernel';
import type { BuildingEvent, BuildingEventKind } from '../event';
import type { BuildingFile } from './file';
import { stableText } from './stable-text';

/** One write of a file: the version that it made, when, and by whom. */
export interface FileWrite {
  readonly version: number;
  readonly at: Millis;
  readonly actor: string;
}

/** Names of the fields that differ, in the order of the file. */
export const changedFields = (before: BuildingFile, after: BuildingFile): (keyof BuildingFile)[] =>
  (Object.keys(after) as (keyof BuildingFile)[]).filter(
    key => stableText(before[key]) !== stableText(after[key]),
  );

/**
 * What a write tells the timeline: that the file was made or changed, and each work or document that it brought. Works stand
 * at the start of their year, since no more is known. The same write again has the same ids.
 */
export function fileEvents(
  before: BuildingFile | null,
  after: BuildingFile,
  write: FileWrite,
): BuildingEvent[] {
  const { version, at, actor } = write;
  const event = (
    kind: BuildingEventKind,
    change: string,
    when: Millis,
    detail: Readonly<Record<string, unknown>>,
    n = 0,
  ): BuildingEvent => ({
    id: derivedId('bev', after.id, kind, change, version, n),
    ...{ buildingId: after.id, at: when, kind, change, refId: null, actor, detail },
  });
  const fields = before === null ? [] : changedFields(before, after);
  const events: BuildingEvent[] = [];
  if (before === null) events.push(event('file', 'created', at, {}));
  else if (fields.length > 0) events.push(event('file', 'changed', at, { fields }));
  added(before?.renovations, after.renovations).forEach((work, n) =>
    events.push(event('renovation', 'noted', startOf(work.year, at), { ...work }, n)),
  );
  added(before?.reinforcements, after.reinforcements).forEach((work, n) =>
    events.push(event('reinforcement', 'noted', startOf(work.year, at), { ...work }, n)),
  );
  added(before?.documents, after.documents).forEach((document, n) =>
    events.push(event('document', 'added', at, { ...document }, n)),
  );
  return events;
}

function added<T>(before: readonly T[] | undefined, after: readonly T[]): T[] {
  const known = new Set((before ?? []).map(stableText));
  return after.filter(one => !known.has(stableText(one)));
}

const startOf = (year: number | null, otherwise: Millis): Millis =>
  year === null ? otherwise : Math.min(Date.UTC(year, 0, 1), otherwise);
