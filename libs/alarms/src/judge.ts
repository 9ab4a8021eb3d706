import type { Millis } from '@anmai/kernel';
import type { Evidence } from './alarm';
import {
  clear,
  raise,
  reachBack,
  regrade,
  toldUntil,
  wasTold,
  widen,
  type Book,
  type Told,
  type Telling,
} from './book';
import { evidenceOf } from './evidence';
import type { Step } from './sensor-track';
import type { ConditionState } from './condition';
import { worstOn } from './threshold';
import { keyOn, type LimitWatch, type Watched } from './watch';

/** Rank of the worst limit that is on; 0: normal. */
export function rankOf(watch: LimitWatch, state: ConditionState): number {
  return watch.compiled.limits[worstOn(state.limits)]?.rank ?? 0;
}

const rankAt = ({ watch, index }: Watched, step: Step): number => rankOf(watch, step.states[index]!);

/** First sample of the run that began the spell: of the mildest limit that is on, for it was passed first. */
export function onsetOf(state: ConditionState): Millis {
  return Math.min(...state.limits.filter(limit => limit.on).map(limit => limit.onsetAt ?? Infinity));
}

/**
 * Tells what steps[from…] mean for one watch. With a reading in order that is the newest step alone; after a late one,
 * spells that began and ended in between are told too, each once.
 */
export function judge(
  book: Book,
  watched: Watched,
  steps: readonly Step[],
  from: number,
  noticedAt: Millis,
): Told {
  const changes = [];
  let now = book;
  for (const spell of spellsBetween(watched, steps, from)) {
    const told = tellSpell(now, watched, spell, noticedAt);
    now = told.book;
    changes.push(...told.changes);
  }
  if (now.open !== null && from < steps.length - 1) {
    now = reachBack(now, now.open.sinceAt, peakOf(watched, steps, from));
  }
  const told = judgeNewest(now, watched, steps, noticedAt, standsSince(now, watched, steps, from));
  return { book: told.book, changes: [...changes, ...told.changes] };
}

/**
 * Where the newest rank began to be off, or the newest step when it is on. After a late reading an alarm may turn out to
 * have ended some steps ago; a clear that stood for the newest one would swallow a run that began in between. Never
 * before what was told of the alarm already.
 */
function standsSince(book: Book, watched: Watched, steps: readonly Step[], from: number): Millis {
  const newestAt = steps[steps.length - 1]!.at;
  let first = steps.length - 1;
  if (book.open === null || rankAt(watched, steps[first]!) > 0) return newestAt;
  while (first > from && rankAt(watched, steps[first - 1]!) === 0) first--;
  const toldAt = book.open.changes.at(-1)?.at ?? book.open.onsetAt;
  return Math.min(newestAt, Math.max(steps[first]!.at, toldAt));
}

/** Worst rank of the spell that reaches to the newest step; 0: there is none. */
function peakOf(watched: Watched, steps: readonly Step[], from: number): number {
  let peak = 0;
  for (let i = steps.length - 1; i >= from; i--) {
    const rank = rankAt(watched, steps[i]!);
    if (rank === 0) break;
    peak = Math.max(peak, rank);
  }
  return peak;
}

/** What the newest states mean at `at`, which is later than the newest step when time alone raised. */
export function judgeNewest(
  book: Book,
  watched: Watched,
  steps: readonly Step[],
  noticedAt: Millis,
  at: Millis,
): Told {
  const state = steps[steps.length - 1]!.states[watched.index]!;
  const rank = rankOf(watched.watch, state);
  if (book.open === null) {
    if (rank === 0) return { book, changes: [] };
    const onsetAt = onsetOf(state);
    // On at the end that was told, or beyond it: whatever took that end back, there has to be an open alarm.
    if (wasTold(book, onsetAt, rank) && at < toldUntil(book, onsetAt)) return { book, changes: [] };
    return raise(
      book,
      beyondTold(book, freshOnset(book, onsetAt, at)),
      rank,
      tellingOf(watched, rank, steps, at, noticedAt, 'limit reached'),
    );
  }
  const seen = rank === 0 ? book : reachBack(book, onsetOf(state), rank);
  if (rank === book.open.rank) return { book: seen, changes: [] };
  const reason =
    rank === 0 ? 'back to normal' : rank > book.open.rank ? 'next limit reached' : 'below the upper limit';
  const telling = tellingOf(watched, rank === 0 ? book.open.rank : rank, steps, at, noticedAt, reason);
  return rank === 0 ? clear(seen, telling) : regrade(seen, rank, telling);
}

