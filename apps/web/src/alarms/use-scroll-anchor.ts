import { useLayoutEffect, useRef } from 'react';

/**
 * Keeps what is being read in its place: when rows enter above, the list is scrolled by their height. Browsers have
 * scroll anchoring of their own, but not at the very top, which is where an operator reads.
 */
export function useScrollAnchor(element: HTMLElement | null, ids: readonly string[], hold: boolean): void {
  const before = useRef<{ ids: readonly string[]; heightPx: number }>({ ids: [], heightPx: 0 });
  useLayoutEffect(() => {
    if (!element) return;
    const known = before.current;
    const heightPx = element.scrollHeight;
    const firstKnown = known.ids[0];
    const grewAbove = hold && firstKnown !== undefined && ids[0] !== firstKnown && ids.includes(firstKnown);
    if (grewAbove) element.scrollTop += heightPx - known.heightPx;
    before.current = { ids, heightPx };
  }, [element, ids, hold]);
}
