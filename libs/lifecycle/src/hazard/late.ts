import { foldHazard } from './fold';
import type { HazardHead, HazardStep } from './hazard';
import type { CountedHazard } from './statistics';
import { hazardTimers, type HazardTerms } from './terms';

/** What statistics need to know of one hazard, from its head and steps. */
export function countedHazard(
  head: HazardHead,
  steps: readonly HazardStep[],
  terms: HazardTerms,
): CountedHazard {
  const reopenedAt = steps
    .filter(
      step => step.kind === 'reopened' || (step.kind === 'lookedBack' && step.payload.finding === 'recurred'),
    )
    .map(step => step.at);
  const dismissed = steps.findLast(step => step.kind === 'dismissed');
  // Each step was late when something that it ended had been due before it.
  const wasLate = steps.some((step, i) => {
    const before = foldHazard(head, steps.slice(0, i));
    return before.stage !== 'closed' && hazardTimers(before, terms, step.at).some(timer => timer.overdue);
  });
  return { hazard: foldHazard(head, steps), reopenedAt, dismissedAt: dismissed?.at ?? null, wasLate };
}