/** A spell that came to light after it was over. */
export interface Spell {
  readonly onsetAt: Millis;
  readonly raisedAt: Millis;
  readonly clearedAt: Millis;
  readonly rank: number;
  readonly steps: readonly Step[];
  /** It was seen to be part of what was told, at a time when the book still knew. */
  readonly known?: boolean;
}

/** Is it part of what was told? */
export const isKnown = (book: Book, spell: Spell): boolean =>
  spell.known === true ||
  (book.open !== null && spell.clearedAt >= book.open.sinceAt) ||
  wasTold(book, spell.onsetAt, spell.rank) ||
  wasTold(book, spell.clearedAt, spell.rank);

function spellsBetween(watched: Watched, steps: readonly Step[], from: number): Spell[] {
  const out: Spell[] = [];
  let start: number | null = null;
  let rank = 0;
  for (let i = from; i < steps.length; i++) {
    const now = rankAt(watched, steps[i]!);
    if (now > 0) {
      start ??= i;
      rank = Math.max(rank, now);
    } else if (start !== null) {
      const first = steps[start]!;
      const onsetAt = onsetOf(first.states[watched.index]!);
      out.push({ onsetAt, raisedAt: first.at, clearedAt: steps[i]!.at, rank, steps: steps.slice(0, i) });
      start = null;
      rank = 0;
    }
  }
  return out;
}

/** Raised and cleared in one breath, unless it is part of what was told. The open alarm, if any, stays as it is. */
export function tellSpell(book: Book, watched: Watched, spell: Spell, noticedAt: Millis): Told {
  if (book.open !== null && spell.clearedAt >= book.open.sinceAt) {
    return { book: reachBack(book, spell.onsetAt, spell.rank), changes: [] };
  }
  if (isKnown(book, spell)) {
    return { book: widen(book, spell.onsetAt, spell.clearedAt, spell.rank), changes: [] };
  }
  const aside: Book = { open: null, past: book.past };
  const telling = (at: Millis, reason: string): Telling =>
    tellingOf(watched, spell.rank, spell.steps, at, noticedAt, reason);
  const onsetAt = freshOnset(book, spell.onsetAt, spell.raisedAt);
  const raised = raise(
    aside,
    onsetAt,
    spell.rank,
    telling(spell.raisedAt, 'limit reached, came to light late'),
  );
  const cleared = clear(raised.book, telling(spell.clearedAt, 'back to normal, came to light late'));
  return {
    book: { open: book.open, past: cleared.book.past },
    changes: [...raised.changes, ...cleared.changes],
  };
}

/** A worse spell with the onset of one already told needs an id of its own, so it starts where it was noticed. */
function freshOnset(book: Book, onsetAt: Millis, raisedAt: Millis): Millis {
  return wasTold(book, onsetAt, 0) ? raisedAt : onsetAt;
}

/** An onset inside a spell that was told may be that of its alarm, and two alarms must never share an id. */
function beyondTold(book: Book, onsetAt: Millis): Millis {
  const until = toldUntil(book, onsetAt);
  return until === -Infinity ? onsetAt : until + 1;
}

function tellingOf(
  watched: Watched,
  rank: number,
  steps: readonly Step[],
  at: Millis,
  noticedAt: Millis,
  reason: string,
): Telling {
  const evidence: Evidence = evidenceOf(watched, rank, steps);
  return { key: keyOn(watched.watch, watched.sensor), at, noticedAt, reason, evidence };
}
