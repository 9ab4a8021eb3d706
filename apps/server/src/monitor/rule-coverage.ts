import { blindness, isLearning, type Monitor } from '@anmai/alarms';
import type { RuleCoverage } from '@anmai/wire';

/** Sensors that a rule cannot be used on, named in full up to so many. */
export const COVERAGE_FAULTS_MAX = 20;

interface Counted {
  sensors: number;
  learning: number;
  blind: number;
  faultCount: number;
  readonly faults: { readonly sensorId: string; readonly reason: string }[];
}

/**
 * What each rule really watches. A rule that covers a sensor but cannot judge it (its unit does not fit), cannot judge it
 * now (it or a companion is silent) or not yet (it still learns) would otherwise look like one that sees nothing wrong.
 */
export function ruleCoverage(monitor: Monitor): ReadonlyMap<string, RuleCoverage> {
  const byRule = new Map<string, Counted>();
  const of = (ruleId: string): Counted => {
    const known = byRule.get(ruleId);
    if (known !== undefined) return known;
    const made: Counted = { sensors: 0, learning: 0, blind: 0, faultCount: 0, faults: [] };
    byRule.set(ruleId, made);
    return made;
  };
  for (const ruleId of monitor.directory.rules.keys()) of(ruleId);
  for (const state of monitor.sensors.values()) {
    const { sensor, watches, steps, start } = state;
    const states = steps.at(-1)?.states ?? start;
    watches.limits.forEach(({ ruleId, compiled }, i) => {
      const rule = of(ruleId);
      rule.sensors++;
      if (blindness(state, i, monitor.companions) !== null) rule.blind++;
      else if (isLearning(compiled, states[i]!)) rule.learning++;
    });
    // A rule about silence is never blind: silence is what it sees.
    for (const { ruleId } of watches.silences) of(ruleId).sensors++;
    for (const { ruleId, reason } of watches.faults) {
      const rule = of(ruleId);
      rule.faultCount++;
      if (rule.faults.length < COVERAGE_FAULTS_MAX) rule.faults.push({ sensorId: sensor.id, reason });
    }
  }
  return byRule;
}
