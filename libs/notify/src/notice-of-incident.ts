import {
  CAUSE_PATTERNS,
  DEADLINE_POLICY,
  FAMILIES,
  PLAIN_CAUSES,
  RISING_KINDS,
  type DeadlineKind,
  type Disposal,
  type FamilyId,
  type IncidentChange,
  type IncidentStep,
  type OverdueStep,
  type ProbableCause,
} from '@anmai/alarms';
import type { LifelineGroup, Severity } from '@anmai/catalog';
import { derivedId, HOUR_MS, invariant, type Millis } from '@anmai/kernel';
import type { Notice, NoticeKind, Words } from './notice';
import { NO_AIM, type Aim, type IncidentNotice } from './plan/plan-incident';

/** What the records know of an incident when a message about it is made. */
export interface IncidentFacts {
  readonly id: string;
  readonly familyId: FamilyId;
  readonly severity: Severity;
  readonly alarmCount: number;
  readonly cause: ProbableCause | null;
  /** Name of the place that the cause names; null: there is none. */
  readonly placeName: string | null;
  readonly onsetAt: Millis;
  readonly disposal: Pick<Disposal, 'mergedInto' | 'stage' | 'reopened' | 'detectedAt'>;
  /** Owners of all affected assets, and with all organisations above them. */
  readonly ownerIds: readonly string[];
  readonly orgPath: readonly string[];
  /** Of all affected assets. */
  readonly groups: readonly LifelineGroup[];
}

/** A timer that ran out, or went up by a rung. */
export interface OverdueEvent {
  readonly kind: DeadlineKind;
  readonly taskId: string | null;
  readonly dueAt: Millis;
  readonly escalateTo: OverdueStep['escalateTo'];
  readonly noticedAt: Millis;
}

/** Something about an incident that people may have to hear of. */
export type IncidentEvent =
  | { readonly source: 'change'; readonly change: IncidentChange }
  /** `giverIds`: who gave the task that was answered. */
  | { readonly source: 'step'; readonly step: IncidentStep; readonly giverIds: readonly string[] }
  | { readonly source: 'overdue'; readonly overdue: OverdueEvent };

/** Whose hazard an incident of a family is. */
export const FAMILY_GROUPS: Readonly<Record<FamilyId, LifelineGroup>> = {
  gas: 'gas',
  water: 'water',
  storm: 'drainage',
  heating: 'heating',
  building: 'building',
  structure: 'structure',
  silence: 'other',
  device: 'other',
  other: 'other',
};

const TIMERS: Readonly<Record<DeadlineKind, Words>> = {
  identify: { zh: '未按时研判', en: 'not assessed in time' },
  respond: { zh: '未按时响应', en: 'no response in time' },
  feedback: { zh: '任务未按时反馈', en: 'no feedback to a task in time' },
  task: { zh: '任务未按时完成', en: 'a task is not done in time' },
};

/** Messages about one event; none where it says nothing that those who were told do not know. */
export function noticesOfIncident(event: IncidentEvent, facts: IncidentFacts): readonly IncidentNotice[] {
  // It goes on as another, whose own messages reach those who were told of this one.
  if (facts.disposal.mergedInto !== null) return [];
  switch (event.source) {
    case 'change':
      return ofChange(event.change, facts);
    case 'step':
      return ofStep(event.step, event.giverIds, facts);
    case 'overdue':
      return ofOverdue(event.overdue, facts);
  }
}

function ofChange(change: IncidentChange, facts: IncidentFacts): readonly IncidentNotice[] {
  const { detectedAt, reopened } = facts.disposal;
  // All that came in one instant after an end is one return.
  if (reopened && change.noticedAt === detectedAt && RISING_KINDS.has(change.kind))
    return [about(facts, change.at, 'again', derivedId('again', facts.id, detectedAt), fromChange(change))];
  if (change.kind === 'reopened') {
    // All was quiet and one is on again. A sensor that flaps says so once an hour.
    const changeId = derivedId('again', facts.id, Math.floor(change.noticedAt / AGAIN_MS));
    return [about(facts, change.at, 'again', changeId, fromChange(change))];
  }
  const kind = KIND_OF_CHANGE[change.kind];
  if (kind === undefined) return [];
  // Whoever is reached by a further asset hears of the start once, however many there are; so does the list of gaps.
  const changeId = kind === 'start' ? derivedId('start', facts.id) : change.id;
  const aim = kind === 'merged' ? { ...NO_AIM, takenInId: change.otherId } : NO_AIM;
  return [about(facts, change.at, kind, changeId, fromChange(change), aim)];
}

