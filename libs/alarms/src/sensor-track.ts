import { isUsable, type Reading } from '@anmai/readings';
import type { Millis } from '@anmai/kernel';
import type { Beside } from '@anmai/trend';
import { blindCondition, stepCondition, type CompiledCondition, type ConditionState } from './condition';

/**
 * Newest readings of a sensor that can still be put right when a late one comes in between; also the evidence that an
 * alarm shows. Later than this and the reading is judged on its own (see late-lane).
 */
export const RING_READINGS_MAX = 12;

/** A reading with the states of all watches after it. */
export interface Step {
  readonly at: Millis;
  readonly value: number;
  readonly quality: Reading['quality'];
  readonly states: readonly ConditionState[];
  /** What the companions read then; absent: no rule asks. */
  readonly beside?: Beside;
}

/** A reading with what its companions read. */
export type Placeable = Pick<Reading, 'at' | 'value' | 'quality'> & { readonly beside?: Beside };

/** What one reading did to a track. `from`: index of the first step that was made anew. */
export type Placed =
  | { readonly kind: 'same' }
  | { readonly kind: 'older' }
  | { readonly kind: 'taken'; readonly steps: readonly Step[]; readonly from: number };

/**
 * Puts a reading where its device time belongs and evaluates it and all behind it again. `start`: states before the
 * first step. The same reading again changes nothing; another value for the same instant replaces the first.
 */
export function place(
  compiled: readonly CompiledCondition[],
  start: readonly ConditionState[],
  steps: readonly Step[],
  reading: Placeable,
): Placed {
  let index = steps.length;
  while (index > 0 && steps[index - 1]!.at >= reading.at) index--;
  const there = steps[index];
  if (index === 0 && there !== undefined && there.at !== reading.at && steps.length >= RING_READINGS_MAX) {
    return { kind: 'older' };
  }
  const replaces = there !== undefined && there.at === reading.at;
  if (replaces && Object.is(there.value, reading.value) && there.quality === reading.quality)
    return { kind: 'same' };
  const next = steps.slice(0, index);
  let states = next[index - 1]?.states ?? start;
  for (const item of [reading, ...steps.slice(replaces ? index + 1 : index)]) {
    states = advance(compiled, states, item);
    next.push(stepOf(item, states));
  }
  return { kind: 'taken', steps: next, from: index };
}

/**
 * A reading later than all before: what `place` would do, without a copy of the ring. Nearly every reading is one, so
 * the steps are changed in place.
 */
export function append(
  compiled: readonly CompiledCondition[],
  start: readonly ConditionState[],
  steps: Step[],
  reading: Placeable,
): void {
  const before = steps[steps.length - 1]?.states ?? start;
  steps.push(stepOf(reading, advance(compiled, before, reading)));
}

function stepOf({ at, value, quality, beside }: Placeable, states: Step['states']): Step {
  return beside === undefined ? { at, value, quality, states } : { at, value, quality, states, beside };
}

/** The states after one more reading; the same array when nothing changed. */
export function advance(
  compiled: readonly CompiledCondition[],
  states: readonly ConditionState[],
  item: Placeable,
): readonly ConditionState[] {
  const usable = isUsable(item.quality);
  let changed: ConditionState[] | null = null;
  for (let i = 0; i < compiled.length; i++) {
    const before = states[i]!;
    const after = usable
      ? stepCondition(compiled[i]!, before, item.at, item.value, item.beside)
      : blindCondition(compiled[i]!, before, item.at);
    if (after !== before) (changed ??= states.slice())[i] = after;
  }
  return changed ?? states;
}
