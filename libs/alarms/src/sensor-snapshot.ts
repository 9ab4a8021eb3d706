import { invariant } from '@anmai/kernel';
import type { Beside } from '@anmai/trend';
import { EMPTY_BOOK, type Book } from './book';
import type { ConditionState } from './condition';
import type { LateLane } from './late-lane';
import { LIMIT_OFF } from './limit-state';
import type { SensorState } from './sensor-state';
import type { Step } from './sensor-track';
import { packShared, unpackShared, type Packed } from './shared-json';
import { keysOf, type Watches } from './watch';

/**
 * What is kept of one sensor, as JSON. Small, since there may be 100,000: lists of states stand once and are named by
 * their place, and what follows from the rules is not written.
 */
export interface SensorSnapshot {
  readonly watchKeys: string;
  /** Packed `Shared`. */
  readonly shared: Packed;
  /** Place of the states before the first step. */
  readonly start: number;
  /** Device time, value (null: missing), quality, place of the states after it, what its companions read. */
  readonly steps: readonly KeptStep[];
  /** 0: nothing was ever told. */
  readonly books: readonly (Book | 0)[];
  readonly silenceBooks: readonly (Book | 0)[];
  readonly heardWatchedMs: number;
  readonly heardAt: number;
  readonly stale: boolean;
}

type KeptStep =
  | readonly [number, number | null, Step['quality'], number]
  | readonly [number, number | null, Step['quality'], number, Beside];
type States = readonly ConditionState[];

interface Shared {
  readonly lists: readonly States[];
  readonly lane: LateLane | null;
}

export function sensorSnapshot(state: SensorState): SensorSnapshot {
  const { watches, heardWatchedMs, heardAt, stale } = state;
  const lists = [...new Set([state.start, ...state.steps.map(step => step.states)])];
  const place = new Map(lists.map((list, i) => [list, i]));
  return {
    watchKeys: keysOf(watches),
    shared: packShared({ lists, lane: laneToJson(state.lane) } satisfies Shared, knownOf(watches)),
    start: place.get(state.start)!,
    steps: state.steps.map(step => keptStep(step, place.get(step.states)!)),
    books: state.books.map(bookToJson),
    silenceBooks: state.silenceBooks.map(bookToJson),
    heardWatchedMs,
    heardAt,
    stale,
  };
}

/** Puts what was kept into a new state of the same sensor under the same rules. */
export function reviveSensor(state: SensorState, kept: SensorSnapshot): void {
  const { watches } = state;
  const id = state.sensor.id;
  invariant(kept.watchKeys === keysOf(watches), `snapshot of ${id} does not fit the rules stored with it`);
  const { lists, lane } = unpackShared(kept.shared, knownOf(watches)) as Shared;
  state.start = lists[kept.start]!;
  state.steps = kept.steps.map(([at, value, quality, states, beside]) => ({
    at,
    value: value ?? Number.NaN,
    quality,
    states: lists[states]!,
    ...(beside === undefined ? {} : { beside }),
  }));
  state.books = kept.books.map(bookFromJson);
  state.silenceBooks = kept.silenceBooks.map(bookFromJson);
  state.lane = laneFromJson(lane);
  state.stale = kept.stale;
}

function keptStep({ at, value, quality, beside }: Step, states: number): KeptStep {
  const kept = [at, toJson(value), quality, states] as const;
  return beside === undefined ? kept : [...kept, beside];
}

/** What both sides have at hand: the states that every sensor begins with. */
function knownOf(watches: Watches): object[] {
  const begins = watches.initial.flatMap(state => [state, state.limits, state.feature]);
  return [LIMIT_OFF, watches.initial, ...begins].filter(part => typeof part === 'object' && part !== null);
}

const bookToJson = (book: Book): Book | 0 => (book.open === null && book.past.length === 0 ? 0 : book);
const bookFromJson = (kept: Book | 0): Book => (kept === 0 ? EMPTY_BOOK : kept);

/** JSON has no NaN, and a missing value must be found equal when it comes again. */
const toJson = (value: number): number | null => (Number.isNaN(value) ? null : value);

const laneToJson = (lane: LateLane | null): LateLane | null =>
  lane === null ? null : { ...lane, steps: lane.steps.map(withValue(toJson)) };
const laneFromJson = (lane: LateLane | null): LateLane | null =>
  lane === null ? null : { ...lane, steps: lane.steps.map(withValue(value => value ?? Number.NaN)) };

const withValue =
  (change: (value: number) => number | null) =>
  (step: Step): Step => ({ ...step, value: change(step.value) as number });
