import type {
  AlarmCondition,
  AudienceRole,
  DeadlineKind,
  DisposalStage,
  FamilyId,
  IncidentVerdict,
  MissingSensor,
  OverdueStep,
  StepRefusalCode,
} from '@anmai/alarms';
import type { LimitSource, Severity } from '@anmai/catalog';
import type { AlarmShape, Iso, Problem } from './api-shapes';

/** What can be done about an incident, as `kind` of POST /incidents/{id}/steps. */
export type StepName = 'assess' | 'warn' | 'dispatch' | 'feedback' | 'proposeEnd' | 'release' | 'archive';

/** `code` explains, with `data`; the page has the words. */
export interface CauseShape {
  readonly code: string;
  readonly alarmId: string;
  readonly assetId: string;
  readonly data: {
    readonly sensorId: string;
    readonly quantity: string | null;
    readonly onsetAt: Iso;
    readonly leadMs: number | null;
    readonly downstreamAssets: number;
    readonly assets: number;
  };
}

/** What is expected by when. `escalateTo`: to whom it has gone by now; null: there is time left. */
export interface TimerShape {
  readonly kind: DeadlineKind;
  readonly taskId: string | null;
  readonly dueAt: Iso;
  readonly escalateTo: OverdueStep['escalateTo'] | null;
}

export interface TaskShape {
  readonly id: string;
  readonly orgId: string;
  readonly what: string;
  readonly sentAt: Iso;
  readonly dueAt: Iso;
  readonly answeredAt: Iso | null;
}

/** A row of GET /incidents, and the live event `incident`. */
export interface IncidentShape {
  readonly id: string;
  readonly familyId: FamilyId;
  /** Collects what is not connected: its alarms have no cause in common. */
  readonly isCatchAll: boolean;
  /** Worst open alarm; with none open the one that it had last. */
  readonly severity: Severity;
  readonly peak: Severity;
  readonly condition: AlarmCondition;
  readonly stage: DisposalStage;
  readonly verdict: IncidentVerdict | null;
  readonly warnedAs: Severity | null;
  /** Alarms came after it had been released or found to be nothing. */
  readonly reopened: boolean;
  readonly alarmCount: number;
  readonly openCount: number;
  readonly blindCount: number;
  readonly assetCount: number;
  /** null: no asset says, which is not none. */
  readonly population: number | null;
  /** [west, south, east, north] in degrees; null: no asset has a place. */
  readonly box: readonly [number, number, number, number] | null;
  readonly cause: CauseShape | null;
  /** Name of the asset that the cause names. */
  readonly placeName: string | null;
  readonly onsetAt: Iso;
  readonly openedAt: Iso;
  readonly changedAt: Iso;
  readonly releasedAt: Iso | null;
  readonly archivedAt: Iso | null;
  /** It goes on as this one. */
  readonly mergedInto: string | null;
  /** Send it as `seenN` with an assessment or a release. */
  readonly lastN: number;
  /** Steps that may follow; whether each is taken depends on what it says. */
  readonly nextSteps: readonly StepName[];
  readonly timers: readonly TimerShape[];
  readonly tasks: readonly TaskShape[];
  /** Of one that the records do not have yet: seen, but nothing can be done about it. */
  readonly isProvisional?: boolean | undefined;
}

export interface StepShape {
  readonly id: string;
  readonly kind: StepName;
  readonly actor: string | null;
  readonly at: Iso;
  /** What it said, in words. */
  readonly note: string | null;
  readonly verdict: IncidentVerdict | null;
  readonly severity: Severity | null;
}

/** GET /incidents/{id}. `alarms`: newest raised first, those that one may see; all by GET /alarms?incident=. */
export interface IncidentDetailShape extends IncidentShape {
  readonly causes: readonly CauseShape[];
  readonly steps: readonly StepShape[];
  readonly alarms: readonly AlarmShape[];
  readonly alarmsCut: boolean;
  readonly overdue: readonly (TimerShape & { readonly noticedAt: Iso })[];
  /** Who has to be told at its present level. */
  readonly audience: readonly AudienceRole[];
  /** Of one that was archived. */
  readonly review: ReviewShape | null;
}

/** null: that did not happen, which is not zero. */
export interface ReviewShape {
  readonly incidentId: string;
  readonly cause: CauseShape | null;
  readonly timeline: readonly {
    readonly at: Iso;
    readonly actor: string | null;
    readonly what: string;
    readonly alarmId: string | null;
    readonly severity: Severity | null;
    readonly note: string | null;
  }[];
  readonly evidence: readonly { readonly alarmId: string; readonly sensorId: string }[];
  readonly durations: {
    readonly detectMs: number;
    readonly identifyMs: number | null;
    readonly respondMs: number | null;
    readonly feedbackMs: number | null;
    readonly closeMs: number | null;
  };
  readonly inTime: {
    readonly identify: boolean | null;
    readonly respond: boolean | null;
    readonly feedback: boolean | null;
  };
  /** "Done" was said so many times before the sensors agreed. */
  readonly doneTooEarly: number;
}

/** 409 of POST /incidents/{id}/steps. */
export interface StepProblem extends Problem {
  readonly refusal: {
    readonly code: StepRefusalCode;
    readonly why: string;
    readonly instead: string;
    /** Sensors that are not back to normal. */
    readonly missing: readonly MissingSensor[];
  };
}

/** Alarms come faster than people can look: since when, and how many. */
export interface FloodShape {
  readonly since: Iso;
  readonly count: number;
}

/** One figure of GET /kpi/alarms. `noData` is not a good figure: it is none. */
export interface KpiShape {
  readonly name: string;
  /** Whose figure it is, where there is one for each: a rule, an organisation. */
  readonly of: string | null;
  readonly status: 'met' | 'missed' | 'noData';
  /** Numbers by name; null where there are none. */
  readonly value: Readonly<Record<string, number | string | null>> | null;
  readonly target: {
    readonly text: string;
    /** A to P: how far the source can be trusted. */
    readonly grade: 'A' | 'B' | 'C' | 'M' | 'P';
    readonly source: LimitSource;
  };
}

export interface KpiReply {
  readonly from: Iso;
  readonly to: Iso;
  readonly items: readonly KpiShape[];
  /** 10 min windows by number of alarms. */
  readonly histogram: readonly {
    readonly from: number;
    readonly to: number | null;
    readonly windows: number;
  }[];
  /** Watches with the most alarms, worst first. */
  readonly badActors: readonly {
    readonly ruleId: string;
    readonly sensorId: string;
    readonly activations: number;
    readonly share: number;
  }[];
}
