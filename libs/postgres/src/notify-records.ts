import type { Millis } from '@anmai/kernel';
import type { Entry, NotificationOutbox, Route } from '@anmai/notify';
import type * as N from './notify-shapes';
import type { Author, RecordPage, Within } from './record-shapes';

export type * from './notify-shapes';

/** Messages on their way, also as operators see them. Promises of all methods: see `Records`. */
export interface Notifications extends NotificationOutbox {
  /** Newest added first. */
  list(query: N.OutboxQuery, within: Within): Promise<RecordPage<Entry>>;
  /** A dead one becomes queued again, due at once. Any other: NTF-004 (409). */
  requeueOne(key: string, by: Author): Promise<Entry>;
}

/** Who is told of what, and how they are reached. */
export interface NotifyPeople {
  /** null: there is no such user. */
  contact(username: string, within: Within): Promise<N.ContactRecord | null>;
  setContact(
    value: Omit<N.ContactRecord, 'version'>,
    expectedVersion: number | null,
    by: Author,
  ): Promise<N.ContactRecord>;
  routes(within: Within): Promise<N.RouteList>;
  /**
   * Takes the place of all routes that `by.within` sees; others stay. People and rotas that are named must exist (PGR-007):
   * a slip of the pen would be an alarm that nobody hears of. `fallback` undefined leaves it as it is.
   */
  setRoutes(
    items: readonly Route[],
    fallback: string | null | undefined,
    expectedVersion: number | null,
    by: Author,
  ): Promise<N.RouteList>;
  rota(within: Within): Promise<N.RotaList>;
  /** As `setRoutes`. One that a route names cannot go (PGR-009). */
  setRota(items: readonly N.RotaRecord[], expectedVersion: number | null, by: Author): Promise<N.RotaList>;
  /** Everybody, for planning. */
  people(): Promise<N.People>;
}

/**
 * Changes of alarms, and what happened to incidents, that nobody was told of yet. Each is in it from the transaction that
 * keeps it.
 */
export interface NoticeFeed {
  /**
   * Hands the oldest `limit` of alarms, and INCIDENTS_AT_ONCE of incidents, to `work` and forgets them when it resolves;
   * after a crash or a rejection they come again. One process at a time: null when another one is at it. Gives how many
   * there were; with none `work` runs all the same. `work` has 30 s at most.
   */
  take(
    limit: number,
    work: (changes: readonly N.ToldChange[], incidents: readonly N.ToldIncident[]) => Promise<void>,
  ): Promise<number | null>;
  /** How many wait. */
  waiting(): Promise<number>;
  /** Of open alarms that have not cleared: the newest change that asks for an acknowledgement and got none; worst first. */
  unanswered(limit: number): Promise<readonly N.ToldChange[]>;
  /** All changes of an alarm, oldest first; none when it is not there or not visible. */
  changesOf(alarmId: string, within: Within): Promise<readonly N.ToldChange[]>;
  /** Keeps what nobody could be told of; each once. */
  noteGaps(gaps: readonly N.GapRecord[]): Promise<void>;
  /** Newest first. */
  gaps(limit: number, within: Within): Promise<readonly N.GapRecord[]>;
  /** Forgets gaps noted before. */
  sweepGaps(before: Millis): Promise<number>;
}
