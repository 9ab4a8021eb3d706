import { DAY_MS, type Millis } from '@anmai/kernel';
import { changepointFeature } from '../changepoint-feature';
import type { Sample } from '../local-line';

/** A step as a rule with the limit `aboveMm` reports it. */
export interface ReportedStep {
  readonly at: Millis;
  readonly confirmedAt: Millis;
  readonly mm: number;
}

export interface TrueStep {
  readonly at: Millis;
  readonly mm: number;
}

/** Every step that the feature tells, at its first telling. */
export function reportedSteps(samples: readonly Sample[], aboveMm: number): ReportedStep[] {
  const feature = changepointFeature({}, { expectedEveryMs: DAY_MS, utcOffsetMs: 0 });
  const steps: ReportedStep[] = [];
  let state = feature.start;
  for (const { at, value } of samples) {
    state = feature.step(state, at, value);
    const size = feature.valueOf(state);
    if (size === null || size < aboveMm) continue;
    const { stepAt, stepSize } = feature.explain(state);
    if (stepAt === steps.at(-1)?.at) continue;
    steps.push({ at: Number(stepAt), confirmedAt: at, mm: Number(stepSize) });
  }
  return steps;
}

export interface StepScore {
  /** True steps that were dated right and told in time, of `due`. */
  readonly found: number;
  readonly due: number;
  readonly missed: readonly TrueStep[];
  /** Reports that belong to no true step of any size. */
  readonly unfounded: readonly ReportedStep[];
}

/**
 * A true step is due when it is at least `dueMm`. It is found when a report dates it within `withinMs`, to the right
 * side, and was made within `withinMs` of it. Reports of smaller true steps, or late ones, are not unfounded.
 */
export function stepScore(
  reports: readonly ReportedStep[],
  truth: readonly TrueStep[],
  dueMm: number,
  withinMs: number,
): StepScore {
  const isOf = (report: ReportedStep, step: TrueStep): boolean =>
    Math.abs(report.at - step.at) <= withinMs && Math.sign(report.mm) === Math.sign(step.mm);
  const due = truth.filter(step => Math.abs(step.mm) >= dueMm);
  const isFound = (step: TrueStep): boolean =>
    reports.some(report => isOf(report, step) && report.confirmedAt - step.at <= withinMs);
  return {
    found: due.filter(isFound).length,
    due: due.length,
    missed: due.filter(step => !isFound(step)),
    unfounded: reports.filter(report => !truth.some(step => isOf(report, step))),
  };
}