/** An incident that goes quiet and comes back is told at most so often. */
const AGAIN_MS = HOUR_MS;

const KIND_OF_CHANGE: Readonly<Partial<Record<IncidentChange['kind'], NoticeKind>>> = {
  opened: 'start',
  joined: 'start',
  escalated: 'worse',
  absorbed: 'merged',
  blinded: 'blind',
  restored: 'restored',
};

const fromChange = ({ summary }: IncidentChange): Partial<Notice> => ({
  severity: summary.severity,
  alarmCount: summary.alarmCount,
});

function ofStep(
  step: IncidentStep,
  giverIds: readonly string[],
  facts: IncidentFacts,
): readonly IncidentNotice[] {
  switch (step.kind) {
    case 'warned': {
      const { severity, audience, text } = step.payload;
      const aim = { ...NO_AIM, orgIds: audience.map(each => each.orgId) };
      return [about(facts, step.at, 'warned', step.id, { severity, detail: same(text) }, aim)];
    }
    case 'dispatched':
      return step.payload.tasks.map(({ id, orgId, what, dueAt }) => {
        const changeId = derivedId('task', step.id, id);
        const fields = { detail: same(what), dueAt };
        return about(facts, step.at, 'dispatched', changeId, fields, { ...NO_AIM, orgIds: [orgId] });
      });
    case 'feedback': {
      const aim = { ...NO_AIM, recipientIds: giverIds, exceptId: step.actor };
      return [about(facts, step.at, 'feedback', step.id, said(step.payload.note), aim)];
    }
    case 'released':
      return [about(facts, step.at, 'end', step.id, said(step.payload.note))];
    case 'archived':
      return [about(facts, step.at, 'archived', step.id)];
    case 'assessed':
    case 'resolutionProposed':
      return [];
  }
}

function ofOverdue(overdue: OverdueEvent, facts: IncidentFacts): readonly IncidentNotice[] {
  const { stage } = facts.disposal;
  if (stage === 'released' || stage === 'archived') return [];
  const { kind, taskId, dueAt, escalateTo, noticedAt } = overdue;
  const rung = DEADLINE_POLICY.ladder.findIndex(each => each.to === escalateTo);
  invariant(rung >= 0, `no rung ${escalateTo}`);
  const changeId = derivedId('due', facts.id, kind, taskId ?? '', dueAt, escalateTo);
  return [about(facts, noticedAt, 'overdue', changeId, { detail: TIMERS[kind], dueAt }, { ...NO_AIM, rung })];
}

function about(
  facts: IncidentFacts,
  at: Millis,
  kind: NoticeKind,
  changeId: string,
  fields: Partial<Notice> = {},
  aim: Aim = NO_AIM,
): IncidentNotice {
  const family = FAMILIES.find(each => each.id === facts.familyId);
  const group = FAMILY_GROUPS[facts.familyId];
  const cause = facts.cause === null ? undefined : causeWords(facts.cause.code);
  return {
    aim,
    notice: {
      changeId,
      subjectKind: 'incident',
      subjectId: facts.id,
      kind,
      at,
      since: facts.onsetAt,
      severity: facts.severity,
      group: facts.groups.includes(group) ? group : (facts.groups[0] ?? 'other'),
      groups: facts.groups,
      what: family === undefined ? same(facts.familyId) : { zh: family.zh, en: family.en },
      where: facts.placeName ?? facts.id,
      orgPath: facts.orgPath,
      ownerIds: facts.ownerIds,
      value: null,
      unit: '',
      limit: null,
      alarmCount: facts.alarmCount,
      rule: null,
      ...(cause === undefined ? {} : { detail: cause }),
      ...fields,
    },
  };
}

const same = (text: string): Words => ({ zh: text, en: text });
const said = (note: string): Partial<Notice> => (note.trim() === '' ? {} : { detail: same(note) });

function causeWords(code: string): Words | undefined {
  const found = [...CAUSE_PATTERNS, ...Object.values(PLAIN_CAUSES)].find(each => each.code === code);
  return found === undefined ? undefined : { zh: found.zh, en: found.en };
}
