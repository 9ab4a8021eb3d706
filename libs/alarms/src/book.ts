import { severityOfRank } from '@anmai/catalog';
import { derivedId, invariant, type Millis } from '@anmai/kernel';
import type { AlarmChange, ChangeKind, Evidence } from './alarm';

/** Closed spells that a book remembers, to know what was already told when late data come. */
export const PAST_SPELLS_MAX = 8;
/** Changes of one open alarm that are kept at hand; older ones are in the records. */
export const OPEN_CHANGES_MAX = 64;

/** One rule on one sensor. */
export interface WatchKey {
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly sensorId: string;
  readonly assetId: string;
}

export interface OpenAlarm {
  readonly id: string;
  readonly onsetAt: Millis;
  /** Where its spell begins as known now: late readings may show that it was on before `onsetAt`, which stays told. */
  readonly sinceAt: Millis;
  /** Worst rank of its spell as known now, in the same way. */
  readonly peakRank: number;
  readonly rank: number;
  readonly blind: boolean;
  readonly n: number;
  /** Newest OPEN_CHANGES_MAX, for the page; the first is always there. */
  readonly changes: readonly AlarmChange[];
}

/** A spell that is over: [onsetAt, clearedAt], as known now. */
export interface PastSpell {
  readonly onsetAt: Millis;
  readonly clearedAt: Millis;
  readonly rank: number;
}

/** What was told about one watch: the open alarm, and the newest closed ones. */
export interface Book {
  readonly open: OpenAlarm | null;
  readonly past: readonly PastSpell[];
}
export const EMPTY_BOOK: Book = { open: null, past: [] };

/** Everything a change needs beside the book. */
export interface Telling {
  readonly key: WatchKey;
  readonly at: Millis;
  readonly noticedAt: Millis;
  readonly reason: string;
  readonly evidence: Evidence;
}

export interface Told {
  readonly book: Book;
  readonly changes: readonly AlarmChange[];
}

export const alarmId = (ruleId: string, sensorId: string, onsetAt: Millis): string =>
  derivedId('al', ruleId, sensorId, onsetAt);

/** Was a spell with this onset and rank told before? */
export function wasTold(book: Book, onsetAt: Millis, rank: number): boolean {
  return book.past.some(
    spell => onsetAt >= spell.onsetAt && onsetAt <= spell.clearedAt && rank <= spell.rank,
  );
}

/** The open alarm was on since `sinceAt` and as bad as `rank`. Nothing is told; its readings are known as its own. */
export function reachBack(book: Book, sinceAt: Millis, rank: number): Book {
  const open = openOf(book);
  if (sinceAt >= open.sinceAt && rank <= open.peakRank) return book;
  const peakRank = Math.max(open.peakRank, rank);
  return { ...book, open: { ...open, sinceAt: Math.min(open.sinceAt, sinceAt), peakRank } };
}

/** A spell turned out to be part of ones that were told: they reach as far as it does. */
export function widen(book: Book, from: Millis, to: Millis, rank: number): Book {
  const past = book.past.map(spell =>
    rank <= spell.rank && from <= spell.clearedAt && to >= spell.onsetAt
      ? { ...spell, onsetAt: Math.min(spell.onsetAt, from), clearedAt: Math.max(spell.clearedAt, to) }
      : spell,
  );
  return { ...book, past };
}

/** End of the newest spell told that has `at` in it. */
export function toldUntil(book: Book, at: Millis): Millis {
  const spells = book.past.filter(spell => at >= spell.onsetAt && at <= spell.clearedAt);
  return Math.max(-Infinity, ...spells.map(spell => spell.clearedAt));
}

export function raise(book: Book, onsetAt: Millis, rank: number, telling: Telling): Told {
  invariant(book.open === null, 'raised twice');
  const id = alarmId(telling.key.ruleId, telling.key.sensorId, onsetAt);
  const open: OpenAlarm = {
    id,
    onsetAt,
    sinceAt: onsetAt,
    peakRank: rank,
    rank,
    blind: false,
    n: 0,
    changes: [],
  };
  return tell({ ...book, open }, 'raised', rank, telling);
}

/** Severity up or down; nothing when it stays. */
export function regrade(book: Book, rank: number, telling: Telling): Told {
  const open = openOf(book);
  if (rank === open.rank) return { book, changes: [] };
  return tell(book, rank > open.rank ? 'escalated' : 'deescalated', rank, telling);
}

export function blind(book: Book, telling: Telling): Told {
  return openOf(book).blind ? { book, changes: [] } : tell(book, 'blinded', openOf(book).rank, telling);
}

export function restore(book: Book, telling: Telling): Told {
  return openOf(book).blind ? tell(book, 'restored', openOf(book).rank, telling) : { book, changes: [] };
}

/** Ends the open alarm and remembers its spell. */
export function clear(book: Book, telling: Telling): Told {
  const { sinceAt, peakRank, rank } = openOf(book);
  const told = tell(book, 'cleared', rank, telling);
  const spell = {
    onsetAt: sinceAt,
    clearedAt: telling.at,
    rank: Math.max(peakRank, worstOf(told.changes, openOf(book).changes)),
  };
  return {
    book: { open: null, past: [...book.past.slice(1 - PAST_SPELLS_MAX), spell] },
    changes: told.changes,
  };
}

function tell(book: Book, kind: ChangeKind, rank: number, telling: Telling): Told {
  const open = openOf(book);
  const n = open.n + 1;
  const severity = severityOfRank(rank);
  invariant(severity !== null, `no severity has rank ${rank}`);
  const change: AlarmChange = {
    id: `${open.id}/${n}`,
    alarmId: open.id,
    n,
    kind,
    at: telling.at,
    noticedAt: telling.noticedAt,
    ...telling.key,
    onsetAt: open.onsetAt,
    severity,
    reason: telling.reason,
    evidence: telling.evidence,
  };
  const blindNow = kind === 'blinded' || (open.blind && kind !== 'restored');
  const changes = keep(open.changes, change);
  return { book: { ...book, open: { ...open, rank, n, blind: blindNow, changes } }, changes: [change] };
}

/** The raise stays; of the rest the newest. */
function keep(changes: readonly AlarmChange[], change: AlarmChange): readonly AlarmChange[] {
  if (changes.length < OPEN_CHANGES_MAX) return [...changes, change];
  return [changes[0]!, ...changes.slice(2), change];
}

function openOf(book: Book): OpenAlarm {
  invariant(book.open !== null, 'no open alarm');
  return book.open;
}

const RANKS: Readonly<Record<string, number>> = { blue: 1, yellow: 2, orange: 3, red: 4 };
const worstOf = (...lists: readonly (readonly AlarmChange[])[]): number =>
  Math.max(...lists.flat().map(change => RANKS[change.severity] ?? 0));
