import type { Severity } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import type { AudienceRole } from './warning-levels';
import type { IncidentReview } from './review';

/** What an analyst found (研判). */
export type IncidentVerdict = 'true' | 'false' | 'test' | 'deviceFault' | 'plannedWork' | 'biogas';

/** What a verdict leads to: warn and handle; handle without a public warning; nothing but the end. */
export interface VerdictRule {
  readonly zh: string;
  readonly en: string;
  readonly leadsTo: 'warning' | 'handling' | 'end';
  /** By so many levels the danger is lower than its alarms say. */
  readonly lowersBy: number;
  readonly why: string;
}

export const INCIDENT_VERDICTS: Readonly<Record<IncidentVerdict, VerdictRule>> = {
  true: { zh: '属实', en: 'True', leadsTo: 'warning', lowersBy: 0, why: '现场险情属实。' },
  false: { zh: '误报', en: 'False', leadsTo: 'end', lowersBy: 0, why: '现场核实无险情。' },
  test: { zh: '测试', en: 'Test', leadsTo: 'end', lowersBy: 0, why: '演练或标定触发。' },
  deviceFault: {
    zh: '设备故障',
    en: 'Device fault',
    leadsTo: 'end',
    lowersBy: 0,
    why: '读数不可信，须修复设备。',
  },
  plannedWork: { zh: '计划作业', en: 'Planned work', leadsTo: 'end', lowersBy: 0, why: '已报备的作业引起。' },
  biogas: {
    zh: '沼气',
    en: 'Sewer gas',
    leadsTo: 'handling',
    lowersBy: 1,
    // Xiangyang 2016, Lüshun: methane without ethane or propane. It explodes all the same.
    why: '甲烷而无乙烷、丙烷：非管道燃气，不发布泄漏预警；仍会爆炸，须通风清淤。',
  },
};

export interface DispatchTask {
  readonly id: string;
  readonly orgId: string;
  readonly what: string;
  readonly dueAt: Millis;
}

/** What each kind of step says. `seenN`: `n` of the newest change of the incident that the person had before them. */
export interface StepPayloads {
  readonly assessed: { readonly verdict: IncidentVerdict; readonly note: string; readonly seenN: number };
  readonly warned: {
    readonly severity: Severity;
    readonly audience: readonly { readonly role: AudienceRole; readonly orgId: string }[];
    readonly text: string;
    /** Needed where the level is milder than the incident. */
    readonly reason: string | null;
  };
  readonly dispatched: { readonly tasks: readonly DispatchTask[] };
  readonly feedback: { readonly taskId: string; readonly note: string; readonly fileIds: readonly string[] };
  /** "Work done", by whoever says so. It ends nothing. */
  readonly resolutionProposed: { readonly note: string };
  readonly released: { readonly note: string; readonly seenN: number };
  readonly archived: { readonly review: IncidentReview };
}

export type StepKind = keyof StepPayloads;

/** One step of the disposal track. It never alters the incident's own track; what a page shows is a function of both. */
export type IncidentStep = {
  readonly [K in StepKind]: {
    readonly id: string;
    readonly incidentId: string;
    readonly kind: K;
    /** null: the system itself. */
    readonly actor: string | null;
    readonly at: Millis;
    readonly payload: StepPayloads[K];
  };
}[StepKind];
