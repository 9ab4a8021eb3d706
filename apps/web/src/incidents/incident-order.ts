import type { IncidentShape } from '@anmai/wire';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { steady } from '../alarms/alarm-order';
import { rankOf } from '../alarms/severity';
import type { IncidentMap } from './incident-book';

const isOver = ({ condition }: IncidentShape): number => Number(condition === 'cleared');

/** Worst first, what has cleared at the end, then the newest. Blind is not over. */
export const sortedIncidents = (incidents: Iterable<IncidentShape>): string[] =>
  [...incidents]
    .sort(
      (a, b) =>
        isOver(a) - isOver(b) ||
        rankOf(b.severity) - rankOf(a.severity) ||
        (a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : a.id < b.id ? -1 : 1),
    )
    .map(incident => incident.id);

const NONE: readonly string[] = [];

/** While somebody reads (`hold`), nothing moves; new ones enter above and are counted. */
export function useIncidentOrder(incidents: IncidentMap, hold: boolean) {
  const fresh = useMemo(() => sortedIncidents(incidents.values()), [incidents]);
  const base = useRef<{ ids: readonly string[]; entered: readonly string[] } | null>(null);
  const [settled, setSettled] = useState(0);
  const settledBefore = useRef(settled);
  const order = useMemo(() => {
    const before = base.current;
    const isHeld = hold && before !== null && before.ids.length > 0 && settled === settledBefore.current;
    const next = steady(before?.ids ?? NONE, fresh, isHeld);
    const entered = isHeld ? [...next.entered, ...before.entered] : NONE;
    return { ids: next.ids.filter(id => incidents.has(id)), entered };
  }, [fresh, hold, settled, incidents]);
  useEffect(() => {
    base.current = order;
    settledBefore.current = settled;
  }, [order, settled]);
  return { ...order, settle: useCallback(() => setSettled(count => count + 1), []) };
}
