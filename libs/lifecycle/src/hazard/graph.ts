import type { HazardStage, HazardStepKind } from './hazard';

/** May be taken in any stage while the hazard is open: what protects people waits for no paper. */
const BESIDE = ['controlled', 'controlLifted'] as const satisfies readonly HazardStepKind[];
const EXTENSION = [
  'extensionAsked',
  'extensionGranted',
  'extensionRefused',
] as const satisfies readonly HazardStepKind[];

/** Which steps may follow. A test holds that each stage is reached and that each leads on. */
export const HAZARD_GRAPH: Readonly<Record<HazardStage, readonly HazardStepKind[]>> = {
  found: ['registered', 'dismissed', ...BESIDE],
  registered: ['registered', 'dispatched', 'appraisalCommissioned', 'dismissed', ...BESIDE],
  dispatched: ['registered', 'dispatched', 'appraisalCommissioned', 'repairStarted', 'dismissed', ...EXTENSION, ...BESIDE],
  appraising: ['registered', 'appraised', ...BESIDE],
  repairing: ['registered', 'repaired', 'dispatched', 'appraisalCommissioned', ...EXTENSION, ...BESIDE],
  repaired: ['accepted', 'sentBack', ...BESIDE],
  accepted: ['closed', 'sentBack', ...BESIDE],
  closed: ['lookedBack', 'reopened'],
  dismissed: ['reopened'],
}; // prettier-ignore

/** Where a step leads; null: it changes no stage. */
export const STAGE_AFTER: Readonly<Record<HazardStepKind, HazardStage | null>> = {
  registered: null, // only from `found`: see `stageAfter`
  dismissed: 'dismissed',
  dispatched: 'dispatched',
  appraisalCommissioned: 'appraising',
  appraised: 'dispatched',
  controlled: null,
  controlLifted: null,
  repairStarted: 'repairing',
  repaired: 'repaired',
  sentBack: 'repairing',
  accepted: 'accepted',
  closed: 'closed',
  extensionAsked: null,
  extensionGranted: null,
  extensionRefused: null,
  lookedBack: null, // `recurred` opens it anew
  reopened: 'registered',
};
