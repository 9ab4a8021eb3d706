import { SPANS_BLOCKS, type BaselinePlan } from './config';
import { emptyPage, rangeOf, type Guess, type Page } from './pattern';
import { NO_REACH, sigmaOf, type Reach } from './reach';
import { NEW_SPAN, type Span } from './span';
import { NOTHING_USUAL, type Usual } from './usual';

/** How well one way of expecting has done: from the level alone, by the hour of the day, by the hour of the week. */
export interface Lane {
  readonly n: number;
  /** Mean distance of readings from what was expected of them beforehand, as a Gaussian sigma. */
  readonly spread: number;
  readonly reach: Reach;
}

/** All that was learned; changes when a block ends. */
export interface Model {
  readonly blocks: number;
  readonly level: Usual;
  /** In the order of `KINDS`. */
  readonly lanes: readonly Lane[];
  readonly day: Page;
  /** Mean distance from the level of each block of the day. */
  readonly daySpread: readonly number[];
  /** Monday first. */
  readonly week: readonly Page[];
  /** Mean departure of the last blocks, for the spans. */
  readonly recent: readonly (number | null)[];
  readonly spans: readonly Span[];
  /** Blocks beyond the gate without a break. */
  readonly gatedBlocks: number;
  /** Times that a lasting departure became the new normal. */
  readonly adoptions: number;
}

export const KINDS = ['level', 'daily', 'weekly'] as const;
const LEVEL = 0;
const DAY = 1;
const WEEK = 2;
const NEW_LANE: Lane = { n: 0, spread: 0, reach: NO_REACH };
const WEEK_DAYS = 7;

export function newModel(plan: BaselinePlan, adoptions: number): Model {
  const page = emptyPage(plan.perDay);
  return {
    blocks: 0,
    level: NOTHING_USUAL,
    lanes: KINDS.map(() => NEW_LANE),
    day: page,
    daySpread: page.level,
    week: Array.from({ length: WEEK_DAYS }, () => page),
    recent: [],
    spans: SPANS_BLOCKS.map(() => NEW_SPAN),
    gatedBlocks: 0,
    adoptions,
  };
}

/** Block `no` counts from 1970-01-01, a Thursday, in local time. */
export const placeOf = (
  plan: BaselinePlan,
  no: number,
): { readonly index: number; readonly weekday: number } => ({
  index: plan.perDay === 0 ? 0 : mod(no, plan.perDay),
  weekday: plan.perDay === 0 ? 0 : mod(Math.floor(no / plan.perDay) + 3, WEEK_DAYS),
});

const mod = (value: number, by: number): number => ((value % by) + by) % by;

/** No scale below a thousandth of the level: it would be finer than any gauge. */
const FLOOR_SHARE = 1e-3;
const FLOOR_MIN = 1e-9;
/** A block of the day may be steadier than all, but not wholly: half of the sigma stays that of all. */
const OWN_SHARE_MAX = 0.75;
const OWN_VISITS = 3;

/** What each of `KINDS` expects of block `no`; null where it has not learned enough. */
export function guessesOf(plan: BaselinePlan, model: Model, no: number): readonly (Guess | null)[] {
  const floor = Math.max(FLOOR_SHARE * Math.abs(model.level.mean), FLOOR_MIN);
  const guess = (range: Omit<Guess, 'sigma'> | null, kind: number, spread: number): Guess | null =>
    range && { ...range, sigma: sigmaOf(spread, model.lanes[kind]!.reach, floor) };
  const { mean, n } = model.level;
  const levelRange = n === 0 ? null : { low: mean, high: mean, centre: mean };
  const level = guess(levelRange, LEVEL, model.lanes[LEVEL]!.spread);
  if (plan.perDay === 0) return [level, null, null];
  const { index, weekday } = placeOf(plan, no);
  const day = rangeOf(model.day, model.day, model.day, index);
  const page = model.week[weekday]!;
  const dayBefore = model.week[mod(weekday - 1, WEEK_DAYS)]!;
  const week = rangeOf(page, dayBefore, model.week[mod(weekday + 1, WEEK_DAYS)]!, index);
  return [level, guess(day, DAY, daySpreadOf(model, index)), guess(week, WEEK, model.lanes[WEEK]!.spread)];
}

function daySpreadOf(model: Model, index: number): number {
  const visits = model.day.visits[index]!;
  const own = Math.min(OWN_SHARE_MAX, visits / (visits + OWN_VISITS));
  const all = model.lanes[DAY]!.spread;
  return Math.sqrt(own * model.daySpread[index]! ** 2 + (1 - own) * all * all);
}

/** A pattern has to have been right for so many days, … */
const TRIAL_DAYS: readonly number[] = [0, 3, 7];
/** … and nearer than the simpler one by this factor. */
const BETTER = 0.85;

/** Index in `KINDS` of the one to go by; -1: none yet. */
export function kindOf(plan: BaselinePlan, model: Model, guesses: readonly (Guess | null)[]): number {
  if (guesses[LEVEL] === null) return -1;
  let best = LEVEL;
  for (const kind of [DAY, WEEK]) {
    const lane = model.lanes[kind]!;
    if (guesses[kind] === null || lane.n < TRIAL_DAYS[kind]! * plan.dayBlocks) continue;
    if (lane.spread < BETTER * model.lanes[best]!.spread) best = kind;
  }
  return best;
}
