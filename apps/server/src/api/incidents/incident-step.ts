import type { IncidentReview, IncidentStep } from '@anmai/alarms';
import type { Millis } from '@anmai/kernel';
import type { StepBody } from '@anmai/wire';
import { newId } from '../new-id';

interface StepBase {
  readonly id: string;
  readonly incidentId: string;
  readonly actor: string;
  readonly at: Millis;
}

/** The step that a request asks for. `review`: what an archived incident is to carry. */
export function stepOf(base: StepBase, body: StepBody, review: IncidentReview): IncidentStep {
  switch (body.kind) {
    case 'assess': {
      const { verdict, note, seenN } = body;
      return { ...base, kind: 'assessed', payload: { verdict, note, seenN } };
    }
    case 'warn': {
      const { severity, audience, text, reason } = body;
      return { ...base, kind: 'warned', payload: { severity, audience, text, reason } };
    }
    case 'dispatch': {
      const tasks = body.tasks.map(task => ({ ...task, id: task.id ?? newId('task') }));
      return { ...base, kind: 'dispatched', payload: { tasks } };
    }
    case 'feedback': {
      const { taskId, note, fileIds } = body;
      return { ...base, kind: 'feedback', payload: { taskId, note, fileIds } };
    }
    case 'proposeEnd':
      return { ...base, kind: 'resolutionProposed', payload: { note: body.note } };
    case 'release':
      return { ...base, kind: 'released', payload: { note: body.note, seenN: body.seenN } };
    case 'archive':
      return { ...base, kind: 'archived', payload: { review } };
  }
}

/** Organisations that are told or tasked. */
export function orgsOf(body: StepBody): string[] {
  if (body.kind === 'warn') return [...new Set(body.audience.map(each => each.orgId))];
  if (body.kind === 'dispatch') return [...new Set(body.tasks.map(task => task.orgId))];
  return [];
}
