import type { IncidentStep, IncidentVerdict, StepKind, StepPayloads } from '../disposal-step';
import type { IncidentChange, IncidentChangeKind } from '../incident-change';
import type { StepFacts } from '../may-step';
import type { SensorFact } from '../release';
import { reviewOf } from '../review';

export const NOW = 1_000_000;

export function told(
  n: number,
  kind: IncidentChangeKind,
  rest: Partial<IncidentChange> = {},
): IncidentChange {
  return {
    id: `in-1/${n}`,
    incidentId: 'in-1',
    n,
    kind,
    familyId: 'gas',
    isCatchAll: false,
    at: n * 1_000,
    noticedAt: n * 1_000,
    alarmId: 'al-1',
    otherId: null,
    cause: null,
    summary: {
      severity: 'orange',
      peak: 'orange',
      condition: kind === 'cleared' || kind === 'settled' ? 'cleared' : 'active',
      alarmCount: 1,
      openCount: 1,
      blindCount: 0,
      assetCount: 1,
      population: null,
      box: null,
    },
    ...rest,
  };
}

export const step = <K extends StepKind>(
  kind: K,
  payload: StepPayloads[K],
  at = NOW,
  rest: { readonly actor?: string | null; readonly incidentId?: string } = {},
): IncidentStep =>
  ({ id: `${kind}-${at}`, incidentId: 'in-1', kind, actor: 'wang', at, payload, ...rest }) as IncidentStep;

export const NORMAL: SensorFact = {
  sensorId: 's1',
  alarm: 'cleared',
  normalRun: 5,
  blind: false,
  outOfService: false,
};
export const FACTS: StepFacts = { sensorIds: ['s1'], sensors: [NORMAL], now: NOW };
export const OPENED = [told(1, 'opened')];
export const CLEARED = [told(1, 'opened'), told(2, 'cleared')];
export const assess = (verdict: IncidentVerdict, at = NOW, seenN = 1): IncidentStep =>
  step('assessed', { verdict, note: 'seen', seenN }, at);
export const TASK = { id: 't1', orgId: 'gas-co', what: 'mend', dueAt: NOW * 2 };
export const SENT = step('dispatched', { tasks: [TASK] }, NOW + 1);
export const ANSWERED = step('feedback', { taskId: 't1', note: 'mended', fileIds: ['f1'] }, NOW + 2);
export const DONE = step('resolutionProposed', { note: 'done' }, NOW + 3);
export const RELEASE = step('released', { note: 'over', seenN: 1 }, NOW + 4);
export const warn = (rest: Partial<StepPayloads['warned']>): IncidentStep =>
  step('warned', {
    severity: 'orange',
    audience: [
      { role: 'owner', orgId: 'gas-co' },
      { role: 'authority', orgId: 'urban' },
    ],
    text: 'gas',
    reason: null,
    ...rest,
  });
export const review = (incidentId: string): IncidentStep =>
  step('archived', { review: { ...reviewOf(CLEARED, [], []), incidentId } });
