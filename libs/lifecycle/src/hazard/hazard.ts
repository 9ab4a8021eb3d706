import type { Millis } from '@anmai/kernel';

/** 发现 found, 登记 registered, 派发 dispatched, 鉴定 appraising, 整改 repairing and repaired, 验收 accepted, 销号 closed. */
export const HAZARD_STAGES = [
  'found',
  'registered',
  'dispatched',
  'appraising',
  'repairing',
  'repaired',
  'accepted',
  'closed',
  'dismissed', // 查否: looked at on the spot, and there was none
] as const;
export type HazardStage = (typeof HAZARD_STAGES)[number];

/**
 * 严重安全隐患 and 一定安全隐患 are those of the national survey (建办 2022); `minor` is ours, for what is to be mended and
 * endangers nobody. No level is a grade of JGJ 125.
 */
export const HAZARD_LEVELS = ['severe', 'moderate', 'minor'] as const;
export type HazardLevel = (typeof HAZARD_LEVELS)[number];

export const HAZARD_SOURCES = ['checkup', 'patrol', 'alarm', 'citizen'] as const;
export type HazardSource = (typeof HAZARD_SOURCES)[number];

/** 管控: 停用, 搬离, 封闭. Beside the stages, any number of them at once. */
export const CONTROL_MEASURES = ['stopUse', 'moveOut', 'closeOff'] as const;
export type ControlMeasure = (typeof CONTROL_MEASURES)[number];

/** What was found. `sourceId`: the check-up, patrol, alarm or report that it comes from. */
export interface HazardHead {
  readonly id: string;
  readonly buildingId: string;
  readonly source: HazardSource;
  readonly sourceId: string | null;
  readonly title: string;
  /** Member and place in words. */
  readonly where: string;
  readonly note: string;
  /** Photos of the state as it was found. */
  readonly fileIds: readonly string[];
  /** Who told of it: a user name, or a citizen's name and number as given. */
  readonly reporter: string;
  readonly foundAt: Millis;
}

interface StepOf<K extends string, P> {
  readonly id: string;
  readonly hazardId: string;
  readonly kind: K;
  /** A user name. No step is taken by the program. */
  readonly actor: string;
  readonly at: Millis;
  readonly payload: P;
}
interface Note {
  readonly note: string;
}
interface Shown extends Note {
  readonly fileIds: readonly string[];
}

export type HazardStep =
  | StepOf<'registered', Note & { readonly level: HazardLevel }>
  | StepOf<'dismissed', Shown>
  | StepOf<
      'dispatched',
      Note & { readonly orgId: string; readonly person: string; readonly dueAt: Millis | null }
    >
  | StepOf<'appraisalCommissioned', Note & { readonly agency: string; readonly dueAt: Millis | null }>
  | StepOf<'appraised', Note & { readonly appraisalId: string }>
  | StepOf<'controlled', Shown & { readonly measure: ControlMeasure }>
  | StepOf<'controlLifted', Shown & { readonly measure: ControlMeasure }>
  | StepOf<'repairStarted', Shown & { readonly plan: string }>
  | StepOf<'repaired', Shown>
  | StepOf<'sentBack', Shown>
  | StepOf<'accepted', Shown>
  | StepOf<'closed', Note>
  | StepOf<'extensionAsked', Note & { readonly dueAt: Millis }>
  | StepOf<'extensionGranted', Note>
  | StepOf<'extensionRefused', Note>
  | StepOf<'lookedBack', Shown & { readonly finding: 'holds' | 'recurred' }>
  | StepOf<'reopened', Note>;
export type HazardStepKind = HazardStep['kind'];

export interface HazardControl {
  readonly measure: ControlMeasure;
  readonly since: Millis;
  readonly until: Millis | null;
}

/** The fold of a hazard and its steps. */
export interface Hazard extends HazardHead {
  readonly stage: HazardStage;
  readonly level: HazardLevel | null;
  /** When the present stage began. */
  readonly stageSince: Millis;
  readonly orgId: string | null;
  readonly person: string | null;
  /** Set by whoever dispatched or granted; null: the term of the level counts. */
  readonly dueAt: Millis | null;
  readonly appraisalDueAt: Millis | null;
  readonly appraisalId: string | null;
  readonly controls: readonly HazardControl[];
  readonly extension: { readonly dueAt: Millis; readonly askedBy: string; readonly reason: string } | null;
  readonly extensionsGranted: number;
  readonly registeredAt: Millis | null;
  readonly dispatchedAt: Millis | null;
  readonly controlledAt: Millis | null;
  readonly repairedAt: Millis | null;
  readonly repairedBy: string | null;
  readonly acceptedAt: Millis | null;
  readonly closedAt: Millis | null;
  readonly lookedBackAt: Millis | null;
  readonly reopenedCount: number;
  readonly photosBefore: readonly string[];
  readonly photosAfter: readonly string[];
  /** Steps so far. */
  readonly lastN: number;
}

export const controlsInForce = ({ controls }: Pick<Hazard, 'controls'>): ControlMeasure[] =>
  controls.filter(each => each.until === null).map(each => each.measure);

/** Neither closed nor found to be none. */
export const isHazardOpen = ({ stage }: Pick<Hazard, 'stage'>): boolean =>
  stage !== 'closed' && stage !== 'dismissed';
