import type { AlarmShape } from '@anmai/wire';

/** How many closed alarms stay at hand (an operator may be reading one); the oldest go first. */
export const CLOSED_KEPT_MAX = 200;

const lastChangeMs = (alarm: AlarmShape): number => Date.parse(alarm.history.at(-1)?.at ?? alarm.raisedAt);

/** How far an alarm has come: its changes count up, and between two of them it can only be acknowledged or closed. */
const standing = ({ lastN = 0, acknowledged, closedAt, history }: AlarmShape): readonly number[] => [
  lastN,
  Number(acknowledged),
  Number(closedAt !== null),
  history.length,
];

/**
 * Of two pictures of one alarm the later one; equal: the second. Rows of a list come without history, so its length
 * decides last; a list row that knows no more than we do never takes the history away. Where the server numbers its
 * pictures (`revision`), the number decides: an acknowledged alarm may call again.
 */
export function laterOf(a: AlarmShape, b: AlarmShape): AlarmShape {
  const [mine, its] = [a.revision ?? 0, b.revision ?? 0];
  if (mine > 0 && its > 0 && mine !== its) return mine > its ? a : b;
  const [ours, theirs] = [standing(a), standing(b)];
  const place = ours.findIndex((value, i) => value !== theirs[i]);
  if (place < 0) return b;
  return (ours[place] ?? 0) > (theirs[place] ?? 0) ? a : b;
}

export type AlarmMap = ReadonlyMap<string, AlarmShape>;

/**
 * The alarms that the page knows. Two sources write into it, lists that were asked for and live events, and they may
 * overtake each other: an event that came after a list was asked for wins over the list.
 */
export class AlarmBook {
  private alarms: AlarmMap = new Map();
  private touched = new Map<string, number>();
  private count = 0;
  private readonly listeners = new Set<() => void>();

  /** Unchanged between changes, so that a view can compare by identity. */
  snapshot = (): AlarmMap => this.alarms;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Call before asking for the list of open alarms; hand the result to `loaded`. */
  begin(): number {
    return this.count;
  }

  /** `open` is the whole list of what is not closed. What is missing from it is no longer open, or not visible to us. */
  loaded(begun: number, open: readonly AlarmShape[]): void {
    const next = new Map(open.map(alarm => [alarm.id, alarm]));
    const closed: AlarmShape[] = [];
    for (const [id, known] of this.alarms) {
      const listed = next.get(id);
      if (listed) next.set(id, laterOf(known, listed));
      else if ((this.touched.get(id) ?? 0) > begun) next.set(id, known);
      else if (known.closedAt !== null) closed.push(known);
    }
    closed.sort((a, b) => lastChangeMs(b) - lastChangeMs(a));
    for (const alarm of closed.slice(0, CLOSED_KEPT_MAX)) next.set(alarm.id, alarm);
    this.touched = new Map([...this.touched].filter(([id]) => next.has(id)));
    this.publish(next);
  }

  /** One alarm as it is now. Returns what was known of it before, for whoever has to notice what is new. */
  apply(alarm: AlarmShape): AlarmShape | undefined {
    const known = this.alarms.get(alarm.id);
    const kept = known ? laterOf(known, alarm) : alarm;
    this.count += 1;
    this.touched.set(alarm.id, this.count);
    if (kept !== known) this.publish(new Map(this.alarms).set(alarm.id, kept));
    return known;
  }

  clear(): void {
    this.touched.clear();
    this.publish(new Map());
  }

  private publish(next: AlarmMap): void {
    this.alarms = next;
    for (const listener of this.listeners) listener();
  }
}
