import { DAY_MS, HOUR_MS, type Millis } from '@anmai/kernel';
import type { Explanation, Feature, FeatureContext } from '../feature';
import { awayFrom, closeBlock, openBlock, type OpenBlock } from './block';
import {
  planOf,
  SAMPLE_MAX,
  SIGMAS_MAX,
  SPANS_BLOCKS,
  type BaselineConfig,
  type BaselinePlan,
} from './config';
import { KINDS, newModel, type Model } from './model';
import { clip } from './robust';

/**
 * At most 15 numbers of the open block, and per channel with hourly blocks 24 x 3 of the day, 168 x 2 of the week and 80
 * others. A reading changes only the outermost object; what was learned changes once a block.
 */
export interface BaselineState {
  readonly open: OpenBlock | null;
  readonly sample: readonly number[];
  /** Readings of the open block. */
  readonly seen: number;
  readonly min: number;
  readonly max: number;
  readonly value: number | null;
  /** 0: the value is that of the reading; else one more than the index of the span in `SPANS_BLOCKS`. */
  readonly span: number;
  readonly model: Model;
}

/**
 * Departure from the learned daily or weekly pattern in robust sigmas; positive: above it. That of the newest reading,
 * or that of the mean of the last 2, 6 or 24 hours where this is larger and still going on.
 *
 * Learning: nothing for an hour and 48 readings (`LEARN_MS`), then from the level alone, doubted until a day was seen; a
 * pattern counts once it has foretold three days (a week) better than the level. Without one it stays a level and a
 * scale. Forgetting: a level in three days, a pattern in ten visits of the hour (`VISITS_MAX`).
 * Scale: 3.5 sigmas are as far as an ordinary hour of this channel goes at its worst, see `Reach`.
 * Anomalies: after two days (`SETTLE_MS`) what lies beyond 5 sigmas is learned at a twentieth of the pace, at most. A
 * departure that never comes back within 7 days (`ADOPT_MS`) is taken as the new normal: all is learned afresh, with no
 * value meanwhile, and `explain` counts it.
 * Recommended limit: 7 sigmas either way, deadband down to 4, cleared by 12 readings in a row.
 */
export function baselineFeature(config: BaselineConfig, ctx: FeatureContext): Feature<BaselineState> {
  const plan = planOf(config, ctx);
  const model = newModel(plan, 0);
  return {
    start: { open: null, sample: [], seen: 0, min: 0, max: 0, value: null, span: 0, model },
    step: (state, at, value) => step(plan, state, at, value),
    valueOf: state => state.value,
    explain: state => explain(plan, state),
  };
}

function step(plan: BaselinePlan, state: BaselineState, at: Millis, x: number): BaselineState {
  const no = Math.floor((at + plan.utcOffsetMs) / plan.blockMs);
  const { open, seen, sample } = state;
  if (open === null || no > open.no) {
    const model = open === null ? state.model : closeBlock(plan, state.model, open, state, no);
    const next = openBlock(plan, model, no);
    return valued(plan, { open: next, sample: [x], seen: 1, min: x, max: x, value: null, span: 0, model }, x);
  }
  return valued(
    plan,
    {
      open,
      sample: seen % plan.sampleEvery === 0 && sample.length < SAMPLE_MAX ? [...sample, x] : sample,
      seen: seen + 1,
      min: x < state.min ? x : state.min,
      max: x > state.max ? x : state.max,
      value: null,
      span: 0,
      model: state.model,
    },
    x,
  );
}

/** `state` is new and not seen by anybody yet: its value is filled in. */
function valued(plan: BaselinePlan, state: Mutable<BaselineState>, x: number): BaselineState {
  const { open, model } = state;
  if (open === null || open.kind < 0 || model.blocks < plan.learnBlocks) return state;
  let value = awayFrom(open, x) / open.scale;
  for (let i = 0; i < model.spans.length; i++) {
    const departure = model.spans[i]!.value;
    if (departure === null || Math.abs(departure) <= Math.abs(value)) continue;
    value = departure;
    state.span = i + 1;
  }
  state.value = clip(value, -SIGMAS_MAX, SIGMAS_MAX);
  return state;
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function explain(plan: BaselinePlan, state: BaselineState): Explanation {
  const { open, model } = state;
  const learned = {
    learnedDays: Math.round((model.blocks * plan.blockMs * 10) / DAY_MS) / 10,
    newNormals: model.adoptions,
  };
  if (open === null || open.kind < 0 || state.value === null)
    return { departure: 0, pattern: 'learning', ...learned };
  const span = model.spans[state.span - 1];
  const hours = span === undefined ? 0 : (SPANS_BLOCKS[state.span - 1]! * plan.blockMs) / HOUR_MS;
  return {
    expected: open.centre,
    scale: span?.scale ?? open.scale,
    departure: state.value,
    pattern: KINDS[open.kind]!,
    ...(span === undefined ? {} : { meanOverHours: hours, meanAway: span.away }),
    ...learned,
  };
}
