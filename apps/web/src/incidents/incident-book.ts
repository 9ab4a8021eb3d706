import type { IncidentShape } from '@anmai/wire';

export type IncidentMap = ReadonlyMap<string, IncidentShape>;

/** Is there still something to do about it? */
export const isOpen = ({ stage, mergedInto }: IncidentShape): boolean =>
  mergedInto === null && stage !== 'released' && stage !== 'archived';

/**
 * The open incidents that the page knows. As with alarms, lists and live events may overtake each other: an event that
 * came after a list was asked for wins over the list.
 */
export class IncidentBook {
  private incidents: IncidentMap = new Map();
  private touched = new Map<string, number>();
  private count = 0;
  private readonly listeners = new Set<() => void>();

  snapshot = (): IncidentMap => this.incidents;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Call before asking for the list of open incidents; hand the result to `loaded`. */
  begin(): number {
    return this.count;
  }

  loaded(begun: number, open: readonly IncidentShape[]): void {
    const next = new Map(open.map(incident => [incident.id, incident]));
    for (const [id, at] of this.touched) {
      if (at <= begun) continue;
      const known = this.incidents.get(id);
      if (known) next.set(id, known);
      else next.delete(id);
    }
    this.touched = new Map([...this.touched].filter(([, at]) => at > begun));
    this.publish(next);
  }

  /** One incident as it is now; one that is over goes. */
  apply(incident: IncidentShape): void {
    this.count += 1;
    this.touched.set(incident.id, this.count);
    const next = new Map(this.incidents);
    if (isOpen(incident)) next.set(incident.id, incident);
    else next.delete(incident.id);
    this.publish(next);
  }

  clear(): void {
    this.touched.clear();
    this.publish(new Map());
  }

  private publish(next: IncidentMap): void {
    this.incidents = next;
    for (const listener of this.listeners) listener();
  }
}
