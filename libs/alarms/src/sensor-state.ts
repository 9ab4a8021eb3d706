import type { Sensor } from '@anmai/catalog';
import type { Millis } from '@anmai/kernel';
import { isUsable } from '@anmai/readings';
import { EMPTY_BOOK, type Book } from './book';
import type { LateLane } from './late-lane';
import type { WatchedMs } from './silence';
import type { Step } from './sensor-track';
import { isConditionPending, type CompiledCondition, type ConditionState } from './condition';
import { seededThreshold } from './threshold';
import type { LimitWatch, Watches } from './watch';

/** All that the monitor remembers of one sensor. Mutable, owned by the monitor alone; bounded by the named maxima. */
export interface SensorState {
  sensor: Sensor;
  watches: Watches;
  /** Ids of the sensors that its companions are, as `watches.companions`; null: there is none such. */
  companionIds: readonly (string | null)[];
  /** States before steps[0], one per limit watch. */
  start: readonly ConditionState[];
  steps: Step[];
  /** One per limit watch. */
  books: Book[];
  /** One per silence watch. */
  silenceBooks: Book[];
  lane: LateLane | null;
  /** Watched time and journal time of the newest new reading, or of the registration. */
  heardWatchedMs: WatchedMs;
  heardAt: Millis;
  /** Nothing came for too long. */
  stale: boolean;
}

export function newSensorState(
  sensor: Sensor,
  watches: Watches,
  watchedMs: WatchedMs,
  at: Millis,
): SensorState {
  return {
    sensor,
    watches,
    companionIds: [],
    start: watches.initial,
    steps: [],
    books: watches.limits.map(() => EMPTY_BOOK),
    silenceBooks: watches.silences.map(() => EMPTY_BOOK),
    lane: null,
    heardWatchedMs: watchedMs,
    heardAt: at,
    stale: false,
  };
}

/** Silent for too long, or the newest reading cannot be used. Never heard and not yet overdue: not blind yet. */
export function isBlind(state: SensorState): boolean {
  const newest = state.steps.at(-1);
  return state.stale || (newest !== undefined && !isUsable(newest.quality));
}

export function worstRank(state: SensorState): number {
  let worst = 0;
  for (const book of state.books) worst = Math.max(worst, book.open?.rank ?? 0);
  for (const book of state.silenceBooks) worst = Math.max(worst, book.open?.rank ?? 0);
  return worst;
}

/** Does a hold in seconds run, so that time alone can raise? */
export function isRipening(state: SensorState): boolean {
  const newest = state.steps.at(-1);
  return (
    newest !== undefined &&
    state.watches.limits.some((w, i) => w.compiled.ripens && isConditionPending(newest.states[i]!))
  );
}

/**
 * Gives a sensor new watches (an edit of a rule, the asset or the sensor). Open alarms of a rule stay open until
 * readings clear them under its new version; those of a rule that is gone are handed back in `orphans`.
 */
export function rewatch(
  state: SensorState,
  watches: Watches,
): { orphans: { book: Book; of: 'limit' | 'silence'; index: number }[] } {
  const oldLimits = new Map(state.watches.limits.map((watch, i) => [watch.ruleId, i]));
  const oldSilences = new Map(state.watches.silences.map((watch, i) => [watch.ruleId, i]));
  const books = watches.limits.map(watch => taken(oldLimits, state.books, watch.ruleId));
  const silenceBooks = watches.silences.map(watch => taken(oldSilences, state.silenceBooks, watch.ruleId));
  const orphans = [
    ...[...oldLimits.values()].map(index => ({ book: state.books[index]!, of: 'limit' as const, index })),
    ...[...oldSilences.values()].map(index => ({
      book: state.silenceBooks[index]!,
      of: 'silence' as const,
      index,
    })),
  ].filter(orphan => orphan.book.open !== null);
  const states = watches.limits.map((watch, i) => carried(state, watch, books[i]!));
  state.watches = watches;
  state.books = books;
  state.silenceBooks = silenceBooks;
  // The newest readings stay as evidence, but no older step can be judged again under watches it never saw.
  const newest = state.steps.at(-1);
  state.steps = newest === undefined ? [] : [withoutBeside(newest, states)];
  state.start = states;
  state.lane = null;
  return { orphans };
}

/** The new watches may ask for other companions, or in another order. */
const withoutBeside = ({ at, value, quality }: Step, states: Step['states']): Step => ({
  at,
  value,
  quality,
  states,
});

function taken(old: Map<string, number>, books: readonly Book[], ruleId: string): Book {
  const index = old.get(ruleId);
  if (index === undefined) return EMPTY_BOOK;
  old.delete(ruleId);
  return books[index]!;
}

/** The same version of the same rule keeps its state; another one starts from what was told. */
function carried(state: SensorState, watch: LimitWatch, book: Book): ConditionState {
  const same = state.watches.limits.findIndex(
    old => old.ruleId === watch.ruleId && old.ruleVersion === watch.ruleVersion,
  );
  if (same >= 0) return (state.steps.at(-1)?.states ?? state.start)[same]!;
  return book.open === null ? watch.compiled.initial : seeded(watch.compiled, book.open);
}

/** What a feature has learned belongs to the old version; only where the limits stand is taken over. */
function seeded(compiled: CompiledCondition, open: NonNullable<Book['open']>): ConditionState {
  return { ...compiled.initial, limits: seededThreshold(compiled, open.rank, open.onsetAt) };
}
