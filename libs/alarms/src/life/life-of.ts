import { invariant, type Millis } from '@anmai/kernel';
import type { AlarmChange, OperatorAction } from '../alarm';
import { takeAction } from './action-step';
import { beginService, beginSuppression, endService, endSuppression, passTime } from './aside-step';
import { takeChange } from './change-step';
import { stateBeneath, stateWord, UNBORN, type Life, type LifeContext } from './life';
import type { Shelf, Span, StateWord } from './shapes';

/** What happened to an alarm, from both sides, in any order. */
export interface Tracks {
  readonly changes: readonly AlarmChange[];
  readonly actions: readonly OperatorAction[];
}

/** At one instant: changes first, then what begins (so that windows that touch leave no gap), what ends, what people do. */
const CHANGE = 0;
const BEGINNING = 1;
const ENDING = 2;
const ACTION = 3;

interface Entry {
  readonly at: Millis;
  readonly order: number;
  /** Within the same instant and order. */
  readonly key: string;
  readonly take: (life: Life) => Life;
}

/**
 * The alarm's life up to `at`, or up to the newest thing that is known where that is later: a clock that lags hides
 * nothing. Sorts by itself and takes nothing twice, so the order of arrival does not matter. `changes` is not empty.
 */
export function lifeOf(tracks: Tracks, context: LifeContext, at: Millis): Life {
  const changes = changeEntries(unique(tracks.changes), context);
  const actions = unique(tracks.actions).map(action => actionEntry(action, changes, context));
  const now = Math.max(at, ...[...changes, ...actions].map(entry => entry.at));
  const bornAt = changes[0]!.at;
  const asides = asideEntries(context, bornAt, now);
  let life = UNBORN;
  for (const entry of [...changes, ...asides, ...actions].sort(before)) {
    life = entry.take(passTime(life, entry.at));
    life = ending(life, entry.at, context);
  }
  return { ...passTime(life, now), at: now };
}

/** ISA-18.2 state as of `at`. */
export const stateOf = (tracks: Tracks, context: LifeContext, at: Millis): StateWord =>
  stateWord(lifeOf(tracks, context, at));

/** The shelf that the next alarm of the same watch begins with, when it is raised at `at`: as things stood then. */
export function shelfAt(tracks: Tracks, context: LifeContext, at: Millis): Shelf | null {
  const changes = tracks.changes.filter(change => change.noticedAt <= at);
  if (changes.length === 0) return null;
  const actions = tracks.actions.filter(action => action.at <= at);
  return lifeOf({ changes, actions }, context, at).shelf;
}

const unique = <T extends { readonly id: string }>(things: readonly T[]): T[] => [
  ...new Map(things.map(thing => [thing.id, thing])).values(),
];

function before(a: Entry, b: Entry): number {
  return a.at - b.at || a.order - b.order || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** In order of `n`; a change is never noticed before the one it follows. */
function changeEntries(changes: readonly AlarmChange[], context: LifeContext): (Entry & { n: number })[] {
  invariant(changes.length > 0, 'an alarm without changes');
  let at = -Infinity;
  return [...changes]
    .sort((a, b) => a.n - b.n)
    .map(change => {
      at = Math.max(at, change.noticedAt);
      const noticedAt = at;
      const take = (life: Life): Life => takeChange(life, change, noticedAt, context);
      return { at: noticedAt, order: CHANGE, key: String(change.n).padStart(9, '0'), n: change.n, take };
    });
}

/** An action stands behind what its person had seen, whatever the clocks say. */
function actionEntry(
  action: OperatorAction,
  changes: readonly (Entry & { n: number })[],
  context: LifeContext,
): Entry {
  const seen = changes.filter(change => change.n <= action.seenN).at(-1) ?? changes[0]!;
  const at = Math.max(action.at, seen.at);
  const take = (life: Life): Life => takeAction(life, action, at, context);
  return { at, order: ACTION, key: `${String(action.at).padStart(15, '0')} ${action.id}`, take };
}

function asideEntries(context: LifeContext, bornAt: Millis, now: Millis): Entry[] {
  const entriesOf = <T extends Span>(
    spell: T,
    key: string,
    begin: (life: Life, spell: T, at: Millis) => Life,
    end: (life: Life, spell: T, at: Millis) => Life,
  ): Entry[] => {
    const { to } = spell;
    const from = Math.max(spell.from, bornAt);
    if (from > now || (to !== null && to <= from)) return [];
    const beginning = { at: from, order: BEGINNING, key, take: (life: Life) => begin(life, spell, from) };
    if (to === null || to > now) return [beginning];
    return [beginning, { at: to, order: ENDING, key, take: (life: Life) => end(life, spell, to) }];
  };
  return [
    ...context.serviceSpells.flatMap(each => entriesOf(each, each.windowId, beginService, endService)),
    ...context.suppressions.flatMap(each =>
      entriesOf(each, `${each.ruleId} ${each.causeId}`, beginSuppression, endSuppression),
    ),
  ];
}

/** Where an acknowledgement is enough, an alarm ends when it is back to normal and nothing holds it. */
function ending(life: Life, at: Millis, context: LifeContext): Life {
  if (life.closedAt !== null || stateBeneath(life) !== 'NORM') return life;
  const needs = context.settingsAt(at).closeNeeds[life.severityMax];
  return needs === 'acknowledgement' ? { ...life, closedAt: at } : life;
}
