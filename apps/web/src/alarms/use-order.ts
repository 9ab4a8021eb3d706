import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AlarmMap } from './alarm-book';
import { sorted, steady, type AlarmFilter, type SortBy } from './alarm-order';

const NONE: readonly string[] = [];

/**
 * The order of the list. While `hold` (somebody reads), nothing moves; `settle` takes the fresh order, as do a change of
 * the filter and the end of the hold.
 */
export function useOrder(alarms: AlarmMap, filter: AlarmFilter, by: SortBy, hold: boolean) {
  const fresh = useMemo(() => sorted(alarms.values(), filter, by), [alarms, filter, by]);
  const base = useRef<{
    ids: readonly string[];
    entered: readonly string[];
    filter: AlarmFilter;
    by: SortBy;
  } | null>(null);
  const [settled, setSettled] = useState(0);
  const settledBefore = useRef(settled);

  const order = useMemo(() => {
    const before = base.current;
    const same =
      before !== null && before.filter === filter && before.by === by && settled === settledBefore.current;
    const next = steady(before?.ids ?? NONE, fresh, hold && same && before.ids.length > 0);
    const entered = hold && same ? [...next.entered, ...before.entered] : NONE;
    return { ids: next.ids.filter(id => alarms.has(id)), entered };
  }, [fresh, hold, filter, by, settled, alarms]);

  useEffect(() => {
    base.current = { ...order, filter, by };
    settledBefore.current = settled;
  }, [order, filter, by, settled]);

  return { ...order, settle: useCallback(() => setSettled(count => count + 1), []) };
}
