import { hazardTimers, nextHazardSteps, type HazardStep, type HazardTerms } from '@anmai/lifecycle';
import type { Millis } from '@anmai/kernel';
import type { HazardFile, HazardRow } from '@anmai/postgres';
import type { HazardDetailShape, HazardShape, HazardStepBody } from '@anmai/wire';
import { iso, isoOrNull } from '../iso';

export function hazardShape(row: HazardRow, terms: HazardTerms, now: Millis): HazardShape {
  const { extension } = row;
  return {
    id: row.id,
    buildingId: row.buildingId,
    buildingName: row.buildingName,
    source: row.source,
    sourceId: row.sourceId,
    title: row.title,
    where: row.where,
    note: row.note,
    reporter: row.reporter,
    foundAt: iso(row.foundAt),
    stage: row.stage,
    stageSince: iso(row.stageSince),
    level: row.level,
    orgId: row.orgId,
    orgName: row.orgName,
    person: row.person,
    appraisalId: row.appraisalId,
    controls: row.controls.map(each => ({
      measure: each.measure,
      since: iso(each.since),
      until: isoOrNull(each.until),
    })),
    extension: extension && { ...extension, dueAt: iso(extension.dueAt) },
    extensionsGranted: row.extensionsGranted,
    controlledAt: isoOrNull(row.controlledAt),
    repairedAt: isoOrNull(row.repairedAt),
    acceptedAt: isoOrNull(row.acceptedAt),
    closedAt: isoOrNull(row.closedAt),
    lookedBackAt: isoOrNull(row.lookedBackAt),
    reopenedCount: row.reopenedCount,
    photosBefore: [...row.photosBefore],
    photosAfter: [...row.photosAfter],
    lastN: row.lastN,
    nextSteps: nextHazardSteps(row),
    timers: hazardTimers(row, terms, now).map(timer => ({ ...timer, dueAt: iso(timer.dueAt) })),
  };
}

export const hazardDetail = (
  { row, steps, overdue }: HazardFile,
  terms: HazardTerms,
  now: Millis,
): HazardDetailShape => ({
  ...hazardShape(row, terms, now),
  steps: steps.map(({ id, kind, actor, at, payload }) => ({
    ...{ id, kind, actor, at: iso(at) },
    payload: Object.fromEntries(
      Object.entries(payload).map(([key, value]) => [
        key,
        key === 'dueAt' && value !== null ? iso(value as Millis) : value,
      ]),
    ),
  })),
  overdue: overdue.map(each => ({
    ...{ kind: each.kind, escalateTo: each.escalateTo },
    ...{ dueAt: iso(each.dueAt), noticedAt: iso(each.noticedAt) },
  })),
});

/** The step that a request asks for. */
export function hazardStepOf(
  base: Pick<HazardStep, 'id' | 'hazardId' | 'actor' | 'at'>,
  body: HazardStepBody,
): HazardStep {
  const { kind, id: _id, ...payload } = body;
  // Kind and payload come out of one variant of the schema, which mirrors the steps.
  return { ...base, kind, payload } as HazardStep;
}
