import type { Millis } from '@anmai/kernel';
import type { Book } from './book';
import { isKnown, onsetOf, rankOf, type Spell } from './judge';
import { advance, RING_READINGS_MAX, type Placeable, type Step } from './sensor-track';
import type { ConditionState } from './condition';
import type { Watches } from './watch';

/** Without another late reading for so long (journal time) a late spell that is still on is told as it stands. */
export const LANE_QUIET_MS = 10_000;

/**
 * Readings older than what the track can still put right: a back-fill after live data. They are judged in their own
 * order; a spell found in them is over by now (the track knows what came later), so it is told as raised and cleared.
 */
export interface LateLane {
  readonly steps: readonly Step[];
  readonly spells: readonly (Spell | null)[];
  readonly touchedAt: Millis;
  /** Where the track began when the lane was touched last. What is not before it, the track has judged since. */
  readonly beforeAt: Millis;
}

export interface Finished {
  readonly index: number;
  readonly spell: Spell;
}

/**
 * One late reading, older than `beforeAt`, where the track begins. The lane starts anew with it when it is not later
 * than the lane's newest, or when the track judged what lies in between: two deliveries are not one series.
 */
export function stepLane(
  watches: Watches,
  lane: LateLane | null,
  reading: Placeable,
  receivedAt: Millis,
  beforeAt: Millis,
): { lane: LateLane; finished: readonly Finished[] } {
  const newest = lane?.steps.at(-1);
  if (lane !== null && newest !== undefined && (reading.at <= newest.at || reading.at >= lane.beforeAt)) {
    if (newest.at === reading.at && Object.is(newest.value, reading.value)) return { lane, finished: [] };
    const anew = stepLane(watches, null, reading, receivedAt, beforeAt);
    return { lane: anew.lane, finished: [...closeLane(lane), ...anew.finished] };
  }
  const states = advance(watches.compiled, newest?.states ?? watches.initial, reading);
  const step: Step = { at: reading.at, value: reading.value, quality: reading.quality, states };
  const steps = [...(lane?.steps ?? []), step].slice(-RING_READINGS_MAX);
  const finished: Finished[] = [];
  const spells = watches.limits.map((watch, index) => {
    const spell = lane?.spells[index] ?? null;
    const rank = rankOf(watch, states[index]!);
    if (rank > 0) return grown(spell, steps, states[index]!, rank);
    if (spell !== null) finished.push({ index, spell: { ...spell, clearedAt: reading.at } });
    return null;
  });
  return { lane: { steps, spells, touchedAt: receivedAt, beforeAt }, finished };
}

/** Notes which spells are part of what was told: a book remembers so many, and a lane may outlast that. */
export function recognise(lane: LateLane, books: readonly Book[]): LateLane {
  const spells = lane.spells.map((spell, index) =>
    spell !== null && isKnown(books[index]!, spell) ? { ...spell, known: true } : spell,
  );
  return { ...lane, spells };
}

/** What is still on when the lane ends. */
export function closeLane(lane: LateLane): Finished[] {
  return lane.spells.flatMap((spell, index) => (spell === null ? [] : [{ index, spell }]));
}

function grown(spell: Spell | null, steps: readonly Step[], state: ConditionState, rank: number): Spell {
  const at = steps[steps.length - 1]!.at;
  if (spell === null) return { onsetAt: onsetOf(state), raisedAt: at, clearedAt: at, rank, steps };
  return {
    ...spell,
    clearedAt: at,
    rank: Math.max(rank, spell.rank),
    // Known as mild is not known as worse.
    known: spell.known === true && rank <= spell.rank,
    steps: rank > spell.rank ? steps : spell.steps,
  };
}
