import { doubt, GATE_SIGMAS, GATED_WEIGHT, SPANS_BLOCKS, type BaselinePlan } from './config';
import { guessesOf, kindOf, newModel, placeOf, type Lane, type Model } from './model';
import { learnPage, type Guess, type Page } from './pattern';
import { learnReach } from './reach';
import { clip, CLIP_SIGMAS, medianOf, replaced, shareOf, spreadAround } from './robust';
import { learnSpan, type Span, type SpanBlock } from './span';
import { learnUsual } from './usual';

/** What is expected while one block of local time lasts. */
export interface OpenBlock extends Guess {
  readonly no: number;
  /** Index in `KINDS`; -1: nothing is expected yet. */
  readonly kind: number;
  /** Sigma that departures are told in: the doubt of a young baseline is in it. */
  readonly scale: number;
}

/** What was seen of a block: a sample, and its extremes. */
export interface Seen {
  readonly sample: readonly number[];
  readonly min: number;
  readonly max: number;
}

/** Places in `KINDS`. */
const DAY = 1;
const WEEK = 2;
const NOTHING_EXPECTED: Guess = { low: 0, high: 0, centre: 0, sigma: 1 };

export function openBlock(plan: BaselinePlan, model: Model, no: number): OpenBlock {
  const guesses = guessesOf(plan, model, no);
  const kind = kindOf(plan, model, guesses);
  const { low, high, centre, sigma } = guesses[kind] ?? NOTHING_EXPECTED;
  return { low, high, centre, sigma, no, kind, scale: sigma * doubt(model.blocks, plan.dayBlocks) };
}

/** Departure of one value from the expected range, in the sensor's unit. */
export const awayFrom = (guess: Guess, value: number): number => value - clip(value, guess.low, guess.high);

/** Folds a block into what was learned. `nextNo`: the block that follows, so that a gap is known. */
export function closeBlock(
  plan: BaselinePlan,
  model: Model,
  open: OpenBlock,
  seen: Seen,
  nextNo: number,
): Model {
  const settled = model.blocks >= plan.settleBlocks;
  const median = medianOf(seen.sample);
  const isGated = settled && isBeyondGate(model, open, median);
  const gatedBlocks = isGated ? model.gatedBlocks + 1 : 0;
  if (gatedBlocks >= plan.adoptBlocks) return newModel(plan, model.adoptions + 1);
  const weight = isGated ? GATED_WEIGHT : 1;
  const guesses = guessesOf(plan, model, open.no);
  const weights = guesses.map((guess, kind) =>
    kind === open.kind || kind < WEEK ? weight : settled && isFar(guess, median) ? GATED_WEIGHT : 1,
  );
  const recent = recentWith(model, open, seen, nextNo);
  const block = { recent, sigma: open.sigma, weight, settled, memoryBlocks: plan.memoryBlocks };
  return {
    blocks: model.blocks + 1,
    level: learnUsual(model.level, median, plan.memoryBlocks, weight, guesses[0]?.sigma ?? Infinity),
    lanes: model.lanes.map((lane, kind) =>
      learnLane(plan, lane, guesses[kind] ?? null, seen, weights[kind]!, settled),
    ),
    ...learnPattern(plan, model, open.no, { ...seen, median, guesses, weights }),
    recent,
    spans: learnSpans(model.spans, block),
    gatedBlocks,
    adoptions: model.adoptions,
  };
}

/**
 * The week has a gate of its own: a first weekend is an anomaly by the day, and still has to be learned. What is learned
 * counts from the third week on, and what departs from it is beyond its gate.
 */
const isFar = (guess: Guess | null, median: number): boolean =>
  guess !== null && Math.abs(awayFrom(guess, median)) / guess.sigma >= GATE_SIGMAS;

/** Shortest first: the longer ones look at what became of the shorter. */
function learnSpans(spans: readonly Span[], block: SpanBlock): readonly Span[] {
  const out: Span[] = [];
  spans.forEach((span, i) => out.push(learnSpan(span, SPANS_BLOCKS[i]!, block, out)));
  return out;
}

/** A block whose middle, or a span whose mean, is beyond the gate must not become the usual. */
function isBeyondGate(model: Model, open: OpenBlock, median: number): boolean {
  if (open.kind >= 0 && Math.abs(awayFrom(open, median)) / open.scale >= GATE_SIGMAS) return true;
  return model.spans.some(span => Math.abs(span.value ?? 0) >= GATE_SIGMAS);
}

const RECENT_MAX = Math.max(...SPANS_BLOCKS);
/** Single readings count in a block's mean up to so many sigmas. */
const MEAN_CLIP_SIGMAS = 8;

function recentWith(model: Model, open: OpenBlock, seen: Seen, nextNo: number): readonly (number | null)[] {
  const missing = Math.min(RECENT_MAX, nextNo - open.no - 1);
  const bound = MEAN_CLIP_SIGMAS * open.sigma;
  let sum = 0;
  for (const value of seen.sample) sum += clip(value - open.centre, -bound, bound);
  const mean = open.kind < 0 ? null : sum / seen.sample.length;
  const recent = [...model.recent, mean];
  for (let i = 0; i < missing; i++) recent.push(null);
  return recent.length > RECENT_MAX ? recent.slice(-RECENT_MAX) : recent;
}

function learnLane(
  plan: BaselinePlan,
  lane: Lane,
  guess: Guess | null,
  seen: Seen,
  weight: number,
  settled: boolean,
): Lane {
  // Nothing foretold yet: at least the noise within a block is known.
  if (guess === null) return { ...lane, spread: spreadAround(seen.sample, medianOf(seen.sample)) };
  const farthest = Math.max(0, seen.max - guess.high, guess.low - seen.min);
  const distance = spreadAround(seen.sample, guess.centre);
  const bounded = lane.n < YOUNG ? distance : Math.min(distance, CLIP_SIGMAS * guess.sigma);
  return {
    n: Math.min(lane.n + 1, COUNT_MAX),
    spread: lane.spread + weight * shareOf(lane.n, plan.memoryBlocks) * (bounded - lane.spread),
    reach: learnReach(lane.reach, farthest, settled && farthest / guess.sigma >= GATE_SIGMAS),
  };
}
const YOUNG = 6;
const COUNT_MAX = 9_999;

interface Learned extends Seen {
  readonly median: number;
  /** Both in the order of `KINDS`. */
  readonly guesses: readonly (Guess | null)[];
  readonly weights: readonly number[];
}

function learnPattern(
  plan: BaselinePlan,
  model: Model,
  no: number,
  { sample, median, guesses, weights }: Learned,
): Pick<Model, 'day' | 'daySpread' | 'week'> {
  const { day, daySpread, week } = model;
  if (plan.perDay === 0) return { day, daySpread, week };
  const { index, weekday } = placeOf(plan, no);
  const learn = (page: Page, kind: number): Page => {
    const seen = { median, sigma: guesses[kind]?.sigma ?? Infinity };
    return learnPage(page, index, seen, plan.visitsMax, weights[kind]!);
  };
  const byDay = guesses[DAY] ?? null;
  const bound = byDay === null ? Infinity : CLIP_SIGMAS * byDay.sigma;
  const distance = Math.min(spreadAround(sample, byDay?.centre ?? median), bound);
  const share = weights[DAY]! * shareOf(day.visits[index]!, plan.visitsMax);
  return {
    day: learn(day, DAY),
    daySpread: replaced(daySpread, index, daySpread[index]! + share * (distance - daySpread[index]!)),
    week: replaced(week, weekday, learn(week[weekday]!, WEEK)),
  };
}
