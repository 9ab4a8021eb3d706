import type { Millis } from '@anmai/kernel';
import { STAGE_AFTER } from './graph';
import type { HazardControl, Hazard, HazardHead, HazardStage, HazardStep } from './hazard';

const begun = (head: HazardHead): Hazard => ({
  ...head,
  stage: 'found',
  level: null,
  stageSince: head.foundAt,
  ...{ orgId: null, person: null, dueAt: null, appraisalDueAt: null, appraisalId: null },
  ...{ controls: [], extension: null, extensionsGranted: 0 },
  ...{ registeredAt: null, dispatchedAt: null, controlledAt: null, repairedAt: null, repairedBy: null },
  ...{ acceptedAt: null, closedAt: null, lookedBackAt: null, reopenedCount: 0 },
  photosBefore: head.fileIds,
  photosAfter: [],
  lastN: 0,
});

/** The hazard after its steps, in the order in which they were taken. */
export const foldHazard = (head: HazardHead, steps: readonly HazardStep[]): Hazard =>
  steps.reduce(takeStep, begun(head));

function takeStep(before: Hazard, step: HazardStep): Hazard {
  const next = effect(before, step);
  const stage = stageAfter(before, step);
  const stageSince = stage === before.stage ? before.stageSince : step.at;
  return { ...next, stage, stageSince, lastN: before.lastN + 1 };
}

function stageAfter(before: Hazard, step: HazardStep): HazardStage {
  if (step.kind === 'registered') return before.stage === 'found' ? 'registered' : before.stage;
  if (step.kind === 'lookedBack') return step.payload.finding === 'recurred' ? 'registered' : before.stage;
  return STAGE_AFTER[step.kind] ?? before.stage;
}

/** What a step changes apart from the stage. */
function effect(h: Hazard, step: HazardStep): Hazard {
  const { at } = step;
  switch (step.kind) {
    case 'registered':
      return { ...h, level: step.payload.level, registeredAt: h.registeredAt ?? at };
    case 'dispatched': {
      const { orgId, person, dueAt } = step.payload;
      return { ...h, orgId, person, dueAt, dispatchedAt: h.dispatchedAt ?? at };
    }
    case 'appraisalCommissioned':
      return { ...h, appraisalDueAt: step.payload.dueAt };
    case 'appraised':
      return { ...h, appraisalId: step.payload.appraisalId, dispatchedAt: h.dispatchedAt ?? at };
    case 'controlled':
      return control(h, { measure: step.payload.measure, since: at, until: null });
    case 'controlLifted':
      return { ...h, controls: h.controls.map(each => lifted(each, step.payload.measure, at)) };
    case 'repairStarted':
      return { ...h, photosBefore: [...h.photosBefore, ...step.payload.fileIds] };
    case 'repaired': {
      const photosAfter = [...h.photosAfter, ...step.payload.fileIds];
      return { ...h, photosAfter, repairedAt: at, repairedBy: step.actor };
    }
    case 'sentBack':
      return { ...h, repairedAt: null, repairedBy: null, acceptedAt: null };
    case 'accepted':
      return { ...h, acceptedAt: at, photosAfter: [...h.photosAfter, ...step.payload.fileIds] };
    case 'closed':
      return { ...h, closedAt: at };
    case 'extensionAsked':
      return {
        ...h,
        extension: { dueAt: step.payload.dueAt, askedBy: step.actor, reason: step.payload.note },
      };
    case 'extensionGranted': {
      const dueAt = h.extension?.dueAt ?? h.dueAt;
      return { ...h, dueAt, extension: null, extensionsGranted: h.extensionsGranted + 1 };
    }
    case 'extensionRefused':
      return { ...h, extension: null };
    case 'lookedBack':
      return step.payload.finding === 'recurred'
        ? anew({ ...h, lookedBackAt: at }, at)
        : { ...h, lookedBackAt: at };
    case 'reopened':
      return anew(h, at);
    case 'dismissed':
      return { ...h, closedAt: null };
  }
}

/** A hazard that came back: found earlier, but nothing of what was done since counts. */
const anew = (h: Hazard, at: Millis): Hazard => ({
  ...h,
  ...{ registeredAt: at, dispatchedAt: null },
  ...{ orgId: null, person: null, dueAt: null, appraisalDueAt: null, extension: null },
  ...{ repairedAt: null, repairedBy: null, acceptedAt: null, closedAt: null },
  reopenedCount: h.reopenedCount + 1,
});

const control = (h: Hazard, added: HazardControl): Hazard => ({
  ...h,
  controls: [...h.controls, added],
  controlledAt: h.controlledAt ?? added.since,
});
const lifted = (each: HazardControl, measure: HazardControl['measure'], at: Millis): HazardControl =>
  each.measure === measure && each.until === null ? { ...each, until: at } : each;
